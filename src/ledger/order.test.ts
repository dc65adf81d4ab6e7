import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import fc from "fast-check";
import { systemClock } from "#kernel";
import { decisionEntry, outcomeEntry } from "../../test/ledger/entries.ts";
import type { StoredEntry } from "./entry.ts";
import { openLedger, type SqliteLedger } from "./ledger.ts";

/** What somebody does to the ledger: a caller appends or settles without waiting, time passes, or the writer's thread is torn down. */
type Step = { readonly do: "append" | "settle"; readonly caller: number } | { readonly do: "pause"; readonly milliseconds: number } | { readonly do: "kill" };

const step = (kills: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constantFrom("append" as const, "settle" as const), caller: fc.nat({ max: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("pause" as const), milliseconds: fc.constantFrom(0, 0, 1, 7) }) },
    { weight: kills ? 2 : 0, arbitrary: fc.record({ do: fc.constant("kill" as const) }) },
  );

interface Call {
  readonly caller: number;
  readonly requestId: string;
  /** Undefined for an outcome, which must be written whatever happens. */
  readonly acknowledged: Promise<boolean> | undefined;
}

async function perform(ledger: SqliteLedger, steps: readonly Step[], writer: () => Worker | undefined): Promise<readonly Call[]> {
  const calls: Call[] = [];
  for (const taken of steps) {
    if (taken.do === "pause") await sleep(taken.milliseconds);
    else if (taken.do === "kill") await writer()?.terminate();
    else {
      const decision = decisionEntry();
      const requestId = decision.requestId;
      if (taken.do === "append") calls.push({ caller: taken.caller, requestId, acknowledged: ledger.append(decision, decision).then(({ ok }) => ok) });
      else {
        ledger.settle(outcomeEntry(decision));
        calls.push({ caller: taken.caller, requestId, acknowledged: undefined });
      }
    }
  }
  await Promise.all(calls.map(({ acknowledged }) => acknowledged));
  while (ledger.state().pending > 0) await sleep(2);
  return calls;
}

async function assertInOrder(calls: readonly Call[], stored: readonly StoredEntry[], from: number): Promise<void> {
  assert.deepEqual(
    stored.map(({ index }) => index),
    stored.map((_, position) => from + position),
  );
  const places = new Map(stored.map(({ requestId, index }) => [requestId, index]));
  assert.equal(places.size, stored.length, "an entry stands twice");
  for (const caller of [0, 1, 2, 3]) {
    let last = -1;
    for (const call of calls.filter((each) => each.caller === caller)) {
      const place = places.get(call.requestId);
      if ((await call.acknowledged) !== false) assert.ok(place !== undefined, "an acknowledged entry, or an outcome, is missing");
      if (place === undefined) continue;
      assert.ok(place > last, "the entries of a caller changed places");
      last = place;
    }
  }
}

async function holds(kills: boolean, runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "freehold-order-"));
  let writer: Worker | undefined;
  const notice = (worker: Worker): void => {
    writer = worker;
  };
  process.on("worker", notice);
  const opened = await openLedger({ folder, clock: systemClock, recover: true });
  assert.ok(opened.ok);
  const ledger = opened.value;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step(kills), { minLength: 1, maxLength: 80 }), async (steps) => {
        const from = [...ledger.read({})].length;
        const calls = await perform(ledger, steps, () => writer);
        await assertInOrder(calls, [...ledger.read({ from })], from);
      }),
      { numRuns: runs },
    );
    assert.ok(ledger.writerState().entries > runs);
  } finally {
    process.off("worker", notice);
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

test("any interleaving of appends and settles gives a gapless order that keeps each caller's own order", () => holds(false, 60));

test("the same when the writer's thread is torn down in between: nothing acknowledged and no outcome is lost or doubled", () => holds(true, 25));
