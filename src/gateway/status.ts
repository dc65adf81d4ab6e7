import { definitionOf, type ErrorCode, type ErrorKind } from "#kernel";

/** HTTP status of each kind of failure (RFC 9110, RFC 6585). */
const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  refused: 403,
  "not-found": 404,
  timeout: 408,
  conflict: 409,
  "too-large": 413,
  limited: 429,
  internal: 500,
  backend: 502,
  unavailable: 503,
};

/** Codes for which HTTP has a more telling status than their kind's. 499 is nobody's to read: it marks, in log and ledger, a client that left. */
const statusOfCode: Partial<Readonly<Record<ErrorCode, number>>> = {
  method_not_allowed: 405,
  unsupported_media_type: 415,
  client_closed: 499,
  backend_timeout: 504,
};

/** The HTTP status that answers a fault. */
export const statusOf = (code: ErrorCode): number => statusOfCode[code] ?? statusOfKind[definitionOf(code).kind];
