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

interface ErrorFields {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string;
  readonly decision?: Decision;
}

/** What an error says of a fault; a refusal carries its decision. */
export function errorFields(fault: Fault, decision?: Decision): ErrorFields {
  const error = { message: fault.message, type: typeOfKind[definitionOf(fault.code).kind], param: fault.param, code: fault.code };
  return decision === undefined || decision.verdict === "allow" ? error : { ...error, decision };
}

/** `{"error": {message, type, param, code}}` with real nulls. */
export const errorBody = (fault: Fault, decision?: Decision): string => JSON.stringify({ error: errorFields(fault, decision) });
