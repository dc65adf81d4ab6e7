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

/** Countries and kinds that are not recognised: postcodes, plates, and numbers of states beyond the EEA, Switzerland and the UK. */
const beyond = /PLZ|PHONE|PLATE|POSTCODE|REGISTRATION|^(?:me|by|ua|md|mk|al|ad|rs|fo|sm)\.|^(?:tr\.vkn|it\.aic|no\.kontonr)$/;
const types = new Set(["person_id", "document_id", "business_id", "vehicle"]);
const detector = createDetector();
const finds = (text: string): boolean => detector.detect(text).some((finding) => types.has(finding.type));

const rows = (set: string): Row[] =>
  gunzipSync(readFileSync(new URL(`${set}.jsonl.gz`, folder)))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row)
    .filter((row) => (row.eu === true || row.region === "europe") && !beyond.test(row.target));

/** Whether it is found behind one of the words of its own country's schemes. */
function announced(row: Row): boolean {
  const country = row.target.slice(0, 2).toLowerCase().replace("uk", "gb");
  return schemes.some((scheme) => scheme.subtype.startsWith(`${country}.`) && scheme.words.some((word) => finds(`${word.replace("*", "")}: ${row.text}`)));
}

/** Set, positives, how many must be found as they stand and how many behind their word; negatives, and how many may be found as they stand. */
const floors: readonly (readonly [set: string, positives: number, bare: number, announced: number, negatives: number, falseAlarms: number])[] = [
  ["stdnum-vectors", 94, 47, 90, 128, 5],
  ["presidio-ids", 94, 61, 91, 58, 0],
];

test("agrees with the numbers of other libraries' tests, at the measured floors", { skip }, () => {
  for (const [set, count, bare, withWord, negatives, falseAlarms] of floors) {
    const all = rows(set);
    const positive = all.filter((row) => row.kind === "positive");
    const negative = all.filter((row) => row.kind === "negative");
    assert.deepEqual([positive.length, negative.length], [count, negatives], `${set}: the data is not the data that was measured`);
    const alone = positive.filter((row) => finds(row.text)).length;
    const told = positive.filter((row) => finds(row.text) || announced(row)).length;
    // A number that fails one rule may well pass another country's.
    const wrong = negative.filter((row) => finds(row.text)).length;
    process.stdout.write(`${set}: ${alone} of ${count} bare, ${told} behind a word, ${wrong} of ${negatives} negatives\n`);
    assert.ok(alone >= bare && told >= withWord && wrong <= falseAlarms, `${set}: ${alone} bare, ${told} behind a word, ${wrong} negatives`);
  }
});
