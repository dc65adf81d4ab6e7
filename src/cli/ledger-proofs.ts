import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { type Flags, readSettings } from "#app";
import { keyIn, openCheckpoint, parseVerifierKey, proveEntry, type Verifier, verifyLog, verifyProofFile } from "#ledger";
import { CommandFailure, print, say, valueFrom, withJson } from "./outcome.ts";

interface ProofFlags extends Flags {
  readonly key?: string;
  readonly checkpoint?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const dataOf = (flags: ProofFlags): string => valueFrom(readSettings(flags, process.env)).data;

/** A key given as text or file; undefined without the flag. */
function givenKey(given: string | undefined): Verifier | undefined {
  if (given === undefined) return undefined;
  const key = parseVerifierKey(existsSync(given) ? readFileSync(given, "utf8") : given);
  if (key === undefined) throw new CommandFailure(2, ["error: --key wants a verifier key, name+id+base64, or a file that holds one."]);
  return key;
}

export function verifyCommand(): Command {
  return withJson(new Command("verify"))
    .description("verify a ledger's log, live or copied, or one .tlog-proof file")
    .argument("[place]", "data folder, log folder or proof file (default: the data folder)")
    .option("--data <folder>", "data folder (FREEHOLD_DATA; default ./data)")
    .option("--key <key>", "the log's verifier key, or a file that holds it; without it, the one that lies in the folder")
    .option("--checkpoint <file>", "an older checkpoint of this log, kept elsewhere: shows a rollback and a changed history")
    .action((place: string | undefined, flags: ProofFlags) => {
      const folder = place ?? dataOf(flags);
      if (!existsSync(folder))
        throw new CommandFailure(2, [`error: There is no ${folder}.`, "  next: Name a data folder, the folder of a log, or a .tlog-proof file."]);
      if (statSync(folder).isDirectory()) verifyPlace(folder, flags);
      else verifyFile(folder, flags);
    });
}

function verifyPlace(folder: string, flags: ProofFlags): void {
  const key = givenKey(flags.key) ?? keyIn(folder);
  if (key === undefined)
    throw new CommandFailure(2, [
      `error: There is no transparency log in ${folder}.`,
      "  next: freehold up makes one; or give the folder that holds checkpoint, key and tile.",
    ]);
  if (flags.key === undefined && flags.json !== true)
    say("The key is the one in the folder: compare it with one that you keep elsewhere, or give it with --key.");
  let older: ReturnType<typeof openCheckpoint>;
  if (flags.checkpoint !== undefined) {
    older = existsSync(flags.checkpoint) ? openCheckpoint(readFileSync(flags.checkpoint), key) : undefined;
    if (older === undefined) throw new CommandFailure(2, [`error: ${flags.checkpoint} is no checkpoint that this log's key signed.`]);
  }
  const report = verifyLog({ folder, key, older });
  if (flags.json === true) print(JSON.stringify(report));
  else if (report.ok) print(`verified: ${report.size} entries of ${key.name}, root ${report.root}`);
  else for (const line of report.faults) say(line);
  if (!report.ok) throw new CommandFailure(1, flags.json === true ? [] : [`refused: ${folder}`]);
}

function verifyFile(file: string, flags: ProofFlags): void {
  const data = dataOf(flags);
  const key = givenKey(flags.key) ?? keyIn(data);
  if (key === undefined)
    throw new CommandFailure(2, ["error: The log's key is wanted: --key name+id+base64, or a file that holds it.", "  next: It is served at /ledger/key."]);
  const proof = verifyProofFile(readFileSync(file, "utf8"), key);
  const refused = typeof proof === "string";
  if (flags.json === true) {
    const { size, root } = refused ? { size: 0, root: Buffer.alloc(0) } : proof.checkpoint;
    const found = refused ? {} : { index: proof.index, entry: proof.entry.toString("utf8") };
    print(JSON.stringify({ ok: !refused, size, root: root.toString("base64"), faults: refused ? [proof] : [], ...found }));
  } else if (!refused) {
    print(proof.entry.toString("utf8"));
    say(`verified: entry ${proof.index} of ${proof.checkpoint.origin}, under its checkpoint of ${proof.checkpoint.size} entries`);
  }
  if (refused) throw new CommandFailure(1, flags.json === true ? [] : [`refused: ${file}: ${proof}`]);
}

export function proveCommand(): Command {
  return withJson(new Command("prove"))
    .description("write the proof that one entry stands in the log (.tlog-proof), with the entry in it")
    .argument("<entry>", "the entry's index")
    .option("--data <folder>", "data folder (FREEHOLD_DATA; default ./data), or the folder of a log")
    .option("--out <file>", "where to write it (default: standard output)")
    .action((entry: string, flags: ProofFlags) => {
      if (!/^(0|[1-9][0-9]{0,14})$/.test(entry)) throw new CommandFailure(2, [`error: The entry is an index from 0, not ${JSON.stringify(entry)}.`]);
      const data = flags.data ?? dataOf(flags);
      const proof = valueFrom(proveEntry(data, Number(entry)));
      if (flags.out !== undefined) {
        writeFileSync(flags.out, proof);
        say(`Written: ${flags.out}. freehold ledger verify ${flags.out} --key ${join(data, "ledger", "key")} verifies it anywhere.`);
      }
      if (flags.json === true) print(JSON.stringify({ index: Number(entry), proof }));
      else if (flags.out === undefined) process.stdout.write(proof);
    });
}
