import type { Decision } from "#charter";
import type { Fault } from "#kernel";
import { errorFields } from "./error-body.ts";
import { statusOf } from "./status.ts";

/** What every error says, whatever its clothes. */
export interface WireError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly decision?: Decision;
}

/** How one family of clients reads errors. All have `error` with `message`, `type`, `param` and `code`. */
export interface Dialect {
  /** A second name under which its clients look for the request's id. */
  readonly requestIdHeader?: string;
  /** Whether the key may come as `x-api-key`. */
  readonly xApiKey: boolean;
  /** The error as one with that status says it. */
  told(error: WireError, status: number): WireError;
  body(error: WireError, requestId: string): string;
  /** The same as an event of a stream that has begun. */
  event(error: WireError, requestId: string): string;
}

export const openAiDialect: Dialect = {
  xApiKey: false,
  told: (error) => error,
  body: (error) => JSON.stringify({ error }),
  event: (error) => `data: ${JSON.stringify({ error })}\n\n`,
};

/** Anthropic's types of errors, by status; 403 keeps ours, which say who refuses. */
const anthropicTypes: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  502: "api_error",
  503: "overloaded_error",
  504: "timeout_error",
};

const anthropicBody = (error: WireError, requestId: string): string => JSON.stringify({ type: "error", error, request_id: requestId });

export const anthropicDialect: Dialect = {
  requestIdHeader: "request-id",
  xApiKey: true,
  told: (error, status) => ({ ...error, type: anthropicTypes[status] ?? error.type }),
  body: anthropicBody,
  event: (error, requestId) => `event: error\ndata: ${anthropicBody(error, requestId)}\n\n`,
};

/** A fault in the words of a dialect; a refusal carries its decision. */
export const faultIn = (dialect: Dialect, fault: Fault, decision?: Decision): WireError => dialect.told(errorFields(fault, decision), statusOf(fault.code));
