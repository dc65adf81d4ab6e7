import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { LedgerFile } from "../ledger-file.ts";
import { openCheckpoint } from "../proof/checkpoint.ts";
import { signerFrom } from "../proof/note.ts";
import { verifyLog } from "../verify.ts";
import { LogFiles } from "./log-files.ts";
import { Sealer } from "./sealer.ts";

const scratch = mkdtempSync(join(tmpdir(), "freehold-fault-table-"));
after(() => rmSync(scratch, { recursive: true }));

const origin = "log.example/faults";
const seed = Buffer.alloc(32, 5);
const key = signerFrom(origin, seed);

class Crash extends Error {}

const steps = { write: LogFiles.prototype.write, settle: LogFiles.prototype.settle, dropPartial: LogFiles.prototype.dropPartial };

/** Runs with a crash at the nth step of the disk: before it was done, or after. Returns false when there were fewer steps. */
function crashAt(wanted: number, done: boolean, run: () => void): boolean {
  let count = 0;
  let crashed = false;
  const step = <Arguments extends unknown[]>(real: (this: LogFiles, ...given: Arguments) => void) =>
    function (this: LogFiles, ...given: Arguments): void {
      const now = !crashed && count === wanted;
      count += 1;
      crashed ||= now;
      if (crashed && !(now && done)) throw new Crash();
      real.apply(this, given);
      if (now) throw new Crash();
    };
  LogFiles.prototype.write = step(steps.write);
  LogFiles.prototype.settle = step(steps.settle);
  LogFiles.prototype.dropPartial = step(steps.dropPartial);
  try {
    run();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  } finally {
    Object.assign(LogFiles.prototype, steps);
  }
  return crashed;
}

test("a crash at any step of sealing, not persisted or persisted anyway, recovers to one tree that continues every checkpoint that was ever seen", () => {
  let crashes = 0;
  for (const done of [false, true]) {
    for (let step = 0; ; step += 1) {
      const folder = join(scratch, `${done}-${step}`);
      const file = new LedgerFile(folder);
      assert.ok(file.open().ok);
      let next = 0;
      const add = (count: number): void => {
        const jsons = Array.from({ length: count }, () => JSON.stringify({ kind: "start", requestId: null, number: next++ }));
        assert.ok(file.write({ jsons, times: jsons.map(() => 1_700_000_000_000), retried: 0, retriedFrom: 0 }).ok);
      };
      const seal = (): void => {
        const sealer = new Sealer({ folder, origin, seed });
        try {
          sealer.seal();
        } finally {
          sealer.close();
        }
      };
      add(200);
      seal();
      add(400);
      const crashed = crashAt(step, done, seal);
      const seen = openCheckpoint(readFileSync(join(folder, "ledger", "checkpoint")), key) ?? assert.fail("no checkpoint survived");
      assert.ok(verifyLog({ folder, key }).ok, `step ${step}: what outsiders see right after the crash does not verify`);
      add(50);
      seal();
      const report = verifyLog({ folder, key, older: seen });
      assert.deepEqual([report.ok, report.size, report.faults], [true, 650, []], `step ${step}, ${done ? "persisted anyway" : "not persisted"}`);
      file.close();
      if (!crashed) break;
      crashes += 1;
    }
  }
  assert.ok(crashes >= 20, String(crashes));
});
