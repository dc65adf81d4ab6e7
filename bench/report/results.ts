import type { Spread } from "../load/job.ts";
import type { Machine } from "../machine.ts";
import type { Figures } from "../measure.ts";
import type { Plan } from "../plan.ts";
import type { Aim } from "./aims.ts";
import type { Summary } from "./summary.ts";

export interface TargetResult {
  readonly name: string;
  readonly description: string;
  readonly summary: Summary;
  readonly rounds: readonly Figures[];
}

/** Resident memory after so many requests. */
export interface MemoryPoint {
  readonly requests: number;
  readonly residentMB: number;
}

/** All that one run found out; written as it is. */
export interface Results {
  /** RFC 3339, UTC. */
  readonly date: string;
  readonly machine: Machine;
  /** Milliseconds in which the disk flushes a write, before anything else ran; each commit of a ledger waits for at least one. */
  readonly flush: Spread;
  /** How the parts were placed on cores. */
  readonly placing: string;
  readonly plan: Plan;
  readonly targets: readonly TargetResult[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  readonly memory: readonly MemoryPoint[];
  readonly aims: readonly Aim[];
  /** What makes a figure doubtful. */
  readonly remarks: readonly string[];
}
