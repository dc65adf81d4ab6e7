import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { decisionEntry } from "../../../test/ledger/entries.ts";
import { openLedger } from "../ledger.ts";
import { signerFrom } from "../proof/note.ts";
import { verifyLog } from "../verify.ts";

const identity = { origin: "log.example/thread", seed: Buffer.alloc(32, 6) };

test("a sealer whose thread died is started again, and closing does not wait for the dead one for ever", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "freehold-sealing-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const workers: Worker[] = [];
  const noteWorker = (worker: Worker): number => workers.push(worker);
  process.on("worker", noteWorker);
  context.after(() => process.off("worker", noteWorker));
  const opened = await openLedger({ folder, clock: { now: () => Date.now() }, recover: false });
  assert.ok(opened.ok);
  const ledger = opened.value;
  const append = async (): Promise<void> => {
    const decision = decisionEntry();
    assert.ok((await ledger.append(decision, decision)).ok);
  };
  await append();
  assert.ok((await ledger.seal(identity)).ok);
  assert.equal(workers.length, 2, "the writer's thread and the sealer's");
  await workers[1]?.terminate();
  await append();
  for (let round = 0; round < 100 && (ledger.state().sealed ?? 0) < 2; round += 1) await delay(100);
  assert.deepEqual([ledger.state().sealed, ledger.state().lastFault], [2, undefined]);
  await workers[2]?.terminate();
  await append();
  await ledger.close();
  const report = verifyLog({ folder, key: signerFrom(identity.origin, identity.seed) });
  assert.deepEqual([report.ok, report.size], [true, 3]);
});
