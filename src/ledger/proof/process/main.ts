import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Checkpoint, openCheckpoint } from "../checkpoint.ts";
import { verifyFolder } from "../log-folder.ts";
import { parseVerifierKey } from "../note.ts";
import { verifyProofFile } from "../proof-file.ts";

/**
 * The verifier that an auditor can read: this folder and `node:crypto`, nothing else of Freehold.
 * `node ledger-verifier.mjs FOLDER|FILE.tlog-proof --key KEY|FILE [--checkpoint FILE]`
 */

const usage = "usage: ledger-verifier FOLDER|FILE.tlog-proof --key KEY|FILE [--checkpoint FILE]";

interface Ending {
  readonly code: 0 | 1 | 2;
  readonly lines: readonly string[];
}

const bad = (line: string): Ending => ({ code: 2, lines: [line] });

export function run(given: readonly string[]): Ending {
  const flags = new Map<string, string>();
  const places: string[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? "";
    if (word === "--key" || word === "--checkpoint") {
      at += 1;
      flags.set(word, given[at] ?? "");
    } else places.push(word);
  }
  const [place, ...more] = places;
  const keyText = flags.get("--key");
  if (place === undefined || more.length > 0 || place.startsWith("-") || keyText === undefined) return bad(usage);
  if (!existsSync(place)) return bad(`${place}: there is no such file or folder`);
  const key = parseVerifierKey(existsSync(keyText) ? readFileSync(keyText, "utf8") : keyText);
  if (key === undefined) return bad("--key: not an Ed25519 verifier key (name+id+base64)");
  if (!statSync(place).isDirectory()) {
    const proof = verifyProofFile(readFileSync(place, "utf8"), key);
    if (typeof proof === "string") return { code: 1, lines: [`${place}: refused: ${proof}`] };
    return { code: 0, lines: [proof.entry.toString("utf8"), `verified: entry ${proof.index} of ${proof.checkpoint.origin}, ${proof.checkpoint.size} entries`] };
  }
  let older: Checkpoint | undefined;
  const kept = flags.get("--checkpoint");
  if (kept !== undefined) {
    older = existsSync(kept) ? openCheckpoint(readFileSync(kept), key) : undefined;
    if (older === undefined) return bad(`${kept}: no checkpoint that this key signed`);
  }
  const folder = existsSync(join(place, "checkpoint")) ? place : join(place, "ledger");
  const { ok, size, root, faults } = verifyFolder(folder, key, older);
  if (!ok) return { code: 1, lines: faults };
  return { code: 0, lines: [`verified: ${size} entries of ${key.name}, root ${root}`] };
}

if (import.meta.main) {
  const { code, lines } = run(process.argv.slice(2));
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.exitCode = code;
}
