import type { EgressTimeouts } from "./destination.ts";
import type { EgressPhase } from "./failure.ts";

/** Something that must not be silent for too long. */
export interface Watched {
  /** Ticks since something was last heard; activity sets it to 0. */
  silence: number;
  readonly phase: EgressPhase;
  /** True while the silence is our own. */
  readonly paused: boolean;
  expire(): void;
}

const shortestTick = 5;
const longestTick = 1_000;

/**
 * Bounds silence for all exchanges with one destination by one interval timer: nothing is set or cleared per request or chunk. Counting ticks
 * instead of reading a clock means that a process that was blocked hears what waits in its sockets before it gives up on anyone.
 */
export class SilenceWatch {
  readonly #watched = new Set<Watched>();
  readonly #limits: Readonly<Record<EgressPhase, number>>;
  readonly #tick: number;
  #timer: NodeJS.Timeout | undefined;

  constructor({ connect, firstByte, betweenChunks }: EgressTimeouts) {
    for (const limit of [connect, firstByte, betweenChunks])
      if (!(limit > 0 && limit < 2 ** 31)) throw new TypeError("a timeout must be a positive number of milliseconds");
    const tick = Math.max(shortestTick, Math.min(longestTick, Math.floor(Math.min(connect, firstByte, betweenChunks) / 8)));
    // The first tick may come at once, so one more than the limit must pass.
    const ticks = (limit: number): number => Math.ceil(limit / tick) + 1;
    this.#tick = tick;
    this.#limits = { connect: ticks(connect), "first-byte": ticks(firstByte), answer: ticks(betweenChunks) };
  }

  add(watched: Watched): void {
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => this.#sweep(), this.#tick).unref();
  }

  delete(watched: Watched): void {
    this.#watched.delete(watched);
  }

  get size(): number {
    return this.#watched.size;
  }

  #sweep(): void {
    if (this.#watched.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    for (const watched of this.#watched) {
      if (watched.paused) continue;
      watched.silence += 1;
      if (watched.silence >= this.#limits[watched.phase]) watched.expire();
    }
  }
}
