import assert from "node:assert/strict";
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { systemClock } from "#kernel";
import { decisionEntry, outcomeEntry } from "../../test/ledger/entries.ts";
import { openLedger, type SqliteLedger } from "./ledger.ts";
import { LedgerFile } from "./ledger-file.ts";
import { type LedgerReader, openLedgerReader, readingStatement } from "./reader.ts";

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-ledger-"));
  context.after(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A ledger that is closed at the end of the test, however it ends: its thread would keep the process alive. */
async function open(context: TestContext, folder: string): Promise<SqliteLedger> {
  const opened = await openLedger({ folder, clock: systemClock, recover: false });
  assert.ok(opened.ok);
  context.after(() => opened.value.close());
  return opened.value;
}

function reader(folder: string): LedgerReader {
  const opened = openLedgerReader(folder);
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  return opened.value;
}

const codeOf = (folder: string): string | undefined => {
  const opened = openLedgerReader(folder);
  if (opened.ok) opened.value.close();
  return opened.ok ? undefined : opened.error.code;
};

/** Runs as a user who may not write to the folder: root may write everywhere. */
function withoutRoot<Value>(work: () => Value): Value {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Nothing in it can be changed or made, and everybody may look. */
function makeReadOnly(folder: string): void {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o555);
}

test("each filter finds exactly the entries that match it, across pages, oldest first", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const decisions = Array.from({ length: 1800 }, (_, count) =>
    decisionEntry({
      tenant: count % 3 === 0 ? "acme" : "default",
      class: count % 2 === 0 ? "public" : "sensitive",
      verdict: count % 100 === 0 ? "refuse" : "allow",
    }),
  );
  await Promise.all(decisions.map((decision) => ledger.append(decision, decision)));
  for (const decision of decisions.slice(1, 8)) ledger.settle(outcomeEntry(decision, { backend: "spare" }));
  await ledger.close();

  const ledgerReader = reader(folder);
  const all = [...ledgerReader.read({})];
  assert.equal(all.length, 1807);
  assert.equal(ledgerReader.size(), 1807);
  const requestId = decisions[5]?.requestId ?? "";
  const cases = [
    { filter: { tenant: "acme" }, matches: (entry: (typeof all)[number]) => entry.tenant === "acme", count: 602 },
    { filter: { class: "sensitive" }, matches: (entry: (typeof all)[number]) => entry.class === "sensitive", count: 904 },
    { filter: { verdict: "refuse" as const }, matches: (entry: (typeof all)[number]) => entry.verdict === "refuse", count: 18 },
    { filter: { verdict: "allow" as const, kind: "decision" }, matches: (entry: (typeof all)[number]) => entry.verdict === "allow", count: 1782 },
    { filter: { backend: "spare" }, matches: (entry: (typeof all)[number]) => entry.backend === "spare", count: 7 },
    { filter: { kind: "outcome" }, matches: (entry: (typeof all)[number]) => entry.kind === "outcome", count: 7 },
    { filter: { requestId }, matches: (entry: (typeof all)[number]) => entry.requestId === requestId, count: 2 },
    { filter: { from: 1000, limit: 700 }, matches: ({ index }: (typeof all)[number]) => index >= 1000 && index < 1700, count: 700 },
    { filter: { tenant: "acme", from: 1797 }, matches: ({ index, tenant }: (typeof all)[number]) => index >= 1797 && tenant === "acme", count: 3 },
    { filter: { limit: 0 }, matches: () => false, count: 0 },
    { filter: { from: 5000 }, matches: () => false, count: 0 },
  ];
  for (const { filter, matches, count } of cases) {
    const found = [...ledgerReader.read(filter)];
    assert.equal(found.length, count, JSON.stringify(filter));
    assert.deepEqual(found, all.filter(matches), JSON.stringify(filter));
  }
  ledgerReader.close();
});

