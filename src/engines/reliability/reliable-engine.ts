import type { BackendLimits, Cleared } from "#charter";
import { definitionOf, fault } from "#kernel";
import type { AnswerSink, Engine, EngineFault, EngineHealth, EngineRequest, Exchange } from "../port.ts";
import { Attempt, type AttemptsOwner } from "./attempt.ts";
import { Breaker, type BreakerSettings, breakerDefaults } from "./breaker.ts";
import { systemTimers, type Timers } from "./timers.ts";

export interface ReliabilityOptions {
  readonly timers?: Timers;
  /** From 0 to below 1, for the jitter of the pauses. */
  readonly random?: () => number;
  readonly breaker?: Partial<BreakerSettings>;
  /** Hears when the circuit opens and closes; for the log. */
  readonly onCircuit?: (state: "open" | "closed", backend: string) => void;
  /** Hears what the engine threw when a waiting request was given to it; without it, it is thrown again where nothing catches it. */
  readonly onBug?: (bug: unknown) => void;
}

/** Only the backend's own failures open the circuit: not ours, and not the client's. */
const blamesBackend = ({ code, phase }: EngineFault): boolean =>
  phase !== "queue" && phase !== "circuit" && phase !== "cancelled" && definitionOf(code).kind === "backend";

const rethrow = (bug: unknown): void =>
  queueMicrotask(() => {
    throw bug;
  });

