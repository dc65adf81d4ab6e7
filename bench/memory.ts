import type { ChildProcess } from "node:child_process";
import { Meter } from "./measure.ts";
import { answer } from "./plan.ts";
import type { MemoryPoint } from "./report/results.ts";
import type { Running } from "./targets/target.ts";

const marks = [20_000, 50_000, 100_000, 200_000];
/** Seconds that the way to the next mark may take. */
const longest = 300;

/** Resident memory of a target at each mark, under load all the way; fewer marks where it cannot get there in time or cannot be read. */
export async function memoryOver(load: ChildProcess, target: Running, kilobytes: number): Promise<readonly MemoryPoint[]> {
  const meter = new Meter(load, target);
  const points: MemoryPoint[] = [];
  let requests = 0;
  for (const mark of marks) {
    const { answered, failed } = await meter.closed(answer(kilobytes), longest, { requests: mark - requests });
    requests += answered + failed;
    const use = meter.use();
    if (requests < mark || use === undefined) break;
    points.push({ requests: mark, residentMB: use.residentMB });
  }
  return points;
}
