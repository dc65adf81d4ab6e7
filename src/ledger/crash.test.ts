import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { systemClock } from "#kernel";
import { requirement } from "../../test/requirements.ts";
import type { StoredEntry } from "./entry.ts";
import { openLedger } from "./ledger.ts";
import { openLedgerReader } from "./reader.ts";

const programs = resolve(import.meta.dirname, "..", "..", "test", "ledger");
const rounds = Number(process.env.FREEHOLD_TEST_KILL_ROUNDS ?? 40);
let scratch = "";
before(() => {
  scratch = mkdtempSync(join(tmpdir(), "freehold-crash-"));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

// The child is no test of its own, although its parent is.
const { NODE_TEST_CONTEXT: _, ...environment } = process.env;

/** A process that appends and tells on its standard output what was acknowledged. */
class Appender {
  readonly #child: ChildProcess;
  #said = "";

  constructor(folder: string, callers: number, count?: number, variables: Readonly<Record<string, string>> = {}) {
    const parameters = [join(programs, "appender.ts"), folder, String(callers), ...(count === undefined ? [] : [String(count)])];
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

function storedIn(folder: string): readonly StoredEntry[] {
  const opened = openLedgerReader(folder);
  if (!opened.ok) return [];
  const entries = [...opened.value.read({})];
  opened.value.close();
  return entries;
}

/** Gapless, in the order of time, and with at most one outcome after each decision. */
function assertSound(entries: readonly StoredEntry[]): void {
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

function assertHolds(entries: readonly StoredEntry[], acknowledged: readonly string[]): void {
  const decisions = new Set(entries.filter(({ kind }) => kind === "decision").map(({ decision }) => decision));
  for (const decision of acknowledged) assert.ok(decisions.has(decision), `${decision} was acknowledged and is not in the ledger`);
}

/** The next start: every decision ends with exactly one outcome, and the file is whole. */
async function assertRecovers(folder: string): Promise<readonly StoredEntry[]> {
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

test(`kill -9 at a random instant, ${rounds} times on one folder, loses no acknowledged entry`, { timeout: rounds * 5000 }, async () => {
  assert.ok(rounds > 0);
  const folder = join(scratch, "killed");
  const acknowledged: string[] = [];
  let lost = 0;
  let early = 0;
  for (let round = 0; round < rounds; round += 1) {
    const appender = new Appender(folder, 1 + (round % 8));
    // Every fourth round dies while it starts and recovers, the others while they append.
    if (round % 4 !== 3) while (appender.said("acknowledged").length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * (round % 4 === 3 ? 200 : 60)));
    await appender.kill();
    const said = appender.said("acknowledged");
    if (said.length === 0) early += 1;
    acknowledged.push(...said);
    const entries = storedIn(folder);
    assertSound(entries);
    assertHolds(entries, acknowledged);
    lost = entries.filter(({ status }) => status === "lost").length;
  }
  assertHolds(await assertRecovers(folder), acknowledged);
  assert.ok(acknowledged.length > rounds, `${acknowledged.length} acknowledged`);
  assert.ok(lost > 0, "no round left an open decision, so recovery was not tried");
  assert.ok(early < rounds / 2, "too few rounds appended anything");
});

const mayMount = process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

test("a full disk refuses what would leave, keeps what must not be lost, and recovers by itself when space returns", {
  skip: requirement("leave to mount a small disk", mayMount, "run as root, with unshare and mount of util-linux"),
}, () => {
  const mount = mkdtempSync(join(scratch, "small-"));
  const script = 'mount -t tmpfs -o size=512k tmpfs "$1" && exec "$2" "$3" "$1"';
  const ended = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", mount, process.execPath, join(programs, "full-disk.ts")], {
    encoding: "utf8",
    env: environment,
  });
  assert.equal(ended.status, 0, ended.stderr);
  const report = JSON.parse(ended.stdout);
  assert.ok(report.acknowledged.length > 10);
  assert.deepEqual(report.whileFull, {
    writable: false,
    size: report.acknowledged.length - 1,
    pending: report.acknowledged.length - 1,
    lastFault: "database or disk is full",
    refused: 6,
  });
  for (const { code, retryAfter } of report.refused) assert.deepEqual([code, retryAfter], ["ledger_unavailable", 1]);
  assert.equal(report.nextWorked, true);
  assert.deepEqual(report.afterwards, { writable: true, size: report.stored.length, pending: 0 });
  assertSound(report.stored);
  assertHolds(report.stored, report.acknowledged);
  assert.equal(report.stored.filter(({ kind }: StoredEntry) => kind === "outcome").length, report.acknowledged.length - 1);
  assert.equal(report.integrity, "ok");
});

const compiles = process.platform === "linux" && spawnSync("cc", ["--version"]).status === 0;
const needsCompiler = requirement("a C compiler", compiles, "install cc (Debian: gcc, libc6-dev)");

/** The model of a disk under a folder whose fsync fails when it is told to, and that keeps apart what a power failure would leave. */
function failingDisk(folder: string, at: number, times: number): Readonly<Record<string, string>> {
  const library = join(scratch, "failing-disk.so");
  if (!existsSync(library)) {
    const compiled = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", library, join(programs, "failing-disk.c"), "-ldl"], { encoding: "utf8" });
    assert.equal(compiled.status, 0, compiled.stderr);
  }
  mkdirSync(folder, { recursive: true });
  mkdirSync(`${folder}.durable`, { recursive: true });
  return { LD_PRELOAD: library, DISK_FOLDER: folder, FAIL_SYNC_AT: String(at), FAIL_SYNC_TIMES: String(times) };
}

test("each fsync of a run failing once refuses what it would have made durable, and the run goes on", { skip: needsCompiler, timeout: 120_000 }, async () => {
  let refused = 0;
  let recovered = 0;
  for (let at = 1; at <= 14; at += 1) {
    const folder = join(scratch, `failed-once-${at}`);
    const appender = new Appender(folder, 1, 8, failingDisk(folder, at, 1));
    await appender.ended();
    const acknowledged = appender.said("acknowledged");
    const faults = appender.said("fault");
    if (appender.said("not-opened").length > 0) assert.deepEqual(appender.said("not-opened"), ["data_unwritable"]);
    else assert.deepEqual([acknowledged.length + appender.said("refused-ledger_unavailable").length, appender.said("closed")], [8, ["0"]]);
    assert.deepEqual(faults, faults.length === 0 ? [] : ["disk I/O error", "none"], `fsync ${at}`);
    refused += appender.said("refused-ledger_unavailable").length;
    recovered += faults.length / 2;
    const entries = storedIn(folder);
    assertSound(entries);
    assertHolds(entries, acknowledged);
    assertHolds(await assertRecovers(folder), acknowledged);
  }
  assert.ok(refused >= 2 && recovered >= 4, `${refused} refused, ${recovered} recovered: the fault was hardly ever met`);
});

test("a disk whose fsync fails for a while, then a kill -9, a new start and a power failure: nothing acknowledged is lost, no outcome doubled", {
  skip: needsCompiler,
  timeout: 120_000,
}, async () => {
  let faults = 0;
  for (const [round, times] of [1, 2, 3, 5, 8, 1000].entries()) {
    const folder = join(scratch, `failed-often-${round}`);
    const acknowledged: string[] = [];
    for (const at of [12 + round, 0]) {
      const appender = new Appender(folder, 3, undefined, failingDisk(folder, at, times));
      const enough = (): boolean => (at > 0 ? appender.said("fault").length > 0 : appender.said("acknowledged").length >= 30);
      for (let waited = 0; waited < 10_000 && !enough(); waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
      if (times < 1000) await new Promise((resolve) => setTimeout(resolve, 100));
      await appender.kill();
      faults += appender.said("fault").length;
      acknowledged.push(...appender.said("acknowledged"));
      const entries = storedIn(folder);
      assertSound(entries);
      assertHolds(entries, acknowledged);
    }
    assert.ok(acknowledged.length >= 30);
    const survived = storedIn(`${folder}.durable`);
    assertSound(survived);
    assertHolds(survived, acknowledged);
    assertHolds(await assertRecovers(`${folder}.durable`), acknowledged);
    assertHolds(await assertRecovers(folder), acknowledged);
  }
  assert.ok(faults >= 6, `${faults} faults: the failing disk was hardly ever met`);
});
