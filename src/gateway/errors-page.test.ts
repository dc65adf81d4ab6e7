import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { definitionOf, errorCodes } from "#kernel";
import { statusOf } from "./status.ts";

const rows = readFileSync("docs/reference/errors.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.replaceAll("\\|", "|")),
  );

describe("docs/reference/errors.md", () => {
  it("has as many rows as the table has codes, and neither is empty", () => {
    assert.ok(errorCodes.length >= 30);
    assert.equal(rows.length, errorCodes.length);
  });

  it("tells every code as the code has it (`npm run docs` writes the page)", () => {
    const page = new Map(rows.map(([code = "", ...cells]) => [code, cells]));
    for (const code of errorCodes) {
      const { kind, message, hint } = definitionOf(code);
      assert.deepEqual(page.get(`\`${code}\``), [kind, String(statusOf(code)), message, hint], code);
    }
  });

  it("tells of no code that is gone", () => {
    const known: readonly string[] = errorCodes;
    assert.deepEqual(
      rows.map(([code = ""]) => code.replaceAll("`", "")).filter((code) => !known.includes(code)),
      [],
    );
  });

  it("every message stands alone as a sentence, every hint tells the operator what to do or where to look", () => {
    for (const code of errorCodes) {
      const { message, hint } = definitionOf(code);
      for (const text of [message, hint]) assert.match(text, /^[A-Za-z].{8,}\.$/, code);
    }
  });
});
