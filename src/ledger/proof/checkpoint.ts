import { type Hash, hashLength } from "./merkle.ts";
import { decodeBase64, openNote, type Signer, signNote, type Verifier } from "./note.ts";

/** What a log says of itself at one moment: https://c2sp.org/tlog-checkpoint */
export interface Checkpoint {
  readonly origin: string;
  /** Entries in the tree. */
  readonly size: number;
  readonly root: Hash;
}

export const signCheckpoint = ({ origin, size, root }: Checkpoint, signer: Signer): string =>
  signNote(`${origin}\n${size}\n${root.toString("base64")}\n`, [signer]);

/** Undefined when it is no checkpoint, or not one that the log's key signed for this origin. */
export function openCheckpoint(bytes: Uint8Array, log: Verifier, others: readonly Verifier[] = []): Checkpoint | undefined {
  const note = openNote(bytes, [log, ...others]);
  if (note === undefined || !note.signedBy.includes(log)) return undefined;
  const [origin = "", decimal = "", encoded = ""] = note.text.split("\n");
  const root = decodeBase64(encoded);
  if (origin !== log.name || !/^(0|[1-9][0-9]{0,15})$/.test(decimal) || root?.length !== hashLength) return undefined;
  const size = Number(decimal);
  return Number.isSafeInteger(size) ? { origin, size, root } : undefined;
}
