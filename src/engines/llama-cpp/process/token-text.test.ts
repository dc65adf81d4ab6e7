import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Token } from "node-llama-cpp";
import { TokenText } from "./token-text.ts";

/** A vocabulary of the 256 bytes, as byte-fallback tokenizers have: the hardest case. */
const byBytes = (tokens: readonly Token[]): string => Buffer.from(tokens).toString("utf8");

const spoken = (bytes: Iterable<number>): string[] => {
  const text = new TokenText(byBytes, []);
  return Array.from(bytes, (byte) => text.push(byte as Token));
};

test("a character whose bytes come one by one is shown once, whole, and never as a replacement character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const pieces = spoken(Buffer.from(text.replaceAll("\uFFFD", "")));
      assert.ok(pieces.every((piece) => !piece.includes("\uFFFD")));
      assert.equal(pieces.join(""), text.replaceAll("\uFFFD", ""));
    }),
  );
});

test("bytes that can become no character are shown as what they are, and hold nothing back", () => {
  const pieces = spoken([0x61, 0xff, 0xff, 0xff, 0xff, 0x62, 0xc3, 0xa4]);
  assert.equal(pieces.join(""), "a\uFFFD\uFFFD\uFFFD\uFFFDb\u00e4");
});

test("an unfinished character at the end is left out", () => {
  assert.equal(spoken([0x61, 0xf0, 0x9f, 0x98]).join(""), "a");
});
