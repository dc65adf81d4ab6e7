import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openCheckpoint, signCheckpoint } from "../proof/checkpoint.ts";
import { type Hash, leafHash } from "../proof/merkle.ts";
import { type Signer, signerFrom, verifierKey } from "../proof/note.ts";
import { bundleOf, entriesOf, hashesOf, tilePath, tileWidth, widthAt } from "../proof/tiles.ts";
import { GrowingTree } from "../proof/tree.ts";
import { ledgerFileName, logFolderName } from "../schema.ts";
import { type Head, moveHead, readHead } from "./head.ts";
import { leafOf } from "./leaf.ts";
import { LogFiles } from "./log-files.ts";

export interface SealerSettings {
  /** The data folder. */
  readonly folder: string;
  /** The log's name, which stands in its checkpoints and in its key. */
  readonly origin: string;
  /** 32 secret bytes of the log's Ed25519 key. */
  readonly seed: Uint8Array;
}

/** Why a log cannot go on: not a fault of the disk, which passes, but of what lies there. */
export class LogBroken extends Error {}

const patience = 2000;
/** Entries that are read and hashed at once. */
const portion = 4096;

/**
 * Makes the transparency log out of the committed entries: bundles and tiles first, then the head in the database, then the checkpoint's file. A
 * crash between any two steps leaves files that the next run writes again with the same bytes, because committed entries do not change.
 */
export class Sealer {
  readonly #database: DatabaseSync;
  readonly #files: LogFiles;
  readonly #signer: Signer;
  #head: Head | undefined;
  #tree: GrowingTree;
  /** Entries of the last bundle, fewer than 256. */
  #bundle: Buffer[];

