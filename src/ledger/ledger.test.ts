import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { type Clock, systemClock } from "#kernel";
import { decisionEntry, outcomeEntry } from "../../test/ledger/entries.ts";
import { type LedgerOptions, openLedger, type SqliteLedger } from "./ledger.ts";

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-ledger-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A ledger that is closed at the end of the test, however it ends: its thread would keep the process alive. */
async function open(context: TestContext, folder: string, options: Partial<LedgerOptions> = {}): Promise<SqliteLedger> {
  const opened = await openLedger({ folder, clock: systemClock, recover: true, ...options });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  context.after(() => opened.value.close());
  return opened.value;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    assert.ok(waited < 20_000, "waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("append gives back the very record that was passed in, and the entry can be read at once", async (context) => {
  const ledger = await open(context, newFolder(context));
  const decision = decisionEntry({ class: "sensitive" });
  const source = { any: "record" };
  const recorded = await ledger.append(source, decision);
  assert.ok(recorded.ok);
  assert.equal(recorded.value, source);
  const [entry, ...rest] = ledger.read({});
  assert.deepEqual(rest, []);
  assert.deepEqual(Object.keys(entry ?? {}).slice(0, 3), ["index", "time", "kind"]);
  assert.deepEqual({ ...entry, time: undefined }, { index: 0, time: undefined, ...decision });
  assert.match(entry?.time ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(ledger.state(), { writable: true, size: 1, pending: 0, lastFault: undefined });
  await ledger.close();
});

test("10,000 entries appended at once stand in the order of the calls, without a gap, and share commits", async (context) => {
  const commits: number[] = [];
  const ledger = await open(context, newFolder(context), { onCommit: ({ entries }) => commits.push(entries) });
  const decisions = Array.from({ length: 10_000 }, () => decisionEntry());
  const recorded = await Promise.all(decisions.map((decision) => ledger.append(decision, decision)));
  assert.ok(recorded.every(({ ok }) => ok));
  const stored = [...ledger.read({})];
  assert.deepEqual(
    stored.map(({ index, decision }) => [index, decision]),
    decisions.map(({ decision }, index) => [index, decision]),
  );
  assert.ok(commits.length < 1000, `${commits.length} commits`);
  assert.equal(
    commits.reduce((sum, entries) => sum + entries),
    10_000,
  );
  assert.deepEqual(ledger.writerState(), { commits: commits.length, entries: 10_000, lost: 0 });
  await ledger.close();
});

test("an outcome does not wait for a later decision to be written", async (context) => {
  const ledger = await open(context, newFolder(context));
  const decision = decisionEntry();
  await ledger.append(decision, decision);
  ledger.settle(outcomeEntry(decision));
  await until(() => ledger.state().pending === 0);
  assert.deepEqual(
    [...ledger.read({ kind: "outcome" })].map((entry) => [entry.index, entry.status]),
    [[1, "ok"]],
  );
  await ledger.close();
});

test("closing writes what waits, and refuses what comes later", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const decisions = Array.from({ length: 2500 }, () => decisionEntry());
  const recorded = decisions.map((decision) => ledger.append(decision, decision));
  for (const decision of decisions) ledger.settle(outcomeEntry(decision));
  await ledger.close();
  assert.ok((await Promise.all(recorded)).every(({ ok }) => ok));
  const late = decisionEntry();
  const refused = await ledger.append(late, late);
  assert.equal(refused.ok ? undefined : refused.error.code, "ledger_unavailable");
  assert.throws(() => ledger.settle(outcomeEntry(late)), /closed/);
  const again = await open(context, folder);
  assert.equal(again.state().size, 5000);
  assert.equal(again.writerState().lost, 0);
  await again.close();
});

test("an entry that the tables refuse is thrown at its caller and does not take its batch with it", async (context) => {
  const ledger = await open(context, newFolder(context));
  const decisions = Array.from({ length: 50 }, () => decisionEntry());
  const twice = decisions.toSpliced(25, 0, decisionEntry({ decision: decisions[3]?.decision ?? "" }));
  const recorded = await Promise.allSettled(twice.map((decision) => ledger.append(decision, decision)));
  assert.deepEqual(
    recorded.flatMap(({ status }, position) => (status === "rejected" ? [position] : [])),
    [25],
  );
  assert.deepEqual(
    [...ledger.read({})].map(({ index, requestId }) => [index, requestId]),
    decisions.map(({ requestId }, index) => [index, requestId]),
  );
  await ledger.close();
});

