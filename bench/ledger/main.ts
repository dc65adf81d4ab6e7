// The ledger by itself: how fast it writes with the transparency log on and off, proves, verifies and shows. `node bench/ledger/main.ts [--entries N]`
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mintDecisionId } from "#kernel";
import { type DecisionEntry, openLedger, openLedgerReader, parseVerifierKey, proveEntry, verifyLog, verifyProofFile } from "#ledger";

const { values } = parseArgs({ options: { entries: { type: "string", default: "200000" } } });
const entries = Number(values.entries);
const scratch = mkdtempSync(join(tmpdir(), "freehold-bench-ledger-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const digest = `sha256:${"0".repeat(64)}`;
const say = (name: string, value: string): boolean => process.stdout.write(`${name.padEnd(58)}${value.padStart(14)}\n`);

function decision(index: number): DecisionEntry {
  const id = mintDecisionId(Date.now());
  return {
    kind: "decision",
    requestId: `req_${id.slice(4)}`,
    decision: id,
    tenant: `tenant-${index % 40}`,
    key: "key_ABCDEFGH",
    operation: "chat/completions",
    origin: "DE",
    class: index % 1000 === 0 ? "secret" : "public",
    declared: null,
    jurisdiction: "eu",
    verdict: "refuse",
    code: "no_permitted_backend",
    model: "assistant",
    transform: "none",
    backends: ["local"],
    charter: digest,
    estate: digest,
  };
}

/** Appends with 256 callers; returns entries and CPU microseconds an entry, of all threads, until everything is sealed and closed. */
async function write(folder: string, seal: boolean): Promise<{ readonly rate: number; readonly cpu: number }> {
  const opened = await openLedger({ folder, clock: { now: () => Date.now() }, recover: false });
  if (!opened.ok) throw new Error(opened.error.message);
  const ledger = opened.value;
  if (seal) await ledger.seal({ origin: "bench.example/log", seed: Buffer.alloc(32, 1) });
  const used = process.cpuUsage();
  const started = performance.now();
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < entries) {
      const entry = decision(next);
      next += 1;
      const written = await ledger.append(entry, entry);
      if (!written.ok) throw new Error(written.error.message);
    }
  };
  await Promise.all(Array.from({ length: 256 }, caller));
  await ledger.close();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  return { rate: entries / seconds, cpu: (user + system) / entries };
}

const timed = <Value>(run: () => Value): { readonly value: Value; readonly ms: number } => {
  const started = performance.now();
  return { value: run(), ms: performance.now() - started };
};

const plain = await write(join(scratch, "plain"), false);
const sealed = await write(join(scratch, "sealed"), true);
say("entries", entries.toLocaleString("en"));
say("written and closed, without the log", `${Math.round(plain.rate).toLocaleString("en")}/s`);
say("written, sealed and closed, with the log", `${Math.round(sealed.rate).toLocaleString("en")}/s`);
say("CPU an entry, all threads, without / with the log", `${plain.cpu.toFixed(1)} / ${sealed.cpu.toFixed(1)} us`);

const folder = join(scratch, "sealed");
const key = parseVerifierKey(readFileSync(join(folder, "ledger", "key"), "utf8"));
if (key === undefined) throw new Error("there is no key");
const proofs = Array.from({ length: 100 }, (_, at) => timed(() => proveEntry(folder, Math.floor((at * entries) / 100))));
const slowest = Math.max(...proofs.map(({ ms }) => ms));
for (const { value } of proofs) if (!value.ok || typeof verifyProofFile(value.value, key) === "string") throw new Error("a proof does not verify");
say("proving one entry, slowest of 100", `${slowest.toFixed(1)} ms`);
const report = timed(() => verifyLog({ folder: join(folder, "ledger"), key }));
if (!report.value.ok) throw new Error(report.value.faults.join("\n"));
say("verifying the log's files", `${(report.ms / 1000).toFixed(2)} s`);
const whole = timed(() => verifyLog({ folder, key }));
say("verifying the files and the database", `${(whole.ms / 1000).toFixed(2)} s`);
const reader = openLedgerReader(folder);
if (!reader.ok) throw new Error(reader.error.message);
for (const filter of [
  { tenant: "tenant-7", limit: 100 },
  { requestId: "req_absent" },
  { verdict: "refuse", limit: 100 },
  { class: "secret" },
  { backend: "absent" },
  { kind: "outcome" },
] as const) {
  const { ms, value } = timed(() => [...reader.value.read(filter)].length);
  say(`show ${JSON.stringify(filter)}: ${value} entries`, `${ms.toFixed(0)} ms`);
}
reader.value.close();
