import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { hashLength, leafHash } from "./merkle.ts";
import type { Verifier } from "./note.ts";
import { entriesOf, type ReadTile, tilePath, tileWidth, widthAt } from "./tiles.ts";
import { GrowingTree } from "./tree.ts";

/** What verifying a folder came to. */
export interface FolderReport {
  readonly ok: boolean;
  readonly size: number;
  /** Base64, as the checkpoint has it. */
  readonly root: string;
  /** Each names the file that is wrong. */
  readonly faults: readonly string[];
}

/** The hashes of a tile, or the entries of a bundle, as bytes. A full one takes the place of the partial ones that came before it. */
export function readPart(folder: string, level: number, index: number, width: number): Buffer | undefined {
  for (const path of new Set([tilePath(level, index, width), tilePath(level, index, tileWidth)])) {
    try {
      const bytes = readFileSync(join(folder, path));
      return path === tilePath(level, index, width) ? bytes : beginningOf(bytes, level, width);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return undefined;
}

function beginningOf(bytes: Buffer, level: number, width: number): Buffer {
  if (level >= 0) return bytes.subarray(0, width * hashLength);
  let end = 0;
  for (let entry = 0; entry < width && end + 2 <= bytes.length; entry += 1) end += 2 + bytes.readUInt16BE(end);
  return bytes.subarray(0, end);
}

/** Tiles of a folder, for proofs; throws when one is missing. */
export const tilesIn =
  (folder: string): ReadTile =>
  (level, index, width) => {
    const tile = readPart(folder, level, index, width);
    if (tile === undefined) throw new Error(`${tilePath(level, index, width)} is missing`);
    return tile;
  };

const enough = 20;

/**
 * Verifies a log that lies in a folder, out of its files alone: the checkpoint's signature, every entry against every tile, and the root. An
 * `older` checkpoint of the same log, kept elsewhere, shows whether the folder was rolled back or its history changed.
 */
export function verifyFolder(folder: string, log: Verifier, older?: Checkpoint): FolderReport {
  const faults: string[] = [];
  const report = (size: number, root: string): FolderReport => ({ ok: faults.length === 0, size, root, faults: faults.slice(0, enough) });
  const note = statSync(join(folder, "checkpoint"), { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(join(folder, "checkpoint"));
  if (note === undefined) {
    faults.push("checkpoint: missing");
    return report(0, "");
  }
  const checkpoint = openCheckpoint(note, log);
  if (checkpoint === undefined) {
    faults.push("checkpoint: not signed by this log's key, or changed");
    return report(0, "");
  }
  const { size, root } = checkpoint;
  if (older !== undefined && older.size > size)
    faults.push(`checkpoint: ${size} entries, but the one kept elsewhere has ${older.size}: the log was rolled back`);
  const tree = new GrowingTree();
  for (let index = 0; index * tileWidth < size && faults.length < enough; index += 1) {
    verifyBundle(folder, index, size, tree, faults, older);
  }
  if (faults.length === 0) {
    for (const [level, hashes] of tree.edge.entries()) {
      if (hashes.length > 0 && level > 0) compareTile(folder, level, Math.floor(size / tileWidth ** (level + 1)), Buffer.concat(hashes), hashes.length, faults);
    }
    if (!tree.root().equals(root)) faults.push("checkpoint: the entries and tiles lead to another root");
  }
  return report(size, root.toString("base64"));
}

function verifyBundle(folder: string, index: number, size: number, tree: GrowingTree, faults: string[], older: Checkpoint | undefined): void {
  const width = widthAt(-1, index, size);
  const path = tilePath(-1, index, width);
  const bytes = readPart(folder, -1, index, width);
  if (bytes === undefined) {
    faults.push(`${path}: missing`);
    return;
  }
  const entries = entriesOf(bytes, width);
  if (entries === undefined) {
    faults.push(`${path}: does not hold ${width} entries with their lengths`);
    return;
  }
  const leaves = entries.map(leafHash);
  compareTile(folder, 0, index, Buffer.concat(leaves), width, faults);
  for (const leaf of leaves) {
    for (const full of tree.add(leaf)) {
      if (full.level > 0) compareTile(folder, full.level, full.index, Buffer.concat(full.hashes), tileWidth, faults);
    }
    if (tree.size === older?.size && !tree.root().equals(older.root)) {
      faults.push(`${path}: the first ${tree.size} entries are not those of the checkpoint kept elsewhere: the history was changed`);
    }
  }
}

function compareTile(folder: string, level: number, index: number, expected: Buffer, width: number, faults: string[]): void {
  const path = tilePath(level, index, width);
  const tile = readPart(folder, level, index, width);
  if (tile === undefined) {
    faults.push(`${path}: missing`);
    return;
  }
  if (tile.equals(expected)) return;
  const first = Array.from({ length: width }, (_, at) => at).find(
    (at) => !tile.subarray(at * 32, at * 32 + 32).equals(expected.subarray(at * 32, at * 32 + 32)),
  );
  const entry = (index * tileWidth + (first ?? width)) * tileWidth ** level;
  faults.push(`${path}: does not match the entries${first === undefined ? ": wrong length" : ` from entry ${entry} on`}`);
}
