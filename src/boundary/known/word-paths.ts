/** Seed and prime of FNV-1a (32 bits). */
export const hashSeed = 0x811c9dc5 | 0;
export const hashStep = (hash: number, letter: number): number => Math.imul(hash ^ letter, 0x01000193);

const scrambled = (node: number, hash: number): number => {
  const mixed = Math.imul(hash ^ Math.imul(node + 1, 0x9e3779b1 | 0), 0x85ebca6b | 0);
  return mixed ^ (mixed >>> 15);
};

/** Where a path begins. */
export const root = 0;

/**
 * Paths of words, as a tree whose edges lie in one open-addressed table of numbers: a hundred thousand values take a few megabytes and load
 * in a fraction of a second. An edge is told by the hash of a word or of a stem, so that what it leads to is a candidate and no proof.
 */
export class WordPaths {
  #nodes = 1;
  #edges = 0;
  #mask: number;
  /** Four numbers an edge: node, hash, child + 1 (0 = free), label. */
  #table: Int32Array;
  /** One bit for some bits of the hash of each first word or stem. */
  #first: Int32Array;
  #firstMask: number;

  /** `expected`: how many edges there will be, roughly; it grows by itself. */
  constructor(expected: number) {
    let size = 64;
    while (size < expected * 2) size *= 2;
    this.#mask = size - 1;
    this.#table = new Int32Array(size * 4);
    let bits = 1024;
    while (bits < expected * 8) bits *= 2;
    this.#first = new Int32Array(bits / 32);
    this.#firstMask = bits - 1;
  }

  /** False: no path begins with a word or a stem of this hash. */
  mayBegin(hash: number): boolean {
    const bit = (hash ^ (hash >>> 13)) & this.#firstMask;
    return ((this.#first[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  newNode(): number {
    this.#nodes += 1;
    return this.#nodes - 1;
  }

  /** Adds an edge unless it is there. */
  add(node: number, hash: number, child: number, label: number): void {
    if (this.#edges * 2 > this.#mask) this.#grow();
    if (!this.#put(node, hash, child, label)) return;
    this.#edges += 1;
    if (node !== root) return;
    const bit = (hash ^ (hash >>> 13)) & this.#firstMask;
    this.#first[bit >>> 5] = (this.#first[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  #put(node: number, hash: number, child: number, label: number): boolean {
    const table = this.#table;
    let slot = scrambled(node, hash) & this.#mask;
    for (; table[slot * 4 + 2] !== 0; slot = (slot + 1) & this.#mask) {
      const at = slot * 4;
      if (table[at] === node && table[at + 1] === hash && table[at + 2] === child + 1 && table[at + 3] === label) return false;
    }
    table[slot * 4] = node;
    table[slot * 4 + 1] = hash;
    table[slot * 4 + 2] = child + 1;
    table[slot * 4 + 3] = label;
    return true;
  }

  #grow(): void {
    const before = this.#table;
    this.#mask = this.#mask * 2 + 1;
    this.#table = new Int32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 4) {
      const child = before[at + 2] ?? 0;
      if (child !== 0) this.#put(before[at] ?? 0, before[at + 1] ?? 0, child - 1, before[at + 3] ?? 0);
    }
  }

  /** The child that an edge with this label leads to; -1 where there is none. */
  child(node: number, hash: number, label: number): number {
    const table = this.#table;
    for (let slot = scrambled(node, hash) & this.#mask; table[slot * 4 + 2] !== 0; slot = (slot + 1) & this.#mask) {
      const at = slot * 4;
      if (table[at] === node && table[at + 1] === hash && table[at + 3] === label) return (table[at + 2] ?? 0) - 1;
    }
    return -1;
  }

  /** Every edge of this hash that leaves the node. */
  edges(node: number, hash: number, visit: (child: number, label: number) => void): void {
    const table = this.#table;
    for (let slot = scrambled(node, hash) & this.#mask; table[slot * 4 + 2] !== 0; slot = (slot + 1) & this.#mask) {
      const at = slot * 4;
      if (table[at] === node && table[at + 1] === hash) visit((table[at + 2] ?? 0) - 1, table[at + 3] ?? 0);
    }
  }
}
