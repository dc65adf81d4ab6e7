import { readdirSync, readFileSync } from "node:fs";

/** CPU time and memory of a process and everything below it, from /proc (Linux); undefined elsewhere and once it is gone. */
export interface TreeUse {
  /** User and system time so far, of children that ended too. */
  readonly cpuSeconds: number;
  readonly residentMB: number;
}

/** Linux counts CPU time for user space in hundredths of a second on every architecture (USER_HZ). */
const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    // The name in brackets may itself hold brackets and spaces; the fields after it are numbered from 3 in proc_pid_stat(5).
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ").map(Number) ?? [];
    const field = (number: number): number => fields[number - 3] ?? 0;
    return { parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) };
  } catch {
    return undefined;
  }
}

function residentMB(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export function treeUse(root: number): TreeUse | undefined {
  const whole = statOf(root);
  if (whole === undefined) return undefined;
  const stats = new Map<number, Stat>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined) stats.set(Number(name), stat);
  }
  const below = (pid: number): number[] => [...stats].flatMap(([child, { parent }]) => (parent === pid ? [child, ...below(child)] : []));
  const tree = [root, ...below(root)];
  return {
    cpuSeconds: tree.reduce((sum, pid) => sum + (stats.get(pid)?.ticks ?? 0), 0) / ticksPerSecond,
    residentMB: tree.reduce((sum, pid) => sum + residentMB(pid), 0),
  };
}
