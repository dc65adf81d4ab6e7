import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { requirement } from "../../../test/requirements.ts";
import { createDetector } from "../detector.ts";
import { schemes } from "./countries/index.ts";

/** Numbers, right and wrong, from the tests of two other libraries. */
const folder = new URL("../../../../shared/data/pii/", import.meta.url);
const skip = requirement("the test numbers", existsSync(new URL("README.md", folder)), "they are part of the project's shared data, beside the repository");

interface Row {
  readonly text: string;
  readonly kind: "positive" | "negative";
  readonly target: string;
  readonly eu?: boolean;
  readonly region?: string;
}

/** Kinds that are not recognised: numbers of medicines, telephone numbers, which have tests of their own, and schemes without any check. */
const beyond = /PHONE|PLZ|^it\.aic$|^sm\.coe$|^fo\.vn$/;
const types = new Set(["person_id", "document_id", "business_id", "vehicle", "iban", "address"]);
const detector = createDetector();
const finds = (text: string): boolean => detector.detect(text).some((finding) => types.has(finding.type));
const countryOf = (target: string): string => target.slice(0, 2).toLowerCase().replace("uk", "gb");

/** Whether a number of the target's own country is found: one that fails a rule of Belgium may well pass one of Croatia. */
const findsOwn = ({ text, target }: Row): boolean => detector.detect(text).some(({ subtype }) => subtype?.slice(0, 2) === countryOf(target));

const rows = (set: string): Row[] =>
  gunzipSync(readFileSync(new URL(`${set}.jsonl.gz`, folder)))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row)
    .filter((row) => (row.eu === true || row.region === "europe") && !beyond.test(row.target));

/** Whether it is found behind one of the words of its own country's schemes. */
function announced(row: Row): boolean {
  const country = countryOf(row.target);
  return schemes.some((scheme) => scheme.subtype.startsWith(`${country}.`) && scheme.words.some((word) => finds(`the ${word.replace("*", "")}: ${row.text}`)));
}

/**
 * Set, positives, how many must be found as the whole text that they are, in a sentence, and in a sentence behind their word; negatives, and in
 * how many of them a number of their country may be found.
 */
const floors: readonly (readonly [
  set: string,
  positives: number,
  alone: number,
  inSentence: number,
  announced: number,
  negatives: number,
  falseAlarms: number,
])[] = [
  // Of those alone the rest count up (`12345678`), have no check, or ten digits as the seconds of a clock have them.
  ["stdnum-vectors", 160, 154, 55, 157, 140, 3],
  ["presidio-ids", 114, 113, 70, 102, 67, 0],
];

test("agrees with the numbers of other libraries' tests, at the measured floors", { skip }, () => {
  for (const [set, count, alone, inSentence, withWord, negatives, falseAlarms] of floors) {
    const all = rows(set);
    const positive = all.filter((row) => row.kind === "positive");
    const negative = all.filter((row) => row.kind === "negative");
    const lone = positive.filter((row) => finds(row.text)).length;
    const told = positive.filter((row) => finds(`the value ${row.text} is there`)).length;
    const behind = positive.filter((row) => finds(`the value ${row.text} is there`) || announced(row)).length;
    const wrong = negative.filter(findsOwn).length;
    const measured = `${set}: of ${positive.length} ${lone} alone, ${told} in a sentence, ${behind} behind a word; ${wrong} of ${negative.length} negatives`;
    process.stdout.write(`${measured}\n`);
    assert.deepEqual([positive.length, negative.length], [count, negatives], `${set}: the data is not the data that was measured`);
    assert.ok(lone >= alone && told >= inSentence && behind >= withWord && wrong <= falseAlarms, measured);
  }
});
