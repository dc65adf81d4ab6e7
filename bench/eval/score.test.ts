import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector, type Finding } from "#boundary";
import { aimsOf } from "./aims.ts";
import { announced } from "./announced.ts";
import { markedRow } from "./fixtures.ts";
import type { Row } from "./labelled.ts";
import { meaningOf } from "./labels.ts";
import { readOptions } from "./options.ts";
import { mistakeLine, scoreTable } from "./report.ts";
import { evaluateSet } from "./score.ts";
import { asText } from "./table.ts";

const row = (text: string, spans: Row["spans"], more: Partial<Row> = {}): Row => ({ id: "one", lang: "de", text, spans, ...more });

/** Finds what it is told to, wherever it is asked. */
const finding = (type: string, start: number, end: number, subtype?: string): Finding => ({
  type,
  subtype,
  start,
  end,
  confidence: 1,
  rule: "told",
  class: "sensitive",
});
const told = (...findings: readonly Finding[]) => ({ detect: () => findings });

test("a label is found by overlap, touched by anything, and exact at both ends", () => {
  const rows = [row("Anna Berg wohnt hier", [{ start: 0, end: 9, type: "PERSON" }])];
  const scoreOf = (...findings: readonly Finding[]) => evaluateSet("ronec-ro", rows, told(...findings)).scores.find(({ meaning }) => meaning === "person");
  const { labelled, found, touched, exact } = scoreOf(finding("person", 5, 9)) ?? assert.fail();
  assert.deepEqual([labelled, found, touched, exact], [1, 1, 1, 0]);
  assert.equal(scoreOf(finding("person", 0, 9))?.exact, 1);
  const other = scoreOf(finding("organisation", 0, 9)) ?? assert.fail();
  assert.deepEqual([other.found, other.touched], [0, 1]);
  assert.equal(scoreOf(finding("person", 9, 12))?.touched, 0);
});

test("precision counts findings beside the labels, and findings on a label of another kind, as wrong", () => {
  const rows = [
    row("Anna Berg in Bonn", [
      { start: 0, end: 9, type: "PERSON" },
      { start: 13, end: 17, type: "LOCATION" },
    ]),
  ];
  const { scores, mistakes } = evaluateSet("ronec-ro", rows, told(finding("person", 0, 9), finding("person", 13, 17), finding("email", 10, 12)));
  const person = scores.find(({ meaning }) => meaning === "person");
  assert.deepEqual([person?.findings, person?.right, person?.throughout], [2, 1, true]);
  assert.equal(scores.find(({ meaning }) => meaning === "email")?.throughout, false);
  assert.deepEqual(
    mistakes.map(({ kind, meaning }) => `${kind} ${meaning}`),
    ["miss location", "false alarm person", "false alarm email"],
  );
  assert.match(mistakeLine(mistakes[0] ?? assert.fail()), /Anna Berg in «Bonn»$/);
  assert.match(asText(scoreTable(scores)), /^ronec-ro +person +1 +1 +100\.0 +100\.0 +100\.0 +2 +50\.0/m);
});

test("a negative of one scheme is broken by that scheme of that country alone", () => {
  const rows = [row("12345678901", [], { kind: "negative", target: "PL_PESEL", region: "europe" })];
  const alarms = (subtype: string, type = "person_id") => evaluateSet("presidio-ids", rows, told(finding(type, 0, 11, subtype))).scores[0]?.falseAlarms;
  assert.equal(alarms("pl.pesel"), 1);
  assert.equal(alarms("lt.asmens"), 0);
  assert.equal(alarms("pl.pesel", "phone"), 0);
});

test("what a benchmark calls public counts neither as missed nor as wrong", () => {
  const rows = [row("Urząd Miejski", [{ start: 0, end: 13, type: "ORG", protection: "keep" }], { lane: "core" })];
  assert.deepEqual(evaluateSet("plpii-pl", rows, told()).scores, []);
  const [score] = evaluateSet("plpii-pl", rows, told(finding("organisation", 0, 13))).scores;
  assert.deepEqual([score?.labelled, score?.findings, score?.right], [0, 1, 1]);
});

test("numbers are asked again behind the name of their scheme, with their labels moved", () => {
  const [asked] = announced([row("186022A215325", [{ start: 0, end: 13, type: "FR_NIR" }], { kind: "positive", target: "fr.nir" })]);
  assert.equal(asked?.text, "NIR: 186022A215325");
  assert.equal(asked?.text.slice(asked.spans[0]?.start, asked.spans[0]?.end), "186022A215325");
  assert.deepEqual(announced([row("My NIR is 1", [{ start: 10, end: 11, type: "FR_NIR" }], { kind: "positive", target: "fr.nir" })]), []);
});

test("labels mean what we call the same thing, and kinds that are not sought mean nothing", () => {
  const meanings = [
    "PERSON",
    "UK_PASSPORT",
    "PL_NIP",
    "FI_PERSONAL_IDENTITY_CODE",
    "tr.tckimlik",
    "TR_LICENSE_PLATE",
    "it.iva",
    "AGE",
    "PERSON_NOMINAL",
    "URL",
  ];
  assert.deepEqual(meanings.map(meaningOf), [
    "person",
    "document_id",
    "business_id",
    "person_id",
    "person_id",
    "vehicle",
    "business_id",
    undefined,
    undefined,
    undefined,
  ]);
});

test("an aim holds only where both its recall and its precision do", () => {
  const rows = [row("Anna Berg und Bonn", [{ start: 0, end: 9, type: "PERSON" }])];
  const met = (...findings: readonly Finding[]) => aimsOf(evaluateSet("ronec-ro", rows, told(...findings)).scores, undefined)[0]?.met;
  assert.equal(met(finding("person", 0, 9)), true);
  assert.equal(met(finding("person", 0, 9), finding("person", 14, 18)), false);
  assert.equal(met(), false);
});

test("the real detector answers through the same port", () => {
  const text = "Write to jane@example.org";
  const [score] = evaluateSet("meddocan-es", [row(text, [{ start: 9, end: text.length, type: "EMAIL" }])], createDetector()).scores;
  assert.deepEqual([score?.found, score?.exact], [1, 1]);
});

test("marks in a sentence become its labels", () => {
  const { text, spans } = markedRow("Madame [[Claire Fontaine]] et [[Luc]] sont là, « bien ».", "fr-1", "fr");
  assert.equal(text, "Madame Claire Fontaine et Luc sont là, « bien ».");
  assert.deepEqual(
    spans.map(({ start, end }) => text.slice(start, end)),
    ["Claire Fontaine", "Luc"],
  );
});

test("bad usage is a sentence", () => {
  assert.throws(() => readOptions(["--limit", "many"]), /--limit takes a whole number, not many/);
  assert.deepEqual(readOptions(["--set", "a,b", "--type", "person"])?.sets, ["a", "b"]);
});
