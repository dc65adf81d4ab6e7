import type { Decision } from "#charter";
import { definitionOf, type ErrorKind, type Fault } from "#kernel";

/** The `type` of an error body, by kind: OpenAI's words where OpenAI has one. */
const typeOfKind: Readonly<Record<ErrorKind, string>> = {
  invalid: "invalid_request_error",
  unauthenticated: "invalid_request_error",
  forbidden: "permission_error",
  refused: "sovereignty_refusal",
  "not-found": "invalid_request_error",
  conflict: "invalid_request_error",
  "too-large": "invalid_request_error",
  limited: "rate_limit_error",
  backend: "backend_failed",
  unavailable: "service_unavailable",
  timeout: "invalid_request_error",
  internal: "server_error",
};

/** `{"error": {message, type, param, code}}` with real nulls; a refusal carries its decision. */
export function errorBody(fault: Fault, decision?: Decision): string {
  const error = { message: fault.message, type: typeOfKind[definitionOf(fault.code).kind], param: fault.param, code: fault.code };
  return JSON.stringify({ error: decision === undefined || decision.verdict === "allow" ? error : { ...error, decision } });
}

/** The same as one event of a stream that has begun. */
export const errorEvent = (fault: Fault): string => `data: ${errorBody(fault)}\n\n`;
