import { errorTable } from "./error-table.ts";

/** What kind of failure it is; the HTTP status is chosen from it in `gateway` and `admin`, the exit code in `cli`. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "refused"
  | "not-found"
  | "conflict"
  | "too-large"
  | "limited"
  | "backend"
  | "unavailable"
  | "timeout"
  | "internal";

/** One row of the table of errors: the message is safe to show to anyone (no personal data), the hint is for the operator. */
export interface ErrorDefinition {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly hint: string;
}

export type ErrorCode = keyof typeof errorTable;

/** An expected failure as plain data. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  /** The field, header or file that is at fault, where there is one. */
  readonly param: string | null;
  /** Seconds after which a retry makes sense, where that is known. */
  readonly retryAfter?: number;
}

export interface FaultDetails {
  readonly message?: string;
  readonly param?: string;
  readonly retryAfter?: number;
}

/** Makes a fault from the table; a more telling message may replace the table's own. */
export function fault(code: ErrorCode, details: FaultDetails = {}): Fault {
  const { message = errorTable[code].message, param = null, retryAfter } = details;
  return retryAfter === undefined ? { code, message, param } : { code, message, param, retryAfter };
}

export const definitionOf = (code: ErrorCode): ErrorDefinition => errorTable[code];

export const errorCodes: readonly ErrorCode[] = Object.keys(errorTable) as ErrorCode[];
