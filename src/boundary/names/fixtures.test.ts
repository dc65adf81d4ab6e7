import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { findNames } from "./names.ts";
import { scoreNames } from "./testing/marked-text.ts";

/** Texts written for this test, by people who knew the recogniser: they hold what works, they measure nothing independently. */
const folder = new URL("fixtures/", import.meta.url);

interface Fixture {
  readonly language: string;
  readonly texts: readonly string[];
}

/** Recall and precision by overlap, in percent, a little under what was measured; and how many texts there are at least. */
const floors: Readonly<Record<string, readonly [recall: number, precision: number, texts: number]>> = {
  bg: [95, 85, 60],
  cs: [95, 85, 60],
  da: [90, 80, 20],
  de: [90, 85, 20],
  el: [95, 80, 60],
  en: [90, 85, 20],
  fr: [95, 90, 60],
  hr: [95, 80, 20],
  it: [92, 80, 60],
  lt: [95, 80, 20],
  nb: [95, 80, 20],
  nl: [95, 92, 60],
  pt: [95, 78, 60],
  sv: [95, 85, 60],
};

const fixtures = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Fixture);

test("finds people in letters, tickets, minutes and records of languages without public labelled text, at the measured floors", () => {
  assert.deepEqual(
    fixtures.map(({ language }) => language),
    Object.keys(floors),
  );
  const below: string[] = [];
  const table = ["language  people  recall  precision"];
  for (const { language, texts } of fixtures) {
    const [recallFloor, precisionFloor, least] = floors[language] ?? [100, 100, 0];
    const score = scoreNames(texts, (text) => findNames(text));
    assert.ok(texts.length >= least && score.labelled >= least / 2, `${language}: texts are missing`);
    assert.ok(texts.filter((text) => !text.includes("[[")).length >= (least >= 60 ? 15 : 7), `${language}: texts without names are missing`);
    const recall = (score.found / score.labelled) * 100;
    const precision = (score.right / score.findings) * 100;
    table.push(`${language.padEnd(8)} ${String(score.labelled).padStart(7)} ${recall.toFixed(1).padStart(7)} ${precision.toFixed(1).padStart(10)}`);
    if (recall < recallFloor || precision < precisionFloor) below.push(`${language}: recall ${recall.toFixed(1)}, precision ${precision.toFixed(1)}`);
  }
  process.stdout.write(`${table.join("\n")}\n`);
  assert.deepEqual(below, []);
});
