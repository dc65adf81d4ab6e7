// A process of its own whose data folder is on a small disk: fills it, frees it, and reports in JSON what the ledger did. full-disk.ts MOUNT
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "#kernel";
import { type DecisionEntry, openLedger } from "#ledger";
import { decisionEntry, outcomeEntry } from "./entries.ts";

const [mount = ""] = process.argv.slice(2);
const folder = join(mount, "data");
const filler = join(mount, "filler");
writeFileSync(filler, Buffer.alloc(96 * 1024, 1));

const opened = await openLedger({ folder, clock: systemClock, recover: true });
if (!opened.ok) throw new Error(opened.error.message);
const ledger = opened.value;

const acknowledged: DecisionEntry[] = [];
const refused: { readonly decision: string; readonly code: string; readonly retryAfter: number | undefined }[] = [];
async function append(): Promise<boolean> {
  const decision = decisionEntry();
  const recorded = await ledger.append(decision, decision);
  if (recorded.ok) acknowledged.push(decision);
  else refused.push({ decision: decision.decision, code: recorded.error.code, retryAfter: recorded.error.retryAfter });
  return recorded.ok;
}

while (await append()) if (acknowledged.length > 100_000) throw new Error("the disk never filled");
for (const decision of acknowledged) ledger.settle(outcomeEntry(decision));
for (let round = 0; round < 5; round += 1) await append();
const whileFull = { ...ledger.state(), refused: refused.length };

rmSync(filler);
const nextWorked = await append();
for (let waited = 0; ledger.state().pending > 0 && waited < 5000; waited += 20) await sleep(20);
const afterwards = ledger.state();
const stored = [...ledger.read({})];
await ledger.close();

const database = new DatabaseSync(join(folder, "ledger.db"));
const integrity = database.prepare("PRAGMA integrity_check").get()?.integrity_check;
database.close();
process.stdout.write(
  JSON.stringify({ acknowledged: acknowledged.map(({ decision }) => decision), refused, whileFull, nextWorked, afterwards, stored, integrity }),
);
