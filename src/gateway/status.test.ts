import assert from "node:assert/strict";
import { test } from "node:test";
import { type ErrorCode, errorCodes } from "#kernel";
import { statusOf } from "./status.ts";

test("clients that branch on the status see the one that HTTP and OpenAI's clients expect", () => {
  const expected: Partial<Record<ErrorCode, number>> = {
    invalid_json: 400,
    method_not_allowed: 405,
    unsupported_media_type: 415,
    body_timeout: 408,
    body_too_large: 413,
    invalid_api_key: 401,
    forbidden: 403,
    no_permitted_backend: 403,
    not_found: 404,
    model_not_found: 404,
    already_exists: 409,
    client_closed: 499,
    backend_failed: 502,
    backend_timeout: 504,
    ledger_unavailable: 503,
    internal: 500,
  };
  const seen = Object.fromEntries(Object.keys(expected).map((code) => [code, statusOf(code as ErrorCode)]));
  assert.deepEqual(seen, expected);
});

test("no coded error is answered with a success or without a status", () => {
  assert.ok(errorCodes.length >= 30, "the table of errors has lost most of its rows");
  for (const code of errorCodes) assert.ok(statusOf(code) >= 400 && statusOf(code) <= 504, `${code}: ${statusOf(code)}`);
});
