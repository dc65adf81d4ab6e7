import type { ZodType } from "zod";
import { err, ok, type Result } from "#kernel";

/** Why a request cannot be answered as it is: a 400 in OpenAI's shape. */
export interface Refusal {
  readonly message: string;
  readonly param: string | null;
  readonly code: string | null;
}

export const invalid = (message: string, param: string | null): Refusal => ({ message, param, code: null });

export const unsupported = (message: string, param: string): Refusal => ({ message, param, code: "unsupported" });

export const contextExceeded = (contextSize: number, tokens: string, param: string): Refusal => ({
  message: `This model's context holds ${contextSize} tokens, one of them for the answer; the request has ${tokens}.`,
  param,
  code: "context_length_exceeded",
});

/** OpenAI's error object. */
export const errorBody = ({ message, param, code }: Refusal): string => JSON.stringify({ error: { message, type: "invalid_request_error", param, code } });

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`)).join("");

/** Reads a body by its schema; the refusal names the first field that is wrong. */
export function read<Value>(schema: ZodType<Value>, body: unknown): Result<Value, Refusal> {
  const result = schema.safeParse(body);
  if (result.success) return ok(result.data);
  const issue = result.error.issues[0];
  const param = issue === undefined || issue.path.length === 0 ? null : pathText(issue.path);
  return err(invalid(param === null ? "The request body must be a JSON object." : `${param}: ${issue?.message ?? "not valid"}`, param));
}
