import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ScannedPiece, ToolCallScanner } from "./tool-call-scanner.ts";

/** Scans a text in pieces of one length and joins neighbouring text again. */
function scan(text: string, size: number): ScannedPiece[] {
  const scanner = new ToolCallScanner(["weather"]);
  const pieces: ScannedPiece[] = [];
  for (let start = 0; start < text.length; start += size) pieces.push(...scanner.push(text.slice(start, start + size)));
  pieces.push(...scanner.flush());
  const joined: ScannedPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.type === "text" && last?.type === "text") joined[joined.length - 1] = { type: "text", text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

const call = { type: "call", name: "weather", arguments: '{"city":"Bonn"}' };
const written = '<tool_call>\n{"name": "weather", "arguments": {"city": "Bonn"}}\n</tool_call>';

test("calls are found wherever the text is cut", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), (size) => {
      assert.deepEqual(scan(`Let me see.${written}\n${written}`, size), [{ type: "text", text: "Let me see." }, call, call]);
    }),
  );
});

test("the last call may lack its closing tag", () => {
  assert.deepEqual(scan('<tool_call>{"name":"weather","parameters":{"city":"Bonn"}}', 7), [call]);
});

test("text that only looks like a call stays text, to the letter", () => {
  for (const text of ["<tool_call>not JSON</tool_call> rest", '<tool_call>{"name":"nobody"}</tool_call>', "a <tool_", "<tool_call>{", "1 < 2 <tool_cal l>"]) {
    for (const size of [1, 3, 100]) assert.deepEqual(scan(text, size), [{ type: "text", text }]);
  }
});
