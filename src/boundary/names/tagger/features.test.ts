import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createBlock, readBlock } from "./block.ts";
import { createFeatureRows, readFeatures, rowCount } from "./features.ts";

const block = createBlock();
const features = createFeatureRows();

function rowsOf(text: string, word: string): Set<number> {
  readBlock(text, 0, block);
  const start = text.indexOf(word);
  const index = block.start.subarray(0, block.count).indexOf(start);
  assert.equal(block.candidate[index], 1, `${word} is a candidate`);
  readFeatures(text, block, index, features);
  return new Set(features.rows.subarray(0, features.count));
}

const common = (one: Set<number>, other: Set<number>): number => [...one].filter((row) => other.has(row)).length;

test("the same word in the same place has the same features", () => {
  assert.deepEqual(rowsOf("Gestern rief Anna an.", "Anna"), rowsOf("Gestern rief Anna an.", "Anna"));
});

test("forms of a name share more features than different names in different places", () => {
  const one = rowsOf("Tapasin Virtasen eilen.", "Virtasen");
  const form = rowsOf("Tapasin Virtaselle eilen.", "Virtaselle");
  const stranger = rowsOf("Das ist Kowalczyk.", "Kowalczyk");
  assert.ok(common(one, form) > 2 * common(one, stranger));
});

test("a word that the block has in lower case too looks different", () => {
  const alone = rowsOf("Hier ist es. Morgen kommt sie.", "Morgen");
  const twice = rowsOf("Hier ist es. Morgen kommt sie morgen.", "Morgen");
  assert.notDeepEqual(alone, twice);
});

test("rows lie inside the table and fit their array, whatever the word", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ unit: "grapheme", maxLength: 60 }), (left, right) => {
      const text = `${left} Anna${right}`;
      readBlock(text, 0, block);
      for (let index = 0; index < block.count; index += 1) {
        if (block.candidate[index] === 0) continue;
        readFeatures(text, block, index, features);
        assert.ok(features.own > 0 && features.own < features.count && features.count <= features.rows.length);
        for (const row of features.rows.subarray(0, features.count)) assert.ok(row >= 0 && row < rowCount);
      }
    }),
  );
});