test("an entry of 64 KiB, or one that brings its own index or time, is a bug and is thrown", async (context) => {
  const ledger = await open(context, newFolder(context));
  const large = decisionEntry({ model: "ä".repeat(32 * 1024) });
  await assert.rejects(ledger.append(large, large), RangeError);
  assert.throws(() => ledger.settle(outcomeEntry(decisionEntry(), { model: "m".repeat(64 * 1024) })), RangeError);
  const dated = decisionEntry({ time: "2026-01-01T00:00:00.000Z" });
  await assert.rejects(ledger.append(dated, dated), TypeError);
  const fitting = decisionEntry({ model: "m".repeat(60 * 1024) });
  assert.ok((await ledger.append(fitting, fitting)).ok);
  assert.equal(ledger.state().size, 1);
  await ledger.close();
});

test("a clock that is set back does not make a later entry look earlier", async (context) => {
  const times = [1_800_000_000_000, 1_700_000_000_000, 1_800_000_000_500, 1_600_000_000_000];
  const clock: Clock = { now: () => times.shift() ?? 0 };
  const folder = newFolder(context);
  const ledger = await open(context, folder, { clock });
  for (let count = 0; count < 3; count += 1) {
    const decision = decisionEntry();
    await ledger.append(decision, decision);
  }
  await ledger.close();
  const again = await open(context, folder, { clock });
  const seen = [...again.read({})].map(({ time }) => Date.parse(time));
  assert.deepEqual(seen.slice(0, 3), [1_700_000_000_000, 1_800_000_000_500, 1_800_000_000_500]);
  assert.ok(seen.length === 6 && seen.slice(3).every((time) => time === 1_800_000_000_500), "outcomes of the recovery too");
  await again.close();
});

test("an open decision is given the outcome lost by the next start, once, and never beside a live instance", async (context) => {
  const folder = newFolder(context);
  const first = await open(context, folder);
  const open1 = decisionEntry({ tenant: "one" });
  const open2 = decisionEntry();
  const settled = decisionEntry();
  const refused = decisionEntry({ verdict: "refuse", code: "unknown_origin", backends: [] });
  for (const decision of [open1, open2, settled, refused]) await first.append(decision, decision);
  first.settle(outcomeEntry(settled));
  const beside = await open(context, folder, { recover: false });
  assert.equal(beside.writerState().lost, 0);
  await beside.close();
  await first.close();
  const second = await open(context, folder);
  assert.equal(second.writerState().lost, 2);
  assert.deepEqual(
    [...second.read({ from: 5 })].map(({ index, kind, decision, requestId, tenant, status, attempts }) => [
      index,
      kind,
      decision,
      requestId,
      tenant,
      status,
      attempts,
    ]),
    [
      [5, "outcome", open1.decision, open1.requestId, "one", "lost", 0],
      [6, "outcome", open2.decision, open2.requestId, "default", "lost", 0],
    ],
  );
  await second.close();
  const third = await open(context, folder);
  assert.deepEqual([third.writerState().lost, third.state().size], [0, 7]);
  await third.close();
});

test("the database itself refuses to change, replace or delete an entry, or to leave a gap", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const decision = decisionEntry();
  await ledger.append(decision, decision);
  await ledger.close();
  const database = new DatabaseSync(join(folder, "ledger.db"));
  const statements = [
    `UPDATE ledger SET json = '{}'`,
    "UPDATE ledger SET time = 0",
    "DELETE FROM ledger",
    `INSERT OR REPLACE INTO ledger ("index", time, json) VALUES (0, 0, '{}')`,
    `INSERT INTO ledger ("index", time, json) VALUES (2, 0, '{}')`,
  ];
  for (const statement of statements) assert.throws(() => database.exec(statement), /append-only/, statement);
  assert.equal(database.prepare("SELECT json FROM ledger").get()?.json, JSON.stringify(decision));
  database.close();
});

