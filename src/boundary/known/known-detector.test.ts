import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dataClasses } from "#charter";
import { createDetector } from "../detector.ts";
import { inspect } from "../inspect/inspect.ts";
import type { Detector } from "../port.ts";
import { withKnownValues } from "./known-detector.ts";
import type { AllowList, KnownList, KnownPattern, KnownValues } from "./known-values.ts";

const base = createDetector();
const list = (values: readonly string[], rest: Partial<KnownList> = {}): KnownList => ({
  name: "codes",
  type: "known_value",
  class: "sensitive",
  ignoreCase: true,
  inflected: false,
  values,
  ...rest,
});
const allowed = (values: readonly string[], rest: Partial<AllowList> = {}): AllowList => ({
  name: "own",
  class: "sensitive",
  ignoreCase: true,
  values,
  ...rest,
});
const pattern = (text: string, rest: Partial<KnownPattern> = {}): KnownPattern => ({
  name: "case",
  type: "business_id",
  class: "sensitive",
  pattern: text,
  ...rest,
});
const over = (values: Partial<KnownValues>): Detector => withKnownValues(base, { lists: [], allowed: [], patterns: [], ...values });
const told = (detector: Detector, text: string): readonly string[] =>
  detector.detect(text).map(({ start, end, type, class: dataClass }) => `${text.slice(start, end)} ${type} ${dataClass}`);

const mail = "anna@quendel.example";
const card = "4111 1111 1111 1111";

test("a finding of a list says which, and is certain", () => {
  const [finding] = over({ lists: [list(["Nightjar"])] }).detect("on nightjar");
  assert.deepEqual(finding, {
    type: "known_value",
    subtype: "codes",
    start: 3,
    end: 11,
    confidence: 1,
    rule: "known.codes",
    class: "sensitive",
    because: "on the list codes",
  });
});

test("a list beats a detector over the same text", () => {
  const text = `pay ${card} now`;
  assert.deepEqual(told(base, text), [`${card} card sensitive`]);
  assert.deepEqual(told(over({ lists: [list([card], { type: "business_id" })] }), text), [`${card} business_id sensitive`]);
});

test("a listed word inside an address does not tear it apart, and takes nothing from a secret", () => {
  const detector = over({ lists: [list(["quendel"]), list(["hunter"], { name: "top", class: "secret" })] });
  assert.deepEqual(told(detector, `write to ${mail}`), [`${mail} email sensitive`]);
  const text = "api_key = 'k3J9hunter-quendel-Xw28sLq0'";
  assert.deepEqual(
    detector.detect(text).map((finding) => finding.class),
    base.detect(text).length === 0 ? ["secret", "sensitive"] : ["secret"],
  );
});

test("a graver finding within a listed value makes it grave", () => {
  const detector = over({ lists: [list([`contact ${mail}`])] });
  assert.deepEqual(told(detector, `contact ${mail}`), [`contact ${mail} known_value sensitive`]);
  const both = over({ lists: [list(["Nightjar Two Plan"]), list(["Two"], { name: "top", class: "secret" })] });
  assert.deepEqual(told(both, "the Nightjar Two Plan"), ["Nightjar Two Plan known_value secret"]);
});

test("what is allowed is not found, unless more of the text than that was found, or it is a credential", () => {
  const detector = over({ allowed: [allowed([mail])] });
  assert.deepEqual(told(detector, `write to ${mail}`), []);
  assert.deepEqual(told(detector, `write to joanna.${mail}`), [`joanna.${mail} email sensitive`]);
  const key = `AKIA${"Z7QX2MVB4KD6WPRT"}`;
  assert.deepEqual(told(base, `key ${key}`), [`${key} secret secret`]);
  assert.deepEqual(told(over({ allowed: [allowed([key])] }), `key ${key}`), [`${key} secret secret`]);
  assert.deepEqual(told(over({ allowed: [allowed([key], { class: "secret" })] }), `key ${key}`), []);
});

test("an allowed value lets a listed one pass only where it says more than that", () => {
  const detector = over({ lists: [list(["Nightjar"])], allowed: [allowed(["Nightjar Street", "Nightjar"])] });
  assert.deepEqual(told(detector, "in Nightjar Street"), []);
  assert.deepEqual(told(detector, "in Nightjar"), ["Nightjar known_value sensitive"]);
});