test("looking up by any one filter does not read the whole ledger", async (context) => {
  const folder = newFolder(context);
  await (await open(context, folder)).close();
  const database = new DatabaseSync(join(folder, "ledger.db"), { readOnly: true });
  const plan = (statement: string, values: readonly (string | number)[]): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${statement}`)
      .all(...values)
      .map(({ detail }) => String(detail))
      .join("; ");
  assert.match(plan(readingStatement({ requestId: "r" }), [0, 9, "r", 5]), /ledger_request/);
  assert.match(plan(readingStatement({ tenant: "t" }), [0, 9, "t", 5]), /ledger_tenant/);
  assert.match(plan(readingStatement({ verdict: "refuse" }), [0, 9, 5]), /ledger_refused/);
  for (const name of ["class", "backend", "kind"]) assert.match(plan(readingStatement({ [name]: "x" }), [0, 9, "x", 5]), new RegExp(`ledger_${name}`), name);
  database.close();
});

test("a live ledger is read beside its writer, who goes on, and reading ends where it began", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const append = async () => {
    const decision = decisionEntry();
    assert.ok((await ledger.append(decision, decision)).ok);
  };
  await Promise.all(Array.from({ length: 1000 }, append));
  const ledgerReader = reader(folder);
  let seen = 0;
  for (const { index } of ledgerReader.read({})) {
    assert.equal(index, seen);
    seen += 1;
    if (seen % 250 === 0) await append();
  }
  assert.equal(seen, 1000);
  assert.equal(ledgerReader.size(), 1004);
  ledgerReader.close();
  await ledger.close();
});

test("a copied folder is read where nothing may be written, whether or not its log was merged", async (context) => {
  const folder = newFolder(context);
  const ledger = await open(context, folder);
  const decisions = Array.from({ length: 30 }, () => decisionEntry());
  await Promise.all(decisions.map((decision) => ledger.append(decision, decision)));
  const unmerged = newFolder(context);
  for (const name of ["ledger.db", "ledger.db-wal"]) copyFileSync(join(folder, name), join(unmerged, name));
  await ledger.close();

  for (const copy of [folder, unmerged]) {
    makeReadOnly(copy);
    const before = readdirSync(copy);
    const temporary = readdirSync(tmpdir()).length;
    withoutRoot(() => {
      const ledgerReader = reader(copy);
      assert.deepEqual(
        [...ledgerReader.read({})].map(({ decision }) => decision),
        decisions.map(({ decision }) => decision),
      );
      ledgerReader.close();
    });
    assert.deepEqual(readdirSync(copy), before);
    assert.ok(readdirSync(tmpdir()).length <= temporary, "no copy is left behind");
  }
});

test("a read-only folder is told as a fault when a ledger is opened for writing, and none is made there", async (context) => {
  const folder = newFolder(context);
  await (await open(context, folder)).close();
  makeReadOnly(folder);
  const empty = newFolder(context);
  makeReadOnly(empty);
  for (const readOnly of [folder, empty]) {
    const opened = withoutRoot(() => new LedgerFile(readOnly).open());
    assert.equal(opened.ok ? undefined : opened.error.code, "data_unwritable");
  }
  assert.deepEqual(readdirSync(empty), []);
});

test("a file that is no database, a damaged one, a newer one and a missing one are told apart, and none crashes", async (context) => {
  const folder = newFolder(context);
  const path = join(folder, "ledger.db");
  const bothCodes = async (): Promise<readonly (string | undefined)[]> => {
    const opened = await openLedger({ folder, clock: systemClock, recover: true });
    if (opened.ok) await opened.value.close();
    return [codeOf(folder), opened.ok ? undefined : opened.error.code];
  };
  assert.equal(codeOf(folder), "file_unreadable");
  assert.equal(codeOf(join(folder, "missing")), "file_unreadable");

  writeFileSync(path, "this is not a database, whatever its name says. ".repeat(200));
  assert.deepEqual(await bothCodes(), ["data_damaged", "data_damaged"]);
  rmSync(path);

  await (await open(context, folder)).close();
  const database = new DatabaseSync(path);
  database.exec("PRAGMA user_version = 99");
  database.close();
  assert.deepEqual(await bothCodes(), ["data_newer", "data_newer"]);
});

test("a ledger whose pages were cut off is told as damaged, and reading it throws instead of ending early", async (context) => {
  const folder = newFolder(context);
  const path = join(folder, "ledger.db");
  const ledger = await open(context, folder);
  await Promise.all(
    Array.from({ length: 2000 }, () => {
      const decision = decisionEntry();
      return ledger.append(decision, decision);
    }),
  );
  await ledger.close();
  truncateSync(path, 3 * 4096);
  const opened = await openLedger({ folder, clock: systemClock, recover: true });
  assert.equal(opened.ok ? undefined : opened.error.code, "data_damaged");
  const ledgerReader = openLedgerReader(folder);
  assert.throws(() => {
    if (ledgerReader.ok) for (const _ of ledgerReader.value.read({}));
    else throw new Error(ledgerReader.error.message);
  }, /malformed/);
});

test("a time picks entries by halving, not by reading, and its ends are exact", async (context) => {
  const folder = newFolder(context);
  let now = Date.parse("2026-11-20T10:00:00Z");
  const opened = await openLedger({ folder, clock: { now: () => now }, recover: false });
  assert.ok(opened.ok);
  for (let hour = 0; hour < 10; hour += 1) {
    const decision = decisionEntry();
    assert.ok((await opened.value.append(decision, decision)).ok);
    now += 3_600_000;
  }
  await opened.value.close();
  const ledgerReader = reader(folder);
  const indexes = (filter: { readonly since?: string; readonly until?: string; readonly from?: number; readonly limit?: number }): number[] =>
    [...ledgerReader.read(filter)].map(({ index }) => index);
  assert.deepEqual(indexes({ since: "2026-11-20T17:00:00Z" }), [7, 8, 9]);
  assert.deepEqual(indexes({ until: "2026-11-20T12:00:00Z" }), [0, 1]);
  assert.deepEqual(indexes({ since: "2026-11-20T13:30:00+02:00", until: "2026-11-20T14:00:00Z" }), [2, 3]);
  assert.deepEqual(indexes({ since: "2026-11-20", until: "2026-11-21", from: 8 }), [8, 9]);
  assert.deepEqual(indexes({ since: "2027-01-01" }), []);
  assert.deepEqual(indexes({ until: "2020-01-01" }), []);
});