test("two writers on one folder, as the command line beside a live instance, share one order", async (context) => {
  const folder = newFolder(context);
  const [one, other] = await Promise.all([open(context, folder, { recover: false }), open(context, folder, { recover: false })]);
  const decisions = Array.from({ length: 400 }, () => decisionEntry());
  const recorded = await Promise.all(
    decisions.map(async (decision, position) => {
      if (position % 10 === 0) await new Promise((resolve) => setTimeout(resolve, position / 20));
      return (position % 2 === 0 ? one : other).append(decision, decision);
    }),
  );
  assert.ok(recorded.every(({ ok }) => ok));
  const stored = [...one.read({})];
  assert.deepEqual(
    stored.map(({ index }) => index),
    decisions.map((_, index) => index),
  );
  assert.deepEqual(stored.map(({ decision }) => decision).sort(), decisions.map(({ decision }) => decision).sort());
  await Promise.all([one.close(), other.close()]);
});

test("the write-ahead log stays small while the ledger grows", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const sizes: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const decisions = Array.from({ length: 5000 }, () => decisionEntry({ model: "m".repeat(800) }));
    await Promise.all(decisions.map((decision) => ledger.append(decision, decision)));
    sizes.push(statSync(join(folder, "ledger.db-wal")).size);
  }
  assert.ok(statSync(join(folder, "ledger.db")).size > 16 * 1024 * 1024);
  assert.ok(
    sizes.every((size) => size < 16 * 1024 * 1024),
    `${sizes}`,
  );
  await ledger.close();
});

test("while the file cannot be written nothing is acknowledged, no outcome is dropped, a full queue lets nothing more leave, and it recovers by itself", async (context) => {
  const folder = newFolder(context);
  const reasons: (string | undefined)[] = [];
  const ledger = await open(context, folder, { onFault: (reason) => reasons.push(reason) });
  const decisions = Array.from({ length: 200 }, () => decisionEntry());
  await Promise.all(decisions.map((decision) => ledger.append(decision, decision)));

  const intruder = new DatabaseSync(join(folder, "ledger.db"));
  intruder.exec("BEGIN IMMEDIATE");
  const during = decisionEntry();
  const appended = ledger.append(during, during);
  for (const decision of decisions) ledger.settle(outcomeEntry(decision));
  const refused = await appended;
  assert.deepEqual(refused.ok ? undefined : [refused.error.code, refused.error.retryAfter], ["ledger_unavailable", 1]);
  assert.deepEqual(ledger.state(), { writable: false, size: 200, pending: 200, lastFault: "database is locked" });
  const act = { kind: "charter", requestId: null } as const;
  for (let count = 200; count < 100_000; count += 1) ledger.settle(act);
  const started = performance.now();
  const tooMany = await ledger.append(during, during);
  assert.equal(tooMany.ok ? undefined : tooMany.error.code, "ledger_unavailable");
  assert.ok(performance.now() - started < 1000, "refused at once, not after another try");
  intruder.exec("ROLLBACK");
  intruder.close();

  await until(() => ledger.state().pending === 0);
  assert.deepEqual(ledger.state(), { writable: true, size: 100_200, pending: 0, lastFault: undefined });
  assert.deepEqual(reasons, ["database is locked", undefined]);
  assert.deepEqual(
    [...ledger.read({ kind: "outcome" })].map(({ index, decision }) => [index, decision]),
    decisions.map(({ decision }, position) => [200 + position, decision]),
  );
  await ledger.close();
});

test("closing gives up on a disk that takes nothing, in bounded time, and what is left shows as lost after the next start", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const decision = decisionEntry();
  await ledger.append(decision, decision);
  const intruder = new DatabaseSync(join(folder, "ledger.db"));
  intruder.exec("BEGIN IMMEDIATE");
  ledger.settle(outcomeEntry(decision));
  await Promise.all([ledger.close(), ledger.close()]);
  assert.equal(ledger.state().writable, false);
  intruder.exec("ROLLBACK");
  intruder.close();
  const again = await open(context, folder);
  assert.deepEqual(
    [...again.read({ kind: "outcome" })].map(({ decision: id, status }) => [id, status]),
    [[decision.decision, "lost"]],
  );
});
