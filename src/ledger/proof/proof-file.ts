import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { type Hash, hashLength, leafHash, rootFromInclusion } from "./merkle.ts";
import { decodeBase64, type Verifier } from "./note.ts";

/** An offline proof that one entry stands in a log: https://c2sp.org/tlog-proof */

const firstLine = "c2sp.org/tlog-proof@v1";
/** A tree of 2^63 entries has proofs of 63 hashes. */
const maxHashes = 63;

interface ProofFile {
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  /** Opaque, and not covered by the proof. */
  readonly extra: Buffer | undefined;
}

/** `extra` carries the entry itself, so that one file is enough to read and to prove it. */
export function writeProofFile(index: number, hashes: readonly Hash[], checkpoint: string, extra?: Uint8Array): string {
  const lines = [firstLine];
  if (extra !== undefined) lines.push(`extra ${Buffer.from(extra).toString("base64")}`);
  lines.push(`index ${index}`, ...hashes.map((hash) => hash.toString("base64")), "", checkpoint);
  return lines.join("\n");
}

function parseProofFile(text: string): ProofFile | undefined {
  const end = text.indexOf("\n\n");
  if (end < 0) return undefined;
  const lines = text.slice(0, end).split("\n");
  if (lines.shift() !== firstLine) return undefined;
  let extra: Buffer | undefined;
  if (lines[0]?.startsWith("extra ") === true) {
    extra = decodeBase64(lines.shift()?.slice(6) ?? "");
    if (extra === undefined) return undefined;
  }
  const decimal = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "")?.[1];
  const index = Number(decimal);
  if (decimal === undefined || !Number.isSafeInteger(index) || lines.length > maxHashes) return undefined;
  const hashes: Hash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash?.length !== hashLength) return undefined;
    hashes.push(hash);
  }
  return { index, hashes, checkpoint: text.slice(end + 2), extra };
}

/** What a proof proves: this entry at this index of the log that the checkpoint names. A string is why it proves nothing. */
export function verifyProofFile(
  text: string,
  log: Verifier,
  entry?: Uint8Array,
): { readonly index: number; readonly entry: Buffer; readonly checkpoint: Checkpoint } | string {
  const proof = parseProofFile(text);
  if (proof === undefined) return "it is no tlog-proof file";
  const checkpoint = openCheckpoint(Buffer.from(proof.checkpoint), log);
  if (checkpoint === undefined) return "its checkpoint is not signed by the log's key";
  const proven = entry ?? proof.extra;
  if (proven === undefined) return "it does not hold the entry, and none was given";
  const root = rootFromInclusion(leafHash(proven), proof.index, checkpoint.size, proof.hashes);
  if (root === undefined || !root.equals(checkpoint.root)) return "the entry is not what the log holds at this index";
  return { index: proof.index, entry: Buffer.from(proven), checkpoint };
}
