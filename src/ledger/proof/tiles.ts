import { type Hash, hashLength, nodeHash, rootOver, type Subtree, split } from "./merkle.ts";

/** Where the parts of a log lie below its folder or address: https://c2sp.org/tlog-tiles */

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;

/** The file name of the tile's number: 1234067 is `x001/x234/067`. */
function numbered(index: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const parts = digits.match(/.{3}/g) ?? [];
  return parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join("/");
}

/** `level` -1 is the bundles of entries. A width under 256 is a partial tile. */
export const tilePath = (level: number, index: number, width: number): string =>
  `tile/${level < 0 ? "entries" : level}/${numbered(index)}${width === tileWidth ? "" : `.p/${width}`}`;

/** How many of the hashes of a tile a tree of this size has; 0 when the tile is not there. */
export function widthAt(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / tileWidth ** Math.max(level, 0));
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** Undefined when the bytes are not exactly so many entries, each with its length before it. */
export function entriesOf(bundle: Buffer, width: number): Buffer[] | undefined {
  const entries: Buffer[] = [];
  let at = 0;
  while (at < bundle.length && entries.length < width) {
    if (at + 2 > bundle.length) return undefined;
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return at === bundle.length && entries.length === width ? entries : undefined;
}

export function bundleOf(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

export const hashesOf = (tile: Buffer): Hash[] =>
  Array.from({ length: Math.floor(tile.length / hashLength) }, (_, at) => tile.subarray(at * hashLength, (at + 1) * hashLength));

/** Reads the tiles of a tree of one size. Throws when one of them is missing or has another length. */
export type ReadTile = (level: number, index: number, width: number) => Buffer;

/** Roots over parts of a tree of `size`, out of its tiles. */
export function subtreeFrom(readTile: ReadTile, size: number): Subtree {
  const kept = new Map<string, Hash[]>();
  const hashesAt = (level: number, start: number, count: number): Hash[] => {
    const index = Math.floor(start / tileWidth);
    const id = `${level}/${index}`;
    let hashes = kept.get(id);
    if (hashes === undefined) {
      hashes = hashesOf(readTile(level, index, widthAt(level, index, size)));
      kept.set(id, hashes);
    }
    return hashes.slice(start % tileWidth, (start % tileWidth) + count);
  };
  const subtree: Subtree = (start, end) => {
    const count = end - start;
    const height = Math.log2(count);
    if (!Number.isInteger(height)) {
      const middle = start + split(count);
      return nodeHash(subtree(start, middle), subtree(middle, end));
    }
    const level = Math.floor(height / 8);
    const unit = tileWidth ** level;
    return rootOver(hashesAt(level, start / unit, count / unit));
  };
  return subtree;
}
