import { spawnSync } from "node:child_process";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";

/** What a reader of the figures must know of the machine; nothing that tells which machine it was. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGB: number;
  readonly system: string;
  readonly node: string;
}

export const machine = (): Machine => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? "unknown",
  memoryGB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()} ${release().split("-")[0]}`,
  node: process.versions.node,
});

/** Which core each part runs on; undefined = wherever the system puts it. */
export interface Places {
  readonly target: number | undefined;
  /** Load generator and upstream, which are not measured. */
  readonly surroundings: number | undefined;
  /** Why nothing is pinned. */
  readonly unpinned: string | undefined;
}

/** The target alone on one core, what surrounds it on another, where the machine allows it. */
export function places(): Places {
  const loose = (unpinned: string): Places => ({ target: undefined, surroundings: undefined, unpinned });
  if (availableParallelism() < 2) return loose("this machine has one core");
  if (spawnSync("taskset", ["-c", "0,1", "true"]).status !== 0) return loose("taskset is not there, or cores 0 and 1 are not ours");
  return { target: 0, surroundings: 1, unpinned: undefined };
}
