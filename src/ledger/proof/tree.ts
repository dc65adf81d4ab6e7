import { emptyRoot, type Hash, nodeHash, rootOver } from "./merkle.ts";
import { tileWidth } from "./tiles.ts";

/** A tile that the tree has filled. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Hash[];
}

/** A tree that grows: it keeps its right edge alone, whatever its size. */
export class GrowingTree {
  #size = 0;
  /** The hashes of the last tile of each level, fewer than 256. */
  readonly #edge: Hash[][] = [[]];

  get size(): number {
    return this.#size;
  }

  /** The hashes of each level's last, partial tile; none where it is empty. */
  get edge(): readonly (readonly Hash[])[] {
    return this.#edge;
  }

  /** Adds the hash of an entry; returns the tiles that it filled, from the leaves up. */
  add(leaf: Hash): readonly FullTile[] {
    const full: FullTile[] = [];
    this.#size += 1;
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const hashes = this.#edge[level] ?? [];
      this.#edge[level] = hashes;
      hashes.push(hash);
      if (hashes.length < tileWidth) return full;
      full.push({ level, index: this.#size / tileWidth ** (level + 1) - 1, hashes });
      this.#edge[level] = [];
      hash = rootOver(hashes);
    }
  }

  root(): Hash {
    let root: Hash | undefined;
    for (const level of this.#edge) {
      let rest = level.length;
      while (rest > 0) {
        // Its lowest set bit: the smallest perfect subtree, which stands at the right.
        const block = rest & -rest;
        const hash = rootOver(level.slice(rest - block, rest));
        root = root === undefined ? hash : nodeHash(hash, root);
        rest -= block;
      }
    }
    return root ?? emptyRoot();
  }

  /** The tree of `size` with this edge, as its last tiles hold it. */
  static fromEdge(size: number, edge: readonly (readonly Hash[])[]): GrowingTree {
    const tree = new GrowingTree();
    tree.#size = size;
    tree.#edge.splice(0, 1, ...edge.map((hashes) => [...hashes]));
    return tree;
  }
}
