import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import file from "../data/weights.json" with { type: "json" };
import { loadWeights } from "./weights.ts";

test("the weights that ship load, and hold something", () => {
  const weights = loadWeights(file);
  assert.ok(weights.rows.some((value) => value !== 0));
  assert.ok(weights.threshold > 0 && weights.threshold < 1);
});

test("weights of another layout are refused: their rows would mean something else", () => {
  assert.throws(() => loadWeights({ ...file, layout: file.layout + 1 }), /layout/);
});

test("one altered byte is noticed", () => {
  const rows = Buffer.from(file.rows, "base64");
  rows[1000] = ((rows[1000] ?? 0) + 1) & 255;
  assert.throws(() => loadWeights({ ...file, rows: rows.toString("base64") }), /digest/);
});

test("weights that were cut are refused", () => {
  assert.throws(() => loadWeights({ ...file, rows: file.rows.slice(0, -8) }), /bytes/);
  assert.throws(() => loadWeights({ ...file, transitions: file.transitions.slice(1) }), /transitions/);
  assert.throws(() => loadWeights({ ...file, mentions: [] }), /mentions/);
});

test("the page of sources speaks of the weights that ship", () => {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "..", "training", "SOURCES.md"), "utf8");
  assert.ok(page.includes(file.digest));
});

test("the file stays below a megabyte and a half", () => {
  assert.ok(JSON.stringify(file).length < 1.5 * 1024 * 1024);
});
