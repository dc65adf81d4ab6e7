import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Lexicon, sight } from "./lexicon.ts";

function met(words: readonly string[], text: string): readonly string[] {
  const lexicon = new Lexicon();
  for (const word of words) lexicon.add(word);
  const seen: string[] = [];
  for (let start = 0; start < text.length; start += 1) {
    lexicon.walk(text, start, (phrase, from, to) => seen.push(`${lexicon.phrase(phrase)}@${from}-${to}`));
  }
  return seen;
}

test("words are compared without accents and case, phrases over what separates their words, stems by what begins so", () => {
  assert.deepEqual(met(["numéro ss"], "N° NUMERO  SS:"), ["numéro ss@3-13"]);
  assert.deepEqual(met(["p iva"], "P.IVA 1"), ["p iva@0-5"]);
  assert.deepEqual(met(["dowod*"], "dowodem"), ["dowod*@0-5"]);
  assert.deepEqual(met(["dowod"], "dowodem"), []);
  assert.deepEqual(met(["αφμ"], "ΑΦΜ"), ["αφμ@0-3"]);
  assert.deepEqual(met(["lódź"], "LO\u0301DZ\u0301"), ["lódź@0-6"]);
  assert.deepEqual(met(["pesel"], "pe\u00adsel1"), ["pesel@0-6"]);
});

test("equal phrases have one number, and a phrase without a letter or with a star inside is refused", () => {
  const lexicon = new Lexicon();
  assert.equal(lexicon.add("Numéro"), lexicon.add("numero"));
  assert.notEqual(lexicon.add("numero"), lexicon.add("numero*"));
  assert.throws(() => lexicon.add("--"));
  assert.throws(() => lexicon.add("a* b"));
});

test("sightings are sorted, lie in the text, and are looked up as a search through all of them would", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("pesel", "PESEL:", "calle ", "nr rej.", "né ", "\ud83d", " ", "1", "x", "\n", "bornCalle"), { maxLength: 40 }),
      (pieces) => {
        const text = pieces.join("");
        const words = sight(text);
        for (let index = 0; index < words.starts.length; index += 1) {
          assert.ok((words.starts[index] ?? -1) >= (words.starts[index - 1] ?? 0));
          assert.ok((words.ends[index] ?? 0) > (words.starts[index] ?? 0) && (words.ends[index] ?? 0) <= text.length);
        }
        for (let place = 0; place <= text.length; place += 3) {
          const expected = words.starts.findIndex((start) => start >= place);
          assert.equal(words.from(place), expected === -1 ? words.starts.length : expected);
        }
      },
    ),
  );
});
