import type { Cleared } from "#charter";
import type { AnswerHead, AnswerSink, EngineFault, EngineRequest, Exchange } from "../port.ts";
import type { Admission } from "./breaker.ts";

/** One request as it passes through: towards the engine a sink, towards the caller an exchange. */
export class Attempt implements AnswerSink, Exchange {
  readonly request: Cleared<EngineRequest>;
  readonly #sink: AnswerSink;
  readonly #owner: AttemptsOwner;
  /** Set while it is inside the engine. */
  admission: Admission | undefined;
  /** Set while it waits. */
  cancelTimer: (() => void) | undefined;
  #inner: Exchange | undefined;
  #status = 0;
  #over = false;

  constructor(request: Cleared<EngineRequest>, sink: AnswerSink, owner: AttemptsOwner) {
    this.request = request;
    this.#sink = sink;
    this.#owner = owner;
  }

  /** Inside the engine now. */
  entered(inner: Exchange): void {
    this.#inner = inner;
  }

  abort(): void {
    if (!this.#finish()) return;
    this.#owner.aborted(this);
    this.#inner?.abort();
  }

  resume(): void {
    this.#inner?.resume();
  }

  head(head: AnswerHead): void {
    if (this.#over) return;
    this.#status = head.status;
    if (head.status < 500) this.#owner.answered(this);
    this.#sink.head(head);
  }

  data(chunk: Buffer): boolean {
    return this.#over || this.#sink.data(chunk);
  }

  end(): void {
    if (!this.#finish()) return;
    this.#owner.ended(this, this.#status);
    this.#sink.end();
  }

  fail(fault: EngineFault): void {
    if (!this.#finish()) return;
    this.#owner.failed(this, fault);
    this.#sink.fail(fault);
  }

  #finish(): boolean {
    if (this.#over) return false;
    this.#over = true;
    return true;
  }
}

/** Hears how its attempts go; each ends with exactly one of `aborted`, `ended` and `failed`, before the caller hears it. */
export interface AttemptsOwner {
  answered(attempt: Attempt): void;
  aborted(attempt: Attempt): void;
  ended(attempt: Attempt, status: number): void;
  failed(attempt: Attempt, fault: EngineFault): void;
}
