import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { systemClock } from "#kernel";
import { openLedger, openLedgerReader, type StoredEntry } from "#ledger";

/** Where the programs are that tests run as processes of their own. */
export const programs = import.meta.dirname;

// The child is no test of its own, although its parent is.
const { NODE_TEST_CONTEXT: _, ...variables } = process.env;
export const environment: Readonly<Record<string, string | undefined>> = variables;

/** A process that appends and tells on its standard output what was acknowledged. */
export class Appender {
  readonly #child: ChildProcess;
  #said = "";

  constructor(folder: string, callers: number, end?: number | "die", variables: Readonly<Record<string, string>> = {}) {
    const parameters = [join(programs, "appender.ts"), folder, String(callers), ...(end === undefined ? [] : [String(end)])];
    this.#child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"], env: { ...environment, ...variables } });
    this.#child.stdout?.on("data", (piece: Buffer) => {
      this.#said += piece.toString();
    });
  }

  /** The second words of the whole lines that begin with this one. A line cut short by the kill was not said. */
  said(word: string): string[] {
    const lines = this.#said.split("\n").slice(0, -1);
    return lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended();
  }

  async ended(): Promise<void> {
    if (this.#child.stdout?.closed !== true) await once(this.#child, "close");
  }
}

export function storedIn(folder: string): readonly StoredEntry[] {
  const opened = openLedgerReader(folder);
  if (!opened.ok) return [];
  const entries = [...opened.value.read({})];
  opened.value.close();
  return entries;
}

/** Gapless, in the order of time, and with at most one outcome after each decision. */
export function assertSound(entries: readonly StoredEntry[]): void {
  let time = "";
  const decided = new Set<unknown>();
  const settled = new Set<unknown>();
  for (const [position, entry] of entries.entries()) {
    assert.equal(entry.index, position);
    assert.ok(entry.time >= time, `entry ${position} is earlier than the one before`);
    time = entry.time;
    if (entry.kind === "decision") {
      assert.ok(!decided.has(entry.decision), `decision ${entry.decision} stands twice`);
      decided.add(entry.decision);
    }
    if (entry.kind === "outcome") {
      assert.ok(decided.has(entry.decision) && !settled.has(entry.decision), `outcome ${position} has no decision, or is its second`);
      settled.add(entry.decision);
    }
  }
}

export function assertHolds(entries: readonly StoredEntry[], acknowledged: readonly string[]): void {
  const decisions = new Set(entries.filter(({ kind }) => kind === "decision").map(({ decision }) => decision));
  for (const decision of acknowledged) assert.ok(decisions.has(decision), `${decision} was acknowledged and is not in the ledger`);
}

/** The next start: every decision ends with exactly one outcome, and the file is whole. */
export async function assertRecovers(folder: string): Promise<readonly StoredEntry[]> {
  const before = storedIn(folder);
  const closed = new Set(before.filter(({ kind }) => kind === "outcome").map(({ decision }) => decision));
  const open = before.filter(({ kind, decision }) => kind === "decision" && !closed.has(decision)).map(({ decision }) => decision);
  const opened = await openLedger({ folder, clock: systemClock, recover: true });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  const after = [...opened.value.read({})];
  await opened.value.close();
  assert.deepEqual(after.slice(0, before.length), before);
  assert.deepEqual(
    after.slice(before.length).map(({ kind, status, decision }) => [kind, status, decision]),
    open.map((decision) => ["outcome", "lost", decision]),
  );
  assertSound(after);
  const database = new DatabaseSync(join(folder, "ledger.db"));
  assert.equal(database.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  assert.equal(database.prepare("SELECT count(*) AS open FROM open_decisions").get()?.open, 0);
  database.close();
  return after;
}
