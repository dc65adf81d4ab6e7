import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { openCheckpoint } from "./proof/checkpoint.ts";
import { readPart, tilesIn } from "./proof/log-folder.ts";
import { inclusionProof } from "./proof/merkle.ts";
import { parseVerifierKey } from "./proof/note.ts";
import { writeProofFile } from "./proof/proof-file.ts";
import { entriesOf, subtreeFrom, tileWidth, widthAt } from "./proof/tiles.ts";
import { logFolderName } from "./schema.ts";

/** A data folder, or the log's own folder. */
export const logFolderOf = (folder: string): string => (existsSync(join(folder, logFolderName, "checkpoint")) ? join(folder, logFolderName) : folder);

/** A `.tlog-proof` file for one entry, with the entry in it, out of the log's files alone. Faults: `file_unreadable`, `invalid_request`, `ledger_broken`. */
export function proveEntry(folder: string, index: number): Result<string, Fault> {
  const log = logFolderOf(folder);
  if (!existsSync(join(log, "checkpoint"))) return err(fault("file_unreadable", { message: `There is no transparency log in ${folder}.`, param: folder }));
  const note = readFileSync(join(log, "checkpoint"));
  const key = parseVerifierKey(readFileSync(join(log, "key"), "utf8"));
  const checkpoint = key === undefined ? undefined : openCheckpoint(note, key);
  if (checkpoint === undefined) return err(fault("ledger_broken", { message: "The checkpoint in the folder is not signed with the key beside it." }));
  const { size } = checkpoint;
  if (index >= size) {
    return err(
      fault("invalid_request", { message: `The checkpoint covers ${size} entries, 0 to ${size - 1}; later ones follow within a second.`, param: "entry" }),
    );
  }
  try {
    const bundle = Math.floor(index / tileWidth);
    const width = widthAt(-1, bundle, size);
    const entry = entriesOf(readPart(log, -1, bundle, width) ?? Buffer.alloc(0), width)?.[index % tileWidth];
    if (entry === undefined) return err(fault("ledger_broken", { message: `The bundle that holds entry ${index} is missing or damaged.` }));
    const hashes = inclusionProof(index, size, subtreeFrom(tilesIn(log), size));
    return ok(writeProofFile(index, hashes, note.toString("utf8"), entry));
  } catch (error) {
    return err(fault("ledger_broken", { message: `The log is not complete: ${error instanceof Error ? error.message : String(error)}.` }));
  }
}
