import type { ServerResponse } from "node:http";
import type { Decision } from "#charter";
import { type Fault, fault, type RequestId } from "#kernel";
import { type Dialect, faultIn, type WireError } from "./dialect.ts";
import { statusOf } from "./status.ts";

/** Milliseconds that a client may leave what was sent to it unread. */
const unreadLimit = 120_000;
/** Bytes up to which copying a body costs less than a write of its own. */
const shortBody = 16_384;

/** Why nobody waits for an answer any more. */
export type Departure = "client_closed" | "shutting_down" | "invalid_api_key";

/** The client's side of one request: writes the answer, and tells when the client leaves or lags. */
export class Client {
  readonly #response: ServerResponse;
  readonly #requestId: RequestId;
  readonly #dialect: Dialect;
  /** How the stream that has begun tells of its failure, where that takes more than the dialect. */
  #streamFailure: ((error: WireError) => string) | undefined;
  #decision: Decision | undefined;
  #backend: string | undefined;
  #departure: Departure | undefined;
  #onLeave: (() => void) | undefined;
  #lag: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, requestId: RequestId, dialect: Dialect) {
    this.#response = response;
    this.#requestId = requestId;
    this.#dialect = dialect;
    response.on("close", () => {
      clearTimeout(this.#lag);
      if (!response.writableFinished) this.#leave("client_closed");
    });
  }

  /** Set once nobody waits for the answer any more, although it was not complete. */
  get departure(): Departure | undefined {
    return this.#departure;
  }

  #leave(why: Departure): void {
    if (this.#departure !== undefined) return;
    this.#departure = why;
    this.#onLeave?.();
  }

  /** Ends an answer that is not complete, since the server stops or the key was revoked: the client is told, and whoever still works for it is called back. */
  turnAway(why: Exclude<Departure, "client_closed">): void {
    if (this.#response.writableEnded) return;
    this.fail(fault(why));
    this.#leave(why);
  }

  get begun(): boolean {
    return this.#response.headersSent;
  }

  get status(): number {
    return this.#response.statusCode;
  }

  /** Calls back once when the client leaves or is turned away before its answer is complete; undefined takes the call back. */
  onLeave(callback: (() => void) | undefined): void {
    this.#onLeave = callback;
  }

  decided(decision: Decision): void {
    this.#decision = decision;
  }

  /** Undefined: after all, none did. */
  answeredBy(backend: string | undefined): void {
    this.#backend = backend;
  }

  #headers(contentType: string): string[] {
    const headers = ["content-type", contentType, "x-request-id", this.#requestId];
    if (this.#dialect.requestIdHeader !== undefined) headers.push(this.#dialect.requestIdHeader, this.#requestId);
    const decision = this.#decision;
    if (decision !== undefined) {
      headers.push("x-freehold-decision", decision.id, "x-freehold-class", decision.class);
      if (decision.jurisdiction !== null) headers.push("x-freehold-jurisdiction", decision.jurisdiction);
    }
    if (this.#backend !== undefined) headers.push("x-freehold-backend", this.#backend);
    return headers;
  }

  /** A complete answer. */
  send(status: number, contentType: string, body: Buffer | string, retryAfter?: number): void {
    if (this.#departure !== undefined || this.#response.headersSent) return;
    const headers = this.#headers(contentType);
    headers.push("content-length", String(Buffer.byteLength(body)));
    if (retryAfter !== undefined) headers.push("retry-after", String(Math.max(1, Math.ceil(retryAfter))));
    this.#response.writeHead(status, headers);
    // A short body goes out with its headers in one write, which Node does for strings alone; latin1 keeps every byte as it is.
    if (typeof body === "string" || body.length > shortBody) this.#response.end(body);
    else this.#response.end(body.toString("latin1"), "latin1");
  }

  /** An error answer, or an error event where a stream has begun (which then ends, without `[DONE]`). */
  fail(failure: Fault, decision?: Decision): void {
    if (this.#departure !== undefined || this.#response.writableEnded) return;
    const error = faultIn(this.#dialect, failure, decision);
    if (this.#response.headersSent) {
      this.#response.end(this.#streamFailure?.(error) ?? this.#dialect.event(error, this.#requestId));
      return;
    }
    const status = statusOf(failure.code);
    const retryAfter = failure.retryAfter ?? (status === 429 || status === 503 ? 1 : undefined);
    this.#sendError(status, error, retryAfter);
  }

  /** A backend's own refusal of the request. */
  refuse(status: number, error: WireError, retryAfter?: number): void {
    this.#sendError(status, this.#dialect.told(error, status), retryAfter);
  }

  #sendError(status: number, error: WireError, retryAfter: number | undefined): void {
    this.send(status, "application/json; charset=utf-8", this.#dialect.body(error, this.#requestId), retryAfter);
  }

  /** Begins a stream of server-sent events; `failure` writes the events with which this stream tells that it broke off. */
  begin(failure?: (error: WireError) => string): void {
    if (this.#departure !== undefined) return;
    this.#streamFailure = failure;
    const headers = this.#headers("text/event-stream; charset=utf-8");
    headers.push("cache-control", "no-cache, no-transform", "x-accel-buffering", "no");
    this.#response.writeHead(200, headers);
  }

  /** False: the client lags; `onDrain` is called once it has caught up. */
  write(chunk: Buffer, onDrain: () => void): boolean {
    if (this.#departure !== undefined) return true;
    if (this.#response.write(chunk)) return true;
    this.#lag ??= setTimeout(() => this.#response.destroy(), unreadLimit);
    this.#response.once("drain", () => {
      clearTimeout(this.#lag);
      this.#lag = undefined;
      onDrain();
    });
    return false;
  }

  end(): void {
    if (this.#departure === undefined) this.#response.end();
  }
}
