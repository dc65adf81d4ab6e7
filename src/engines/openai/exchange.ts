import type { Transform } from "node:stream";
import type { ActiveTransfer, AnswerHandler, AnswerHeaders, EgressFailure } from "#egress";
import type { RequestId } from "#kernel";
import type { AnswerHead, AnswerSink, Exchange } from "../port.ts";
import { type Encoding, encodingOf, openDecoder } from "./decoder.ts";
import { engineFault } from "./faults.ts";
import { retryAfterOf } from "./retry-after.ts";

/** What an exchange tells its engine. */
export interface ExchangeOwner {
  now(): number;
  /** The text of an error without the credential that was sent: some backends repeat it. */
  censored(error: Buffer): Buffer;
  /** Once, when it has ended: with `failure`, by an abort (`undefined`), or well (`null`). */
  ended(exchange: OpenAiExchange, failure: EgressFailure | null | undefined): void;
}

/** Bytes of an error that are kept; what comes after them says nothing more. */
const longestError = 1 << 20;

/** One request at a backend: from the dialler's bytes to the sink's. */
export class OpenAiExchange implements AnswerHandler, Exchange {
  readonly requestId: RequestId;
  readonly #owner: ExchangeOwner;
  readonly #sink: AnswerSink;
  #transfer: ActiveTransfer | undefined;
  #head: AnswerHead | undefined;
  #encoding: Encoding = "identity";
  #decoder: Transform | undefined;
  #begun = false;
  #over = false;
  /** An error, gathered whole so that nothing in it can hide across two pieces. */
  readonly #error: Buffer[] = [];
  #errorBytes = 0;

  constructor(owner: ExchangeOwner, sink: AnswerSink, requestId: RequestId) {
    this.#owner = owner;
    this.#sink = sink;
    this.requestId = requestId;
  }

  /** For the engine: the request has been handed to the dialler. */
  sentBy(transfer: ActiveTransfer): void {
    this.#transfer = transfer;
  }

  abort(): void {
    if (this.#finish(undefined)) this.#transfer?.abort();
  }

  resume(): void {
    if (this.#over) return;
    if (this.#decoder === undefined) this.#transfer?.resume();
    else this.#decoder.resume();
  }

  head(status: number, headers: AnswerHeaders): void {
    const encoding = encodingOf(headers["content-encoding"]);
    if (encoding === undefined) {
      this.#giveUp({ reason: "malformed", phase: "first-byte", sent: true, detail: "UNKNOWN_CONTENT_ENCODING" });
      return;
    }
    this.#encoding = encoding;
    const type = headers["content-type"];
    this.#head = {
      status,
      contentType: (Array.isArray(type) ? type[0] : type) ?? "",
      retryAfter: status < 400 ? undefined : retryAfterOf(status, headers, this.#owner.now()),
    };
  }

  data(chunk: Buffer): boolean {
    if (this.#over) return true;
    if (this.#encoding === "identity") return this.#deliver(chunk);
    this.#decoder ??= this.#decode(this.#encoding, chunk[0] ?? 0);
    return this.#decoder.write(chunk);
  }

  end(): void {
    if (this.#over) return;
    if (this.#decoder === undefined) this.#complete();
    else this.#decoder.end();
  }

  fail(failure: EgressFailure): void {
    if (this.#finish(failure)) this.#sink.fail(engineFault(failure, this.#begun));
  }

  #decode(encoding: Exclude<Encoding, "identity">, firstByte: number): Transform {
    const decoder = openDecoder(encoding, firstByte);
    decoder.on("data", (chunk: Buffer) => {
      if (!this.#over && !this.#deliver(chunk)) decoder.pause();
    });
    decoder.on("drain", () => this.#transfer?.resume());
    decoder.on("end", () => this.#complete());
    decoder.on("error", () => this.#giveUp({ reason: "malformed", phase: "answer", sent: true, detail: "UNDECODABLE" }));
    return decoder;
  }

  /** The head goes with the first byte: until then the attempt can still fail without the client having seen anything of it. */
  #deliver(chunk: Buffer): boolean {
    if ((this.#head?.status ?? 0) >= 400) {
      if (this.#errorBytes < longestError) this.#error.push(chunk);
      this.#errorBytes += chunk.length;
      return true;
    }
    if (!this.#begun) {
      this.#begun = true;
      this.#showHead();
      // The receiver may have aborted on the head.
      if (this.#over) return true;
    }
    return this.#sink.data(chunk);
  }

  #showHead(): void {
    if (this.#head !== undefined) this.#sink.head(this.#head);
  }

  #complete(): void {
    if (this.#over) return;
    if (!this.#begun) {
      if ((this.#head?.status ?? 0) < 300) {
        this.#giveUp({ reason: "malformed", phase: "first-byte", sent: true, detail: "EMPTY_ANSWER" });
        return;
      }
      this.#showHead();
      if (this.#error.length > 0 && !this.#over) this.#sink.data(this.#owner.censored(Buffer.concat(this.#error)));
    }
    if (this.#finish(null)) this.#sink.end();
  }

  /** Ends it for a reason of our own. */
  #giveUp(failure: EgressFailure): void {
    if (!this.#finish(failure)) return;
    this.#transfer?.abort();
    this.#sink.fail(engineFault(failure, this.#begun));
  }

  #finish(failure: EgressFailure | null | undefined): boolean {
    if (this.#over) return false;
    this.#over = true;
    if (failure !== null) this.#decoder?.destroy();
    this.#owner.ended(this, failure);
    return true;
  }
}
