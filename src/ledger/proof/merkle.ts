import { hash as digest } from "node:crypto";

/** A SHA-256 hash: 32 bytes. */
export type Hash = Buffer;

/** Bytes of a hash. */
export const hashLength = 32;
const leafPrefix = Buffer.of(0);
const node = Buffer.alloc(1 + 2 * hashLength, 1);

/** RFC 6962, section 2.1: the hash of one entry. */
export const leafHash = (entry: Uint8Array): Hash => digest("sha256", Buffer.concat([leafPrefix, entry]), "buffer");

/** RFC 6962, section 2.1: the hash over two subtrees. */
export function nodeHash(left: Hash, right: Hash): Hash {
  left.copy(node, 1);
  right.copy(node, 1 + hashLength);
  return digest("sha256", node, "buffer");
}

/** The root of a tree without entries: the hash of nothing. */
export const emptyRoot = (): Hash => digest("sha256", "", "buffer");

/** The largest power of two that is smaller than `size` (at least 2). */
export function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The root over subtrees of one size that stand side by side; their number need not be a power of two. */
export function rootOver(hashes: readonly Hash[]): Hash {
  const [first, second] = hashes;
  if (first === undefined) return emptyRoot();
  if (second === undefined) return first;
  if (hashes.length === 2) return nodeHash(first, second);
  const middle = split(hashes.length);
  return nodeHash(rootOver(hashes.slice(0, middle)), rootOver(hashes.slice(middle)));
}

/** Gives the root over the entries `start` to `end` of the tree, `end` excluded. */
export type Subtree = (start: number, end: number) => Hash;

/** RFC 6962, section 2.1.1: from the leaf's sibling up. */
export function inclusionProof(index: number, size: number, subtree: Subtree): Hash[] {
  const path: Hash[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      path.push(subtree(middle, end));
      end = middle;
    } else {
      path.push(subtree(start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/** RFC 6962, section 2.1.2: proves that the tree of `older` entries is the beginning of the tree of `size`. */
export function consistencyProof(older: number, size: number, subtree: Subtree): Hash[] {
  if (older === 0 || older === size) return [];
  const path: Hash[] = [];
  let start = 0;
  let end = size;
  let whole = true;
  while (end !== older) {
    const middle = start + split(end - start);
    if (older <= middle) {
      path.push(subtree(middle, end));
      end = middle;
    } else {
      path.push(subtree(start, middle));
      start = middle;
      whole = false;
    }
  }
  // The older tree's own root is known to who asks, unless the way went right once.
  if (!whole) path.push(subtree(start, end));
  return path.reverse();
}

const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const half = (value: number): number => Math.floor(value / 2);
const odd = (value: number): boolean => value % 2 === 1;

/** RFC 9162, section 2.1.3.2: the root to which an entry's hash and its proof lead; undefined when the proof cannot belong to that place. */
export function rootFromInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[]): Hash | undefined {
  if (!whole(index) || !whole(size) || index >= size || leaf.length !== hashLength) return undefined;
  let at = index;
  let last = size - 1;
  let root = leaf;
  for (const hash of proof) {
    if (last === 0 || hash.length !== hashLength) return undefined;
    if (odd(at) || at === last) {
      root = nodeHash(hash, root);
      while (!odd(at) && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else root = nodeHash(root, hash);
    at = half(at);
    last = half(last);
  }
  return last === 0 ? root : undefined;
}

/** Whether the tree with `olderRoot` is the beginning of the one with `root`: RFC 9162, section 2.1.4.2. False for an empty older tree, which proves nothing. */
export function isConsistent(older: number, size: number, proof: readonly Hash[], olderRoot: Hash, root: Hash): boolean {
  if (!whole(older) || !whole(size) || older === 0 || older > size) return false;
  if (older === size) return proof.length === 0 && olderRoot.equals(root);
  let at = older - 1;
  let last = size - 1;
  while (odd(at)) {
    at = half(at);
    last = half(last);
  }
  const path = at === 0 ? [olderRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined || first.length !== hashLength) return false;
  let olderSide = first;
  let side = first;
  for (const hash of path) {
    if (last === 0 || hash.length !== hashLength) return false;
    if (odd(at) || at === last) {
      olderSide = nodeHash(hash, olderSide);
      side = nodeHash(hash, side);
      while (!odd(at) && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else side = nodeHash(side, hash);
    at = half(at);
    last = half(last);
  }
  return last === 0 && olderSide.equals(olderRoot) && side.equals(root);
}