  /** Throws `LogBroken` when what lies in the folder is not this log, and what SQLite or the disk throw. */
  constructor({ folder, origin, seed }: SealerSettings) {
    this.#signer = signerFrom(origin, Buffer.from(seed));
    this.#database = new DatabaseSync(join(folder, ledgerFileName), { timeout: patience });
    try {
      this.#database.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 0");
      this.#files = new LogFiles(join(folder, logFolderName));
      this.#head = readHead(this.#database);
      this.#checkHead();
      [this.#tree, this.#bundle] = this.#rightEdge();
    } catch (error) {
      this.#database.close();
      throw error;
    }
    this.#publish();
  }

  /** Entries that the checkpoint covers. */
  get size(): number {
    return this.#tree.size;
  }

  /** Seals all entries that are committed by now, in portions; returns how many the checkpoint covers then. */
  seal(): number {
    for (;;) {
      const rows = this.#database.prepare('SELECT "index", time, json FROM ledger WHERE "index" >= ? ORDER BY "index" LIMIT ?').all(this.#tree.size, portion);
      if (rows.length === 0) return this.#tree.size;
      const tree = GrowingTree.fromEdge(this.#tree.size, this.#tree.edge);
      const bundle = [...this.#bundle];
      for (const row of rows) {
        const leaf = leafOf(Number(row.index), Number(row.time), String(row.json));
        this.#add(tree, bundle, leaf, (level, index, bytes) => this.#files.writeTile(level, index, tileWidth, bytes()));
      }
      this.#writeEdge(tree, bundle);
      this.#files.settle();
      this.#advance(tree, bundle);
    }
  }

  close(): void {
    this.#database.close();
  }

  #writeEdge(tree: GrowingTree, bundle: readonly Buffer[]): void {
    const last = (level: number): number => Math.floor(tree.size / tileWidth ** (level + 1));
    if (bundle.length > 0) this.#files.writeTile(-1, last(0), bundle.length, bundleOf(bundle));
    for (const [level, hashes] of tree.edge.entries()) {
      if (hashes.length > 0) this.#files.writeTile(level, last(level), hashes.length, Buffer.concat(hashes));
    }
  }

  #advance(tree: GrowingTree, bundle: Buffer[]): void {
    const { name: origin } = this.#signer;
    const before = this.#tree.size;
    const root = tree.root();
    const head: Head = { size: tree.size, root: root.toString("base64"), note: signCheckpoint({ origin, size: tree.size, root }, this.#signer) };
    if (!moveHead(this.#database, this.#head, head)) throw new LogBroken("another process writes this log: its head moved meanwhile");
    this.#head = head;
    this.#tree = tree;
    this.#bundle = bundle;
    this.#publish();
    for (let level = -1; level < tree.edge.length; level += 1) {
      const unit = tileWidth ** (Math.max(level, 0) + 1);
      for (let index = Math.floor(before / unit); index < Math.floor(tree.size / unit); index += 1) this.#files.dropPartial(level, index);
    }
  }

  /** Brings the files that name the head to where the database is. */
  #publish(): void {
    const key = `${verifierKey(this.#signer)}\n`;
    if (this.#files.read("key")?.toString() !== key) this.#files.write("key", Buffer.from(key));
    const note = this.#head?.note ?? signCheckpoint({ origin: this.#signer.name, size: 0, root: new GrowingTree().root() }, this.#signer);
    if (this.#files.read("checkpoint")?.toString() !== note) this.#files.write("checkpoint", Buffer.from(note));
    this.#files.settle();
  }

  /** A published checkpoint that is ahead of the database, or beside it, means that the database was set back or exchanged. */
  #checkHead(): void {
    const bytes = this.#files.read("checkpoint");
    if (bytes === undefined) return;
    const published = openCheckpoint(bytes, this.#signer);
    if (published === undefined) throw new LogBroken("the checkpoint in the folder was not signed with this log's key");
    const size = this.#head?.size ?? 0;
    if (published.size > size)
      throw new LogBroken(`the checkpoint in the folder has ${published.size} entries, the database ${size}: the database was set back`);
    if (published.size === size && size > 0 && published.root.toString("base64") !== this.#head?.root)
      throw new LogBroken(`the checkpoint in the folder and the database have ${size} entries, but not the same`);
  }

  /** From the tiles where they lead to the head's root; else from the entries themselves, and if these do not either, they were changed. */
  #rightEdge(): [GrowingTree, Buffer[]] {
    const size = this.#head?.size ?? 0;
    if (size === 0) return [new GrowingTree(), []];
    const read = (level: number): Buffer | undefined => {
      const index = Math.floor(size / tileWidth ** (Math.max(level, 0) + 1));
      const width = widthAt(level, index, size);
      return width === 0 ? Buffer.alloc(0) : this.#files.read(tilePath(level, index, width));
    };
    const edge: Hash[][] = [];
    for (let level = 0; tileWidth ** level <= size; level += 1) edge.push(hashesOf(read(level) ?? Buffer.alloc(0)));
    const tree = GrowingTree.fromEdge(size, edge);
    const bundle = entriesOf(read(-1) ?? Buffer.alloc(0), size % tileWidth);
    if (
      bundle !== undefined &&
      tree.root().toString("base64") === this.#head?.root &&
      bundle.every((leaf, at) => edge[0]?.[at]?.equals(leafHash(leaf)) === true)
    )
      return [tree, bundle];
    return this.#rebuild(size);
  }

  #rebuild(size: number): [GrowingTree, Buffer[]] {
    // Twice: what is there is overwritten only once the entries are known to be those that were signed.
    const [tree, bundle] = this.#read(size, () => undefined);
    if (tree.size !== size || tree.root().toString("base64") !== this.#head?.root)
      throw new LogBroken("the entries in the database are not those that were signed");
    this.#read(size, (level, index, bytes) => this.#files.writeTile(level, index, tileWidth, bytes()));
    this.#writeEdge(tree, bundle);
    this.#files.settle();
    return [tree, bundle];
  }

  /** The tree over the first entries of the database. */
  #read(size: number, onFull: (level: number, index: number, bytes: () => Buffer) => void): [GrowingTree, Buffer[]] {
    const tree = new GrowingTree();
    const bundle: Buffer[] = [];
    for (const row of this.#database.prepare('SELECT "index", time, json FROM ledger WHERE "index" < ? ORDER BY "index"').iterate(size)) {
      this.#add(tree, bundle, leafOf(Number(row.index), Number(row.time), String(row.json)), onFull);
    }
    return [tree, bundle];
  }

  #add(tree: GrowingTree, bundle: Buffer[], leaf: Buffer, onFull: (level: number, index: number, bytes: () => Buffer) => void): void {
    bundle.push(leaf);
    for (const { level, index, hashes } of tree.add(leafHash(leaf))) onFull(level, index, () => Buffer.concat(hashes));
    if (bundle.length < tileWidth) return;
    onFull(-1, tree.size / tileWidth - 1, () => bundleOf(bundle));
    bundle.length = 0;
  }
}
