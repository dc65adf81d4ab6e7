import { Pool } from "undici";
import { addressPolicy } from "./address.ts";
import { type OnBlocked, openConnector, type Resolve, resolveBySystem } from "./connector.ts";
import { type Destination, type Endpoint, endpointOf } from "./destination.ts";
import { SilenceWatch } from "./silence.ts";
import { type AnswerHandler, type OnRedirect, Transfer } from "./transfer.ts";

/** What is asked of a destination. The path lies below the destination's own: `chat/completions`. */
export interface EgressRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** The only headers that a caller can set; everything else is the dialler's. */
  readonly headers: { readonly "content-type"?: string; readonly accept?: string; readonly "x-request-id"?: string };
  readonly body: Buffer | null;
}

/** A request on its way. */
export interface ActiveTransfer {
  /** Cancels it; the handler hears nothing more. */
  abort(): void;
  /** Takes data again after the handler was full. */
  resume(): void;
}

export interface DiallerOptions {
  readonly destinations: readonly Destination[];
  /** Freehold's own version, for `user-agent`. */
  readonly version?: string;
  readonly resolve?: Resolve;
  /** Hears what the guard refused. */
  readonly onBlocked?: OnBlocked;
  /** Hears what a handler threw; without it, it is thrown again where nothing catches it. */
  readonly onBug?: (bug: unknown) => void;
}

export interface Dialler {
  /** Sends a request to a named destination. Throws when there is no such destination, or on a path that is not plain: both are bugs. */
  request(destination: string, request: EgressRequest, handler: AnswerHandler): ActiveTransfer;
  /** Requests on their way to a destination. */
  active(destination: string): number;
  /** Lets what runs finish, takes nothing new, and closes the connections; of one destination or of all. */
  close(destination?: string): Promise<void>;
}

const plainPath = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const headerValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** Bytes of header that an answer may have. */
const maxHeaderSize = 16_384;
/** Below the five seconds after which uvicorn, and so vLLM, closes an idle connection: a reused one is almost never half closed. */
const idleTimeout = 4_000;

/** One destination: its connections and everything that can be prepared before a request. */
class Line {
  readonly #endpoint: Endpoint;
  readonly #pool: Pool;
  readonly #watch: SilenceWatch;
  readonly #credential: (() => string | undefined) | undefined;
  readonly #userAgent: string;
  readonly #onRedirect: OnRedirect;
  readonly #onBug: (bug: unknown) => void;
  #closing: Promise<void> | undefined;
  #authorization: string | undefined;
  #fixedHeaders: readonly string[];

  constructor(destination: Destination, { version = "dev", resolve = resolveBySystem, onBlocked = () => {}, onBug }: DiallerOptions) {
    this.#endpoint = endpointOf(destination.url);
    const policy = addressPolicy(this.#endpoint.host, destination.allowPrivate ?? false, destination.addresses);
    this.#watch = new SilenceWatch(destination.timeouts);
    this.#pool = new Pool(this.#endpoint.origin, {
      connect: openConnector(destination, this.#endpoint, policy, resolve, onBlocked),
      allowH2: false,
      pipelining: 1,
      // The watch bounds silence; undici's own timers would only add work to each chunk.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: idleTimeout,
      maxHeaderSize,
    });
    this.#credential = destination.credential;
    this.#userAgent = `freehold/${version}`;
    this.#fixedHeaders = this.#headersWith(undefined);
    this.#onRedirect = (status) => onBlocked({ destination: destination.name, reason: "redirect", detail: String(status) });
    this.#onBug =
      onBug ??
      ((bug) =>
        queueMicrotask(() => {
          throw bug;
        }));
  }

  get active(): number {
    return this.#watch.size;
  }

  request({ method, path, headers, body }: EgressRequest, handler: AnswerHandler): ActiveTransfer {
    if (!plainPath.test(path)) throw new TypeError("a path below a destination must be plain segments");
    const transfer = new Transfer(handler, this.#watch, this.#onRedirect, this.#onBug);
    if (!this.#refreshCredential()) transfer.refuse("credential", "CREDENTIAL_UNREADABLE");
    else this.#pool.dispatch({ method, path: `${this.#endpoint.basePath}/${path}`, headers: this.#headersOf(headers), body }, transfer);
    transfer.started();
    return transfer;
  }

  close(): Promise<void> {
    this.#closing ??= this.#pool.close();
    return this.#closing;
  }

  /** Asks for the credential and prepares the headers anew when it has changed. False: there should be one and there is none. */
  #refreshCredential(): boolean {
    if (this.#credential === undefined) return true;
    const value = this.#credential();
    if (value === undefined || value === "") return false;
    if (value === this.#authorization) return true;
    if (!headerValue.test(value)) return false;
    this.#authorization = value;
    this.#fixedHeaders = this.#headersWith(value);
    return true;
  }

  #headersWith(authorization: string | undefined): readonly string[] {
    const fixed = ["accept-encoding", "identity", "user-agent", this.#userAgent];
    return authorization === undefined ? fixed : [...fixed, "authorization", authorization];
  }

  #headersOf(headers: EgressRequest["headers"]): string[] {
    const list = this.#fixedHeaders.slice();
    const { accept, "content-type": contentType, "x-request-id": requestId } = headers;
    if (contentType !== undefined) list.push("content-type", contentType);
    if (accept !== undefined) list.push("accept", accept);
    if (requestId !== undefined) list.push("x-request-id", requestId);
    return list;
  }
}

/** Opens the way out to these destinations and to nothing else. Throws on one that is not sound; nothing is connected before the first request. */
export function openDialler(options: DiallerOptions): Dialler {
  const lines = new Map<string, Line>();
  for (const destination of options.destinations) {
    if (lines.has(destination.name)) throw new TypeError(`two destinations are called ${destination.name}`);
    try {
      lines.set(destination.name, new Line(destination, options));
    } catch (cause) {
      throw new TypeError(`destination ${destination.name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  }
  const lineTo = (name: string): Line => {
    const line = lines.get(name);
    if (line === undefined) throw new Error(`${name} is not a destination`);
    return line;
  };
  return {
    request: (name, request, handler) => lineTo(name).request(request, handler),
    active: (name) => lineTo(name).active,
    close: async (name) => {
      const closing = name === undefined ? [...lines.values()] : [lineTo(name)];
      await Promise.all(closing.map((line) => line.close()));
    },
  };
}
