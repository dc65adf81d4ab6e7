import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { retryAfterOf } from "./retry-after.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

test("each way to say when to come back is read as whole seconds, rounded up", () => {
  const cases: readonly (readonly [Record<string, string | string[]>, number | undefined])[] = [
    [{ "retry-after": "7" }, 7],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.2" }, 2],
    [{ "retry-after": ["3", "9"] }, 3],
    [{ "retry-after": "Fri, 20 Nov 2026 12:01:30 GMT" }, 90],
    [{ "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" }, 0],
    [{ "retry-after": "Friday, 20-Nov-26 12:00:05 GMT" }, 5],
    [{ "retry-after": "999999999" }, 86_400],
    [{ "retry-after-ms": "250" }, 1],
    [{ "retry-after-ms": "2500", "retry-after": "60" }, 3],
    [{ "retry-after-ms": "soon", "retry-after": "60" }, 60],
    [{ "x-ratelimit-reset-requests": "6m0s" }, 360],
    [{ "x-ratelimit-reset-tokens": "1h2m3.5s" }, 3724],
    [{ "x-ratelimit-reset-tokens": "120ms" }, 1],
    [{ "x-ratelimit-reset-tokens": "5m" }, 300],
    [{ "x-ratelimit-reset-tokens": "30" }, 30],
    [{ "x-ratelimit-reset-requests": "1s", "x-ratelimit-reset-tokens": "20s" }, 20],
    [{ "x-ratelimit-reset-requests": "1s", "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-tokens": "20s" }, 1],
    [{ "retry-after": "2", "x-ratelimit-reset-tokens": "20s" }, 2],
    [{}, undefined],
  ];
  for (const [headers, expected] of cases) assert.equal(retryAfterOf(429, headers, now), expected, JSON.stringify(headers));
});

test("what is no time is not taken for one", () => {
  for (const text of ["", "-5", "+5", "0x10", "1e9", "NaN", "Infinity", "soon", "tomorrow 2", "12:00", "7 seconds", "١"]) {
    assert.equal(retryAfterOf(429, { "retry-after": text, "retry-after-ms": text, "x-ratelimit-reset-tokens": text }, now), undefined, JSON.stringify(text));
  }
});

test("a reset of rate limits counts on a 429 alone: other answers carry it all the time", () => {
  assert.equal(retryAfterOf(500, { "x-ratelimit-reset-tokens": "20s" }, now), undefined);
  assert.equal(retryAfterOf(503, { "retry-after": "20" }, now), 20);
});

test("hostile header values give a sensible number or none", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (one, two, three) => {
      const seconds = retryAfterOf(429, { "retry-after": one, "retry-after-ms": two, "x-ratelimit-reset-requests": three }, now);
      assert.ok(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400));
    }),
  );
});
