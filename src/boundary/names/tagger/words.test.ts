import assert from "node:assert/strict";
import { test } from "node:test";
import {
  APOSTROPHE,
  blockSize,
  CAPITALISED,
  COMMA,
  createWords,
  DOT,
  DOT_TIGHT,
  EDGE,
  HYPHEN,
  INITIAL,
  INNER_CAPITAL,
  LINE,
  LOWER,
  OTHER_SHAPE,
  readWords,
  SPACE,
  UPPER,
} from "./words.ts";

const words = createWords();

const read = (text: string): string[] => {
  assert.equal(readWords(text, 0, words), text.length);
  return Array.from({ length: words.count }, (_, index) => text.slice(words.start[index], words.end[index]));
};

test("words are runs of letters and digits, in any script below U+2000", () => {
  assert.deepEqual(read("Zoë Müller-Łoś, Ελένη; Иван 3b"), ["Zoë", "Müller", "Łoś", "Ελένη", "Иван", "3b"]);
});

test("accents that stand behind their letter and soft hyphens stay within the word", () => {
  assert.deepEqual(read("Zoe\u0308 Mül\u00adler"), ["Zoe\u0308", "Mül\u00adler"]);
  read("Müller");
  const hash = words.hash[0];
  read("Mül\u00adler");
  assert.equal(words.hash[0], hash);
});

test("surrogate pairs belong to no word", () => {
  assert.deepEqual(read("😀Anna😀 𝔄nna"), ["Anna", "nna"]);
});

test("the shape of a word is how its letters are written", () => {
  read("anna Anna A ANNA McDonald iPhone B2 12 日本");
  assert.deepEqual([...words.shape.subarray(0, words.count)], [LOWER, CAPITALISED, INITIAL, UPPER, INNER_CAPITAL, OTHER_SHAPE, OTHER_SHAPE, OTHER_SHAPE]);
});

test("the strongest mark between two words names the gap", () => {
  read("J. Smith-Jones, d'Arc.Next\nLine");
  assert.deepEqual([...words.gap.subarray(0, words.count + 1)], [EDGE, DOT, HYPHEN, COMMA, APOSTROPHE, DOT_TIGHT, LINE, EDGE]);
  read("a b");
  assert.equal(words.gap[1], SPACE);
});

test("a long text is read block by block without losing a word", () => {
  const text = "Anna ".repeat(blockSize * 2 + 10);
  let total = 0;
  for (let at = 0; at < text.length; ) {
    at = readWords(text, at, words);
    total += words.count;
  }
  assert.equal(total, blockSize * 2 + 10);
});
