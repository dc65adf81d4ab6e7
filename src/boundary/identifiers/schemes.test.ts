import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDetector } from "../detector.ts";
import { schemes } from "./countries/index.ts";
import { never, type Scheme } from "./scheme.ts";

const detector = createDetector();
const types = new Set(["person_id", "document_id", "business_id", "vehicle", "iban"]);

/** Numbers of the scheme's form that pass its check, drawn from a fixed seed. */
function numbersOf(scheme: Scheme, count: number): readonly string[] {
  const numbers: string[] = [];
  // What a form only looks ahead at is left to the test below.
  const form = new RegExp(scheme.format.source.replaceAll(/\(\?[=!][^)]*\)/g, ""));
  for (let seed = 1; numbers.length < count && seed <= 60; seed += 1) {
    for (const value of fc.sample(fc.stringMatching(form), { seed, numRuns: 400 })) {
      if (numbers.length === count) break;
      if (scheme.format.test(value) && !/^(.)\1+$/.test(value) && (scheme.check === never || scheme.check?.(value) !== false)) numbers.push(value);
    }
  }
  return numbers;
}

test("every scheme's numbers are found in a sentence behind each of the words that announce it", () => {
  const missed: unknown[] = [];
  const none: string[] = [];
  for (const scheme of schemes) {
    const numbers = numbersOf(scheme, 2);
    if (numbers.length === 0) none.push(scheme.subtype);
    for (const word of scheme.words) {
      for (const number of numbers) {
        const text = `The ${word.replace("*", "")}: ${number}, as told.`;
        const start = text.indexOf(number);
        const end = start + number.length;
        const hit = detector.detect(text).some((finding) => types.has(finding.type) && finding.start <= start && finding.end >= end);
        if (!hit) missed.push([scheme.subtype, text, detector.detect(text).map(({ type, rule }) => `${type} ${rule}`)]);
      }
    }
  }
  assert.deepEqual(missed, []);
  // Of these a random number passes the checks too rarely; `identifier.test.ts` has examples of them.
  assert.deepEqual(none, []);
});
