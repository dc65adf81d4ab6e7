import type { Cleared } from "#charter";
import type { AnswerHead, AnswerSink, Engine, EngineFault, EngineRequest, Exchange } from "#engines";
import { fault } from "#kernel";
import type { Client } from "./client.ts";
import type { WireError } from "./dialect.ts";
import { EventStream, isErrorEvent, type Usage, usageIn } from "./stream.ts";

/** An answer that does not stream is held until it is whole; this many bytes are the most. */
const longestAnswer = 64 << 20;

/** What an attempt at one backend came to. */
export type AttemptResult =
  /** A whole answer of the backend, good or bad; the client has seen nothing of it yet. */
  | { readonly kind: "answered"; readonly head: AnswerHead; readonly body: Buffer; readonly usage: Usage | undefined }
  /** A stream went to the client until its end. */
  | { readonly kind: "streamed"; readonly usage: Usage | undefined; readonly events: number; readonly cut: EngineFault | undefined }
  | { readonly kind: "failed"; readonly fault: EngineFault }
  /** The client went away first, or was turned away. */
  | { readonly kind: "left"; readonly usage: Usage | undefined; readonly events: number };

/** Changes the bytes of a stream on their way to the client, e.g. restores what was pseudonymised. */
export interface StreamTransform {
  push(chunk: Buffer): readonly Buffer[];
  end(): readonly Buffer[];
  /** The stream cannot be told any further; what has come must not look complete. */
  readonly broken?: boolean;
  /** The events with which the client's format tells that the stream broke off. */
  failure?(error: WireError): string;
}

export interface AttemptOptions {
  readonly client: Client;
  readonly transform: StreamTransform | undefined;
  readonly onFirstByte: () => void;
}

const broken = (message: string, code: "backend_failed" | "backend_cut" = "backend_failed"): EngineFault => ({
  ...fault(code, { message }),
  phase: "answer",
  sent: true,
});

/** Sends one cleared request to one backend and relays what comes back. Never rejects. */
export function attempt(engine: Engine, cleared: Cleared<EngineRequest>, options: AttemptOptions): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const relay = new Relay(cleared.payload.stream, options, (result) => {
      options.client.onLeave(undefined);
      resolve(result);
    });
    if (options.client.departure !== undefined) {
      relay.leave();
      return;
    }
    options.client.onLeave(() => relay.leave());
    relay.exchange = engine.send(cleared, relay);
  });
}

class Relay implements AnswerSink {
  exchange: Exchange | undefined;
  readonly #stream: boolean;
  readonly #options: AttemptOptions;
  readonly #finish: (result: AttemptResult) => void;
  readonly #events = new EventStream();
  #head: AnswerHead | undefined;
  #chunks: Buffer[] = [];
  #held = 0;
  #over = false;

  constructor(stream: boolean, options: AttemptOptions, finish: (result: AttemptResult) => void) {
    this.#stream = stream;
    this.#options = options;
    this.#finish = finish;
  }

  #settle(result: AttemptResult): void {
    if (this.#over) return;
    this.#over = true;
    this.#finish(result);
  }

  /** Cancels the backend's work and settles with a fault of ours. */
  #give(result: AttemptResult): void {
    if (this.#over) return;
    this.#settle(result);
    this.exchange?.abort();
  }

  get #streaming(): boolean {
    return this.#stream && this.#head?.status === 200;
  }

  leave(): void {
    this.#give({ kind: "left", usage: this.#events.usage, events: this.#events.events });
  }

  head(head: AnswerHead): void {
    this.#head = head;
    if (this.#streaming && !head.contentType.startsWith("text/event-stream")) {
      this.#give({ kind: "failed", fault: broken("The backend was asked for a stream and answered without one.") });
    }
  }

  data(chunk: Buffer): boolean {
    if (this.#over) return true;
    if (this.#held === 0) this.#options.onFirstByte();
    this.#held += chunk.length;
    if (this.#streaming) return this.#relayEvents(chunk);
    if (this.#held > longestAnswer) {
      this.#give({ kind: "failed", fault: broken("The backend's answer is larger than this server holds.") });
      return true;
    }
    this.#chunks.push(chunk);
    return true;
  }

  #relayEvents(chunk: Buffer): boolean {
    const whole = this.#events.push(chunk);
    if (whole === undefined) return true;
    const { client, transform } = this.#options;
    if (!client.begun) {
      // Nothing has been shown to the client yet, so another backend may still answer.
      if (isErrorEvent(whole)) {
        this.#give({ kind: "failed", fault: broken("The backend began its stream with an error.") });
        return true;
      }
      client.begin(transform?.failure?.bind(transform));
    }
    if (transform === undefined) return this.#write(whole);
    const passed = this.#writeAll(transform.push(whole));
    if (transform.broken !== true) return passed;
    this.exchange?.abort();
    this.#cut(broken("The backend's stream ended with an error, or cannot be read."));
    return true;
  }

  #write(chunk: Buffer): boolean {
    return this.#options.client.write(chunk, () => this.exchange?.resume());
  }

  #writeAll(chunks: readonly Buffer[]): boolean {
    return chunks.length === 0 ? true : this.#write(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
  }

  end(): void {
    if (this.#over) return;
    const head = this.#head;
    if (head === undefined) {
      this.#settle({ kind: "failed", fault: broken("The backend answered without a status.") });
    } else if (this.#streaming) {
      this.#endStream();
    } else {
      const [only] = this.#chunks;
      const body = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
      this.#settle({ kind: "answered", head, body, usage: usageIn(body.subarray(-4096)) ?? usageIn(body) });
    }
  }

  #endStream(): void {
    const { client } = this.#options;
    if (!client.begun) {
      this.#settle({ kind: "failed", fault: broken("The backend ended its stream before it sent anything.") });
    } else if (this.#events.done || this.#events.failed) {
      this.#flushTransform();
      client.end();
      this.#settle(this.#streamed(this.#events.done ? undefined : broken("The backend ended its stream with an error.")));
    } else {
      this.#cut(broken("The backend broke off its answer.", "backend_cut"));
    }
  }

  #flushTransform(): void {
    const { transform } = this.#options;
    if (transform !== undefined) this.#writeAll(transform.end());
  }

  /** Tells the client, without a `[DONE]`, that what it has is incomplete. */
  #cut(cut: EngineFault): void {
    this.#flushTransform();
    this.#options.client.fail(cut);
    this.#settle(this.#streamed(cut));
  }

  #streamed(cut: EngineFault | undefined): AttemptResult {
    return { kind: "streamed", usage: this.#events.usage, events: this.#events.events, cut };
  }

  fail(engineFault: EngineFault): void {
    if (this.#over) return;
    if (this.#options.client.begun) this.#cut(engineFault);
    else this.#settle({ kind: "failed", fault: engineFault });
  }
}