class ReliableEngine implements Engine, AttemptsOwner {
  readonly backend: string;
  readonly #engine: Engine;
  readonly #limits: BackendLimits;
  readonly #timers: Timers;
  readonly #breaker: Breaker;
  readonly #onCircuit: (state: "open" | "closed", backend: string) => void;
  readonly #onBug: (bug: unknown) => void;
  /** In order of arrival. */
  readonly #waiting = new Set<Attempt>();
  #active = 0;
  #answered = false;
  #lastFault: string | undefined;
  #closing: Promise<void> | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(engine: Engine, limits: BackendLimits, options: ReliabilityOptions) {
    const { timers = systemTimers, random = Math.random, breaker, onCircuit = () => {}, onBug = rethrow } = options;
    this.backend = engine.backend;
    this.#engine = engine;
    this.#limits = limits;
    this.#timers = timers;
    this.#breaker = new Breaker({ ...breakerDefaults, ...breaker }, timers.now, random);
    this.#onCircuit = onCircuit;
    this.#onBug = onBug;
  }

  send(request: Cleared<EngineRequest>, sink: AnswerSink): Exchange {
    if (request.backend !== this.backend) throw new Error(`cleared for ${request.backend}, not for ${this.backend}`);
    const attempt = new Attempt(request, sink, this);
    if (this.#closing !== undefined) this.#refuse(attempt, { ...fault("shutting_down"), phase: "queue", sent: false });
    else if (this.#active < this.#limits.concurrency) this.#enterNow(attempt);
    else if (this.#breaker.state !== "closed") this.#refuse(attempt, this.#circuitFault());
    else if (this.#waiting.size < this.#limits.queue) this.#wait(attempt);
    else this.#refuse(attempt, this.#busyFault());
    return attempt;
  }

  health(): EngineHealth {
    const inner = this.#engine.health();
    const { failures, state: circuit } = this.#breaker;
    const closed = inner.state !== "down" && this.#answered ? "up" : inner.state;
    const state = circuit === "closed" ? closed : circuit === "open" ? "down" : "probing";
    return { backend: this.backend, state, active: this.#active, queued: this.#waiting.size, failures, lastFault: inner.lastFault ?? this.#lastFault };
  }

  close(): Promise<void> {
    this.#closing ??= new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      this.#next();
    }).then(() => this.#engine.close());
    return this.#closing;
  }

  answered(attempt: Attempt): void {
    this.#answered = true;
    const before = this.#breaker.state;
    this.#breaker.answered(attempt.admission ?? "pass");
    if (before !== "closed" && this.#breaker.state === "closed") this.#onCircuit("closed", this.backend);
  }

  aborted(attempt: Attempt): void {
    const admission = this.#leave(attempt);
    if (admission !== undefined) this.#breaker.released(admission);
    this.#next();
  }

  ended(attempt: Attempt, status: number): void {
    const admission = this.#leave(attempt);
    if (status >= 500) this.#blame(admission, `answer: status ${status}`);
    else this.#breaker.succeeded();
    this.#next();
  }

  failed(attempt: Attempt, failure: EngineFault): void {
    const admission = this.#leave(attempt);
    if (admission !== undefined) {
      if (blamesBackend(failure)) this.#blame(admission, `${failure.phase}: ${failure.code}`);
      else this.#breaker.released(admission);
    }
    this.#next();
  }

  /** As `#enter`; what the engine throws goes on to the caller, and the place is free again. */
  #enterNow(attempt: Attempt): void {
    try {
      this.#enter(attempt);
    } catch (bug) {
      attempt.abort();
      throw bug;
    }
  }

  /** Takes a place inside, unless the circuit is open. */
  #enter(attempt: Attempt): void {
    const admission = this.#breaker.admit();
    if (admission === "refused") {
      this.#refuse(attempt, this.#circuitFault());
      return;
    }
    attempt.admission = admission;
    this.#active += 1;
    attempt.entered(this.#engine.send(attempt.request, attempt));
  }

  #wait(attempt: Attempt): void {
    this.#waiting.add(attempt);
    attempt.cancelTimer = this.#timers.after(this.#limits.queueTimeout, () => attempt.fail(this.#busyFault()));
  }

  /** Gives back whatever the attempt holds: its place inside, with how it was admitted, or its place in the queue. */
  #leave(attempt: Attempt): Attempt["admission"] {
    const { admission, cancelTimer } = attempt;
    attempt.admission = undefined;
    if (admission !== undefined) this.#active -= 1;
    if (cancelTimer !== undefined) this.#leaveQueue(attempt);
    return admission;
  }

  #leaveQueue(attempt: Attempt): void {
    this.#waiting.delete(attempt);
    attempt.cancelTimer?.();
    attempt.cancelTimer = undefined;
  }

  #next(): void {
    for (const attempt of this.#waiting) {
      if (this.#active >= this.#limits.concurrency) break;
      this.#leaveQueue(attempt);
      try {
        this.#enter(attempt);
      } catch (bug) {
        this.#onBug(bug);
        attempt.fail({ ...fault("internal"), phase: "connect", sent: true });
      }
    }
    if (this.#active === 0 && this.#waiting.size === 0) this.#whenIdle?.();
  }

  #blame(admission: Attempt["admission"], lastFault: string): void {
    this.#lastFault = lastFault;
    if (!this.#breaker.failed(admission ?? "pass")) return;
    this.#onCircuit("open", this.backend);
    for (const waiting of this.#waiting) {
      this.#leaveQueue(waiting);
      this.#refuse(waiting, this.#circuitFault());
    }
  }

  /** Later in the same turn, since a caller cannot hear before it holds its exchange. */
  #refuse(attempt: Attempt, refusal: EngineFault): void {
    queueMicrotask(() => attempt.fail(refusal));
  }

  #circuitFault(): EngineFault {
    return { ...fault("backend_failed", { retryAfter: this.#breaker.retryAfter }), phase: "circuit", sent: false };
  }

  /** By the end of the queue's own patience, a place is free or somebody has given up. */
  #busyFault(): EngineFault {
    const retryAfter = Math.max(1, Math.ceil(this.#limits.queueTimeout / 1000));
    return { ...fault("backend_busy", { retryAfter }), phase: "queue", sent: false };
  }
}

/** The same engine with a limit on requests at one time, a bounded queue and a circuit breaker. */
export const withReliability = (engine: Engine, limits: BackendLimits, options: ReliabilityOptions = {}): Engine => new ReliableEngine(engine, limits, options);
