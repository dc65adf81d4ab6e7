import type { Figures } from "../measure.ts";

/** The medians of all rounds of one target; null where nothing could be measured. Times in milliseconds unless the name says otherwise. */
export interface Summary {
  readonly prompts: readonly PromptSummary[];
  /** What the target adds to the direct way, at a fixed rate. */
  readonly addedP50: number;
  readonly addedP99: number;
  readonly firstByteAddedP50: number;
  readonly firstByteAddedP99: number;
  readonly streams: { readonly concurrent: number; readonly perSecond: number; readonly cpuMicros: number | null } | null;
  readonly memorySmallMB: number | null;
  readonly memoryEndMB: number | null;
  /** Requests that were not answered as they should have been, in all rounds. */
  readonly failed: number;
}

export interface PromptSummary {
  readonly kilobytes: number;
  readonly perSecond: number;
  readonly cpuMicros: number | null;
  /** The target did not use its core up: its requests a second are the load generator's limit. */
  readonly loadLimited: boolean;
}

/** Below this share of a core the target was waiting for load. */
const saturated = 0.9;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The median of what was measured; null where some round has nothing. */
function medianOrNull(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === "number");
  return known.length === 0 || known.length < values.length ? null : median(known);
}

/** `direct` holds the same rounds without a target; a round is compared with its own. */
export function summarise(rounds: readonly Figures[], direct: readonly Figures[]): Summary {
  const added = (pick: (figures: Figures) => number): number => median(rounds.map((figures, round) => pick(figures) - pick(direct[round] ?? figures)));
  const prompts = (rounds[0]?.saturation ?? []).map(({ kilobytes }, index): PromptSummary => {
    const all = rounds.flatMap(({ saturation }) => saturation[index] ?? []);
    const busy = medianOrNull(all.map((one) => one.busy));
    return {
      kilobytes,
      perSecond: median(all.map(({ perSecond }) => perSecond)),
      cpuMicros: medianOrNull(all.map(({ cpuMicros }) => cpuMicros)),
      loadLimited: busy === null || busy < saturated,
    };
  });
  const streams = rounds.flatMap((figures) => figures.streams ?? []);
  return {
    prompts,
    addedP50: added(({ paced }) => paced.p50),
    addedP99: added(({ paced }) => paced.p99),
    firstByteAddedP50: added(({ firstByte }) => firstByte.p50),
    firstByteAddedP99: added(({ firstByte }) => firstByte.p99),
    streams:
      streams[0] === undefined
        ? null
        : {
            concurrent: streams[0].concurrent,
            perSecond: median(streams.map(({ perSecond }) => perSecond)),
            cpuMicros: medianOrNull(streams.map(({ cpuMicros }) => cpuMicros)),
          },
    memorySmallMB: medianOrNull(rounds.map(({ memory }) => memory.small)),
    memoryEndMB: medianOrNull(rounds.map(({ memory }) => memory.end)),
    failed: rounds.reduce((sum, figures) => sum + failedIn(figures), 0),
  };
}

const failedIn = ({ saturation, paced, firstByte, streams }: Figures): number =>
  saturation.reduce((sum, { failed }) => sum + failed, 0) + paced.failed + firstByte.failed + (streams?.failed ?? 0);
