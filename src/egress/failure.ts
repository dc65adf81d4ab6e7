/** Where an exchange stood when it failed. */
export type EgressPhase = "connect" | "first-byte" | "answer";

export type EgressReason =
  /** The guard refused: an address, a redirect, a request after closing. */
  | "blocked"
  | "redirect"
  | "closed"
  /** The other side's certificate or key is not the expected one. */
  | "untrusted"
  | "unreachable"
  | "timeout"
  /** What came is not HTTP/1.1, or too much of it. */
  | "malformed"
  /** The connection ended before the answer did. */
  | "cut"
  | "credential"
  /** The receiver of the answer threw. */
  | "bug";

/** How a request failed. Holds nothing that the other side wrote, and no credential. */
export interface EgressFailure {
  readonly reason: EgressReason;
  readonly phase: EgressPhase;
  /** False only when it is certain that no byte of the request was written. */
  readonly sent: boolean;
  /** A code such as `ECONNREFUSED`, for the log. */
  readonly detail: string;
}

/** Why a connection was refused or given up by us. */
export class ConnectionRefusal extends Error {
  readonly reason: EgressReason;
  readonly detail: string;

  constructor(reason: EgressReason, detail: string) {
    super(detail);
    this.name = "ConnectionRefusal";
    this.reason = reason;
    this.detail = detail;
  }
}

const untrusted =
  /^(?:CERT_|CRL_|ERR_TLS_CERT|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO_SELF|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)|_CERT_SIGNATURE$/;
const malformed = /^(?:HTTPParserError|HPE_.*|UND_ERR_HEADERS_OVERFLOW)$/;

const codeOf = (error: Error): string => {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return /^[A-Za-z0-9_]{1,64}$/.test(code) ? code : "unknown";
};

/** Reads an error of undici, `node:net` or `node:tls`; only its code is kept, since messages quote what the other side sent. */
export function failureOf(error: Error, phase: EgressPhase, sent: boolean): EgressFailure {
  if (error instanceof ConnectionRefusal) return { reason: error.reason, phase, sent, detail: error.detail };
  const detail = codeOf(error);
  const reason = (): EgressReason => {
    if (detail === "UND_ERR_CLOSED" || detail === "UND_ERR_DESTROYED") return "closed";
    if (!sent) return untrusted.test(detail) ? "untrusted" : "unreachable";
    return malformed.test(detail) ? "malformed" : "cut";
  };
  return { reason: reason(), phase, sent, detail };
}
