/** What the load generator is asked to do; sent to its process as a message. */
export interface Job {
  /** `closed`: each connection asks again as soon as it has its answer. `paced`: `rate` requests a second on a fixed schedule, whatever comes back. */
  readonly kind: "closed" | "paced";
  readonly port: number;
  /** Connections at one time; for `paced` the most that may be open. */
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second, for `paced`. */
  readonly rate: number;
  /** Seconds over which the connections of a closed job are started, so that streams do not beat in step. */
  readonly ramp: number;
  /** A closed job ends after this many answers, if its time is not over before. */
  readonly requests: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stream: boolean;
}

/** Milliseconds. All are 0 where nothing was measured. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What came of a job. */
export interface LoadReport {
  /** Good answers, those included that were under way when the time was over. */
  readonly answered: number;
  readonly failed: number;
  /** What the first failure looked like. */
  readonly failure: string | null;
  /** Good answers within the time, a second. */
  readonly perSecond: number;
  /** From the time at which the request was due (paced) or written (closed) to the last byte of its answer. */
  readonly latency: Spread;
  /** The same to the first byte of the body. */
  readonly firstByte: Spread;
  /** By how much the generator itself was late to write: its own share of a paced latency. */
  readonly lateness: Spread;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
