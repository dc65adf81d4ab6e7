import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";

const detector = createDetector();
const codes = (text: string): readonly string[] =>
  detector
    .detect(text)
    .filter(({ type }) => type === "bic")
    .map(({ start, end }) => text.slice(start, end));

test("finds a bank's code behind its word, and beside an account of its country", () => {
  assert.deepEqual(codes("BIC: COBADEFFXXX"), ["COBADEFFXXX"]);
  assert.deepEqual(codes("SWIFT/BIC-Code DEUTDEFF500"), ["DEUTDEFF500"]);
  assert.deepEqual(codes("Kod SWIFT: BREXPLPWXXX"), ["BREXPLPWXXX"]);
  assert.deepEqual(codes("bic | BNPAFRPP"), ["BNPAFRPP"]);
  assert.deepEqual(codes("DE89 3704 0044 0532 0130 00, COBADEFF"), ["COBADEFF"]);
  assert.deepEqual(codes("INGBNL2A NL91ABNA0417164300"), ["INGBNL2A"]);
  assert.equal(detector.detect("BIC: COBADEFFXXX")[0]?.class, "public");
});

test("words in capitals are no codes: without a word or an account, of no country, or of another than the account's", () => {
  for (const text of [
    "COBADEFFXXX",
    "BIC: ABCDXXFF",
    "DE89 3704 0044 0532 0130 00 ABSOLUTE",
    "a SWIFT transfer to ABCDEFGH",
    "les BICYCLETTES",
    "Swift is a LANGUAGE",
  ]) {
    assert.deepEqual(codes(text), [], text);
  }
});
