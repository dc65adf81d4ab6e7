import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { requirement } from "../../../test/requirements.ts";
import { consistencyProof, emptyRoot, type Hash, inclusionProof, isConsistent, leafHash, nodeHash, rootFromInclusion } from "./merkle.ts";

const file = new URL("../../../../shared/data/tlog/vectors.jsonl", import.meta.url);
const skip = requirement("the Merkle vectors", existsSync(file), "they are part of the project's shared data, beside the repository");

interface Vector {
  readonly file: string;
  readonly kind: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly leafHash: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
}

const bytes = (text: string): Buffer => Buffer.from(text, "base64");

test("agrees with every third-party proof vector, most of which must be refused", { skip }, () => {
  const seen = { consistency: [0, 0], inclusion: [0, 0] };
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const vector = JSON.parse(line) as Vector;
    const proof = (vector.proof ?? []).map(bytes);
    if (vector.kind === "consistency") {
      const held = isConsistent(vector.size1, vector.size2, proof, bytes(vector.root1), bytes(vector.root2));
      assert.equal(held, !vector.wantErr, vector.file);
      seen.consistency[held ? 0 : 1] = (seen.consistency[held ? 0 : 1] ?? 0) + 1;
    } else if (vector.kind === "inclusion") {
      const root = rootFromInclusion(bytes(vector.leafHash), vector.leafIdx, vector.treeSize, proof);
      const held = root?.equals(bytes(vector.root)) ?? false;
      assert.equal(held, !vector.wantErr, vector.file);
      seen.inclusion[held ? 0 : 1] = (seen.inclusion[held ? 0 : 1] ?? 0) + 1;
    }
  }
  for (const [accepted = 0, refused = 0] of Object.values(seen)) assert.ok(accepted >= 5 && refused > 50, JSON.stringify(seen));
});

/** The definition of RFC 6962, word by word. */
function treeOf(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return emptyRoot();
  if (leaves.length === 1) return first;
  let middle = 1;
  while (middle * 2 < leaves.length) middle *= 2;
  return nodeHash(treeOf(leaves.slice(0, middle)), treeOf(leaves.slice(middle)));
}

test("what it proves, it verifies, and nothing else", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), fc.nat(255), (size, place, older, bit) => {
      const leaves = Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
      const subtree = (start: number, end: number): Hash => treeOf(leaves.slice(start, end));
      const root = treeOf(leaves);
      const index = place % size;
      const leaf = leaves[index] ?? root;
      const proof = inclusionProof(index, size, subtree);
      assert.ok(rootFromInclusion(leaf, index, size, proof)?.equals(root));
      const before = 1 + (older % size);
      const path = consistencyProof(before, size, subtree);
      const olderRoot = treeOf(leaves.slice(0, before));
      assert.ok(isConsistent(before, size, path, olderRoot, root));
      const flip = (hash: Hash): Hash => {
        const changed = Buffer.from(hash);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return changed;
      };
      for (const [at, hash] of proof.entries()) assert.ok(!rootFromInclusion(leaf, index, size, proof.with(at, flip(hash)))?.equals(root));
      for (const [at, hash] of path.entries()) assert.ok(!isConsistent(before, size, path.with(at, flip(hash)), olderRoot, root));
      assert.ok(!isConsistent(before, size, path, flip(olderRoot), root));
      assert.ok(!isConsistent(before, size, path, olderRoot, flip(root)));
      assert.ok(!rootFromInclusion(flip(leaf), index, size, proof)?.equals(root));
      assert.ok(!rootFromInclusion(leaf, index, size, [...proof, root])?.equals(root));
    }),
  );
});

test("an entry cannot be passed off as an inner node, since the two are hashed apart", () => {
  const [left, right] = [leafHash(Buffer.from("a")), leafHash(Buffer.from("b"))];
  assert.notDeepEqual(leafHash(Buffer.concat([left, right])), nodeHash(left, right));
  assert.deepEqual(emptyRoot(), createHash("sha256").digest());
});
