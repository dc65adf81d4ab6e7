import type { BackendTimeouts, Cleared } from "#charter";
import { type ErrorCode, fault } from "#kernel";
import type { AnswerSink, EngineFault, EngineRequest, Exchange } from "../port.ts";
import type { FromProcess } from "./messages.ts";

/** What an exchange asks of its engine. */
export interface ExchangeOwner {
  pause(exchange: LlamaExchange): void;
  resume(exchange: LlamaExchange): void;
  /** Once: it answered, failed, or was aborted while the process still works on it. */
  ended(exchange: LlamaExchange, how: "answered" | "failed" | "aborted"): void;
}

type AnswerMessage = Extract<FromProcess, { id: number }>;

/** One request at the model process: from its messages to the sink. */
export class LlamaExchange implements Exchange {
  readonly id: number;
  readonly request: Cleared<EngineRequest>;
  readonly #owner: ExchangeOwner;
  readonly #sink: AnswerSink;
  readonly #timeouts: BackendTimeouts;
  #timer: NodeJS.Timeout | undefined;
  /** Messages that came after the sink was full. */
  #held: AnswerMessage[] | undefined;
  /** The model process has the request. */
  sent = false;
  #begun = false;
  #over = false;

  constructor(id: number, request: Cleared<EngineRequest>, sink: AnswerSink, owner: ExchangeOwner, timeouts: BackendTimeouts) {
    this.id = id;
    this.request = request;
    this.#sink = sink;
    this.#owner = owner;
    this.#timeouts = timeouts;
    this.#watch(timeouts.firstByte);
  }

  abort(): void {
    if (this.#finish()) this.#owner.ended(this, "aborted");
  }

  resume(): void {
    const held = this.#held;
    if (held === undefined || this.#over) return;
    this.#held = undefined;
    this.#watch(this.#timeouts.betweenChunks);
    this.#owner.resume(this);
    for (const message of held) this.receive(message);
  }

  receive(message: AnswerMessage): void {
    if (this.#over) return;
    if (this.#held !== undefined) {
      this.#held.push(message);
      return;
    }
    this.#watch(this.#timeouts.betweenChunks);
    switch (message.type) {
      case "head":
        this.#begun = true;
        this.#sink.head({ status: message.status, contentType: message.contentType, retryAfter: undefined });
        break;
      case "data":
        if (!this.#sink.data(Buffer.from(message.text, "utf8"))) this.#hold();
        break;
      case "end":
        if (!this.#finish()) break;
        this.#owner.ended(this, "answered");
        this.#sink.end();
        break;
      case "fail":
        this.fail(this.#begun ? "backend_cut" : "backend_failed");
        break;
    }
  }

  fail(code: ErrorCode, details: { readonly phase?: EngineFault["phase"]; readonly message?: string } = {}): void {
    if (!this.#finish()) return;
    this.#owner.ended(this, code === "backend_timeout" && this.sent ? "aborted" : "failed");
    const { phase = this.#begun ? "answer" : "first-byte", message } = details;
    this.#sink.fail({ ...fault(code, message === undefined ? {} : { message }), phase, sent: this.sent });
  }

  get begun(): boolean {
    return this.#begun;
  }

  #hold(): void {
    if (this.#over) return;
    this.#held = [];
    clearTimeout(this.#timer);
    this.#owner.pause(this);
  }

  #watch(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.fail("backend_timeout", this.sent ? {} : { phase: "connect" }), milliseconds);
  }

  #finish(): boolean {
    if (this.#over) return false;
    this.#over = true;
    clearTimeout(this.#timer);
    return true;
  }
}
