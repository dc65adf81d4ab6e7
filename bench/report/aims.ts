import type { MemoryPoint, TargetResult } from "./results.ts";
import type { Summary } from "./summary.ts";

/** What Freehold is to reach, and what it reached; `met` is null where it was not measured. */
export interface Aim {
  readonly aim: string;
  readonly figure: string;
  readonly met: boolean | null;
}

const bareProxyTimes = 1.7;
const portkeyShare = 1 / 5;
const firstByteMs = 1;
const p99Ms = 2;
/** Memory counts as flat when it grows by no more than this share from 50,000 requests to the last. */
const flatShare = 0.1;
const settled = 50_000;

export function aimsOf(targets: readonly TargetResult[], memory: readonly MemoryPoint[]): readonly Aim[] {
  const summary = (name: string): Summary | undefined => targets.find((target) => target.name === name)?.summary;
  const own = summary("freehold");
  if (own === undefined) return [];
  const cpu = (of: Summary | undefined): number | undefined => of?.prompts[0]?.cpuMicros ?? undefined;
  const bare = summary("fastify");
  return [
    ratioAim(`CPU for a small request at most ${bareProxyTimes} times the bare proxy's`, cpu(own), cpu(bare), bareProxyTimes),
    ratioAim("CPU for a small request at most a fifth of Portkey's", cpu(own), cpu(summary("portkey")), portkeyShare),
    differenceAim(`first streamed byte at most ${firstByteMs} ms over direct (p50)`, own.firstByteAddedP50, 0, firstByteMs),
    differenceAim(`p99 at 500 requests/s at most ${p99Ms} ms over the bare proxy's`, own.addedP99, bare?.addedP99, p99Ms),
    memoryAim(memory),
  ];
}

function ratioAim(aim: string, own: number | undefined, other: number | undefined, most: number): Aim {
  if (own === undefined || other === undefined) return { aim, figure: "not measured", met: null };
  return { aim, figure: `${(own / other).toFixed(2)} times`, met: own / other <= most };
}

function differenceAim(aim: string, own: number, other: number | undefined, most: number): Aim {
  if (other === undefined || Number.isNaN(own - other)) return { aim, figure: "not measured", met: null };
  return { aim, figure: `${(own - other).toFixed(2)} ms`, met: own - other <= most };
}

function memoryAim(memory: readonly MemoryPoint[]): Aim {
  const aim = "flat memory over 200,000 requests";
  const from = memory.find(({ requests }) => requests >= settled);
  const last = memory.at(-1);
  if (from === undefined || last === undefined || from === last) return { aim, figure: "not measured (--long)", met: null };
  const figure = `${from.residentMB.toFixed(0)} MB after ${from.requests}, ${last.residentMB.toFixed(0)} MB after ${last.requests}`;
  return { aim, figure, met: last.residentMB <= from.residentMB * (1 + flatShare) };
}
