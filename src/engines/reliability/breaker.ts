export interface BreakerSettings {
  /** Faults in a row that open the circuit. */
  readonly threshold: number;
  /** Milliseconds until the first probe, and the most that doubling makes of them. */
  readonly firstPause: number;
  readonly longestPause: number;
}

export const breakerDefaults: BreakerSettings = { threshold: 5, firstPause: 10_000, longestPause: 60_000 };

/** `probe`: the request decides whether the circuit closes. */
export type Admission = "pass" | "probe" | "refused";

/** A circuit breaker without timers: what it says depends on the time at which it is asked. */
export class Breaker {
  readonly #settings: BreakerSettings;
  readonly #now: () => number;
  readonly #random: () => number;
  #failures = 0;
  #pause = 0;
  /** When the next probe may go; undefined = the circuit is closed. */
  #openUntil: number | undefined;
  #probing = false;

  constructor(settings: BreakerSettings, now: () => number, random: () => number) {
    this.#settings = settings;
    this.#now = now;
    this.#random = random;
  }

  get failures(): number {
    return this.#failures;
  }

  /** `probing` also when the pause is over and nobody has come to be the probe. */
  get state(): "closed" | "open" | "probing" {
    if (this.#openUntil === undefined) return "closed";
    return this.#probing || this.#now() >= this.#openUntil ? "probing" : "open";
  }

  /** Whole seconds until a probe may go. */
  get retryAfter(): number {
    return Math.max(1, Math.ceil(((this.#openUntil ?? 0) - this.#now()) / 1000));
  }

  admit(): Admission {
    if (this.#openUntil === undefined) return "pass";
    if (this.#probing || this.#now() < this.#openUntil) return "refused";
    this.#probing = true;
    return "probe";
  }

  /** The backend began a sound answer. A probe closes the circuit here, since a stream may last for minutes; one more fault opens it again. */
  answered(admission: Admission): void {
    if (admission !== "probe" || !this.#probing) return;
    this.#probing = false;
    this.#openUntil = undefined;
    this.#failures = this.#settings.threshold - 1;
  }

  /** The backend completed a sound answer. */
  succeeded(): void {
    if (this.#openUntil !== undefined) return;
    this.#failures = 0;
    this.#pause = 0;
  }

  /** True when this fault opened the circuit. */
  failed(admission: Admission): boolean {
    this.#failures += 1;
    // A request that was under way when the circuit opened says nothing new.
    if (this.#openUntil !== undefined && !(admission === "probe" && this.#probing)) return false;
    if (this.#openUntil === undefined && this.#failures < this.#settings.threshold) return false;
    const { firstPause, longestPause } = this.#settings;
    this.#probing = false;
    this.#pause = this.#pause === 0 ? firstPause : Math.min(this.#pause * 2, longestPause);
    // Up to a fifth more, so that many replicas do not probe at one moment.
    this.#openUntil = this.#now() + this.#pause * (1 + this.#random() / 5);
    return true;
  }

  /** The request said nothing about the backend: the client left, or it never got there. The next one may be the probe. */
  released(admission: Admission): void {
    if (admission === "probe") this.#probing = false;
  }
}
