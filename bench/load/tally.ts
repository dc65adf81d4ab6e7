import type { Exchange } from "./connection.ts";
import { type LoadReport, spreadOf } from "./job.ts";

/** Counts what comes back while a job runs. */
export class Tally {
  answered = 0;
  failed = 0;
  #withinTime = 0;
  #failure: string | undefined;
  readonly #latency: number[] = [];
  readonly #firstByte: number[] = [];
  readonly #lateness: number[] = [];

  /** `counted`: it belongs into the spreads. `inTime`: it ended before the job's time was over. */
  add(exchange: Exchange, { counted, inTime }: { readonly counted: boolean; readonly inTime: boolean }): void {
    if (exchange.failure !== undefined) {
      this.failed += 1;
      this.#failure ??= exchange.failure;
      return;
    }
    this.answered += 1;
    if (inTime) this.#withinTime += 1;
    if (!counted) return;
    this.#latency.push(exchange.end - exchange.due);
    this.#firstByte.push(exchange.firstByte - exchange.due);
    this.#lateness.push(exchange.written - exchange.due);
  }

  unanswered(count: number): void {
    if (count === 0) return;
    this.failed += count;
    this.#failure ??= "no answer in time";
  }

  /** `seconds`: how long the job took, for the answers a second. */
  report(seconds: number): LoadReport {
    return {
      answered: this.answered,
      failed: this.failed,
      failure: this.#failure ?? null,
      perSecond: this.#withinTime / seconds,
      latency: spreadOf(this.#latency),
      firstByte: spreadOf(this.#firstByte),
      lateness: spreadOf(this.#lateness),
    };
  }
}
