// A process of its own that appends decisions and settles most of them, and says on standard output what was acknowledged. To be killed.
// appender.ts FOLDER CALLERS [COUNT | die]: with COUNT it closes the ledger after so many decisions of each caller and ends; with die it kills
// itself at the first acknowledgement.
import { writeSync } from "node:fs";
import { systemClock } from "#kernel";
import { openLedger } from "#ledger";
import { decisionEntry, outcomeEntry } from "./entries.ts";

const [folder = "", callers = "1", end = "Infinity"] = process.argv.slice(2);
const count = end === "die" ? Number.POSITIVE_INFINITY : Number(end);
// Synchronously: what was said before the kill arrives.
const say = (line: string): void => void writeSync(1, `${line}\n`);

const opened = await openLedger({ folder, clock: systemClock, recover: true, onFault: (reason) => say(`fault ${reason ?? "none"}`) });
if (!opened.ok) {
  say(`not-opened ${opened.error.code}`);
  process.exit(3);
}
const ledger = opened.value;
say(`opened ${ledger.state().size}`);

async function call(): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    const decision = decisionEntry();
    const recorded = await ledger.append(decision, decision);
    say(`${recorded.ok ? "acknowledged" : `refused-${recorded.error.code}`} ${decision.decision}`);
    if (recorded.ok && end === "die") process.kill(process.pid, "SIGKILL");
    if (recorded.ok && round % 4 !== 3) ledger.settle(outcomeEntry(decision));
    if (!recorded.ok) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
await Promise.all(Array.from({ length: Number(callers) }, call));
await ledger.close();
say(`closed ${ledger.state().pending}`);