test("patterns find their shape, with a word nearby where one is asked for", () => {
  const detector = over({ patterns: [pattern("[A-Z]\\d{3}", { words: ["Fall", "case"] })] });
  assert.deepEqual(told(detector, "in Fällen, Fall A123"), ["A123 business_id sensitive"]);
  assert.deepEqual(told(detector, "suitcase A123"), []);
  assert.deepEqual(told(detector, `case ${"x".repeat(60)} A123`), []);
});

test("short values, names of members and small numbers are found in a body, and count", () => {
  const detector = over({ lists: [list(["Owl", "4711"])] });
  const inspection = inspect({ owl: 1, n: 4711, m: 4712, s: "an owl" }, detector);
  assert.ok(inspection.ok);
  assert.deepEqual(
    inspection.value.findings.map(({ place, replaceable }) => `${place.of} ${replaceable}`),
    ["key true", "number false", "value true"],
  );
});

test("a tenant's classes and the charter's class of the unreadable reach the findings", () => {
  const body = {
    messages: [
      {
        role: "user",
        content: [
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
          { type: "text", text: mail },
        ],
      },
    ],
  };
  const classesOf = (rules?: Parameters<typeof inspect>[2]): readonly string[] => {
    const inspection = inspect(body, base, rules);
    assert.ok(inspection.ok);
    return inspection.value.detected.map((row) => `${row.type} ${row.class}`);
  };
  assert.deepEqual(classesOf(), ["other sensitive", "email sensitive"]);
  assert.deepEqual(classesOf({ unreadable: "public" }), ["other public", "email sensitive"]);
  assert.deepEqual(classesOf({ unreadable: "secret" }), ["other secret", "email sensitive"]);
  assert.deepEqual(classesOf({ unreadable: "public", classes: { other: "sensitive", email: "secret" } }), ["other sensitive", "email secret"]);
  assert.deepEqual(classesOf({ unreadable: "sensitive", classes: { other: "public", email: "public" } }), ["other sensitive", "email sensitive"]);
});

test("over any overlap, findings stay sorted and apart, and no listed or detected place is left open or less grave", () => {
  const spans = fc.array(fc.record({ start: fc.nat(18), length: fc.integer({ min: 1, max: 6 }), secret: fc.boolean(), fixed: fc.boolean() }), { maxLength: 4 });
  const rank = (name: (typeof dataClasses)[number]): number => dataClasses.indexOf(name);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("aaa", "bbb", "ccc ddd", "ddd"), { maxLength: 3 }),
      fc.array(fc.constantFrom("aaa", "bbb", "ccc", "ddd", "eee"), { maxLength: 6 }),
      spans,
      (values, words, places) => {
        const text = words.join(" ");
        let last = 0;
        const findings = places
          .toSorted((one, other) => one.start - other.start)
          .flatMap(({ start, length, secret, fixed }) => {
            const from = Math.max(last, start);
            const end = Math.min(text.length, start + length);
            if (end <= from) return [];
            last = end;
            const dataClass = secret ? ("secret" as const) : ("sensitive" as const);
            return [{ type: fixed ? "email" : "person", subtype: undefined, start: from, end, confidence: 0.9, rule: "test", class: dataClass }];
          });
        const under: Detector = { detect: () => findings };
        const lists = [list(values.slice(0, 2)), list(values.slice(2), { name: "top", class: "secret" })];
        const listedAlone = withKnownValues({ detect: () => [] }, { lists, allowed: [], patterns: [] }).detect(text);
        const result = withKnownValues(under, { lists, allowed: [], patterns: [] }).detect(text);
        for (const [index, finding] of result.entries()) {
          assert.ok(finding.end > finding.start);
          assert.ok(finding.start >= (result[index - 1]?.end ?? 0));
        }
        for (const source of [...findings, ...listedAlone]) {
          for (let at = source.start; at < source.end; at += 1) {
            if (text.charAt(at) === " ") continue;
            const covering = result.find(({ start, end }) => start <= at && at < end);
            assert.ok(covering !== undefined, `${at} of ${JSON.stringify(text)} is open`);
            assert.ok(rank(covering.class) >= rank(source.class));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
