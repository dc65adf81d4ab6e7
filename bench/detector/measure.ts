import { Session } from "node:inspector/promises";
import type { Detector } from "#boundary";

/** CPU time of this thread in milliseconds: what else the machine does takes its time on the clock, not this. */
function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Characters in a microsecond of CPU time, which is MB/s where a character is a byte. */
export function speed(detector: Detector, texts: readonly string[], milliseconds: number): number {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const start = cpu();
  const until = performance.now() + milliseconds;
  let rounds = 0;
  // Some systems count CPU time in ticks of several milliseconds.
  for (; performance.now() < until || cpu() - start < 40; rounds += 1) for (const text of texts) detector.detect(text);
  return (characters * rounds) / (cpu() - start) / 1000;
}

/** Milliseconds of CPU time that a text costs, the best of some runs. */
export function cost(detector: Detector, text: string, runs: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const start = cpu();
    detector.detect(text);
    best = Math.min(best, cpu() - start);
  }
  return best;
}

/** The share of each part of the boundary in the time, by its folder, largest first; V8's own work stands under `engine`. */
export async function shares(detector: Detector, texts: readonly string[], milliseconds: number): Promise<readonly (readonly [part: string, share: number])[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 500 });
  await session.post("Profiler.start");
  const until = performance.now() + milliseconds;
  while (performance.now() < until) for (const text of texts) detector.detect(text);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const times = new Map<string, number>();
  let total = 0;
  for (const { hitCount = 0, callFrame } of profile.nodes) {
    if (callFrame.functionName === "(idle)" || callFrame.functionName === "(program)") continue;
    const part = /\/boundary\/(?:([^/]+)\/|([^/]+)\.[jt]s$)/.exec(callFrame.url);
    const name = part?.[1] ?? part?.[2] ?? "engine";
    times.set(name, (times.get(name) ?? 0) + hitCount);
    total += hitCount;
  }
  return [...times].map(([name, hits]) => [name, hits / Math.max(1, total)] as const).sort((one, other) => other[1] - one[1]);
}
