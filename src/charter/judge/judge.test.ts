import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision, Facts } from "../decision.ts";
import type { Backend } from "../estate.ts";
import { judge } from "./judge.ts";
import { compile } from "./rulebook.ts";
import { charterOf, estateOf, factsOf, frankfurt, local, mistral, noon, registry } from "./testing/world.ts";

const found = (type: string, dataClass: Decision["class"]) => ({ type, count: 1, class: dataClass });

interface Row {
  readonly backends: readonly Backend[];
  readonly facts?: Partial<Facts>;
}

const decide = ({ backends, facts }: Row): Decision => judge(compile(charterOf(), estateOf(backends), registry), factsOf(facts));

test("the decision has the contract's fields in the contract's order, with real nulls", () => {
  const facts = factsOf({ detected: [found("iban", "sensitive"), found("iban", "sensitive")], declared: "public" });
  const decision = judge(compile(charterOf(), estateOf([local, mistral]), registry), facts);
  assert.equal(
    JSON.stringify({
      ...decision,
      considered: decision.considered.map((candidate) => ({ ...candidate, reasons: candidate.reasons.map((reason) => ({ ...reason, message: "…" })) })),
    }),
    JSON.stringify({
      id: facts.id,
      verdict: "allow",
      code: null,
      origin: "DE",
      jurisdiction: "eu",
      class: "sensitive",
      declared: "public",
      detected: [{ type: "iban", count: 2 }],
      model: "assistant",
      transform: "none",
      backends: ["local"],
      considered: [
        { backend: "local", permitted: true, reasons: [] },
        { backend: "mistral", permitted: false, reasons: [{ rule: "data.sensitive.may-go-to", code: "zone", message: "…" }] },
      ],
      tenant: "t1",
      charter: "sha256:charter",
      estate: "sha256:estate",
      classReasons: [
        { class: "sensitive", from: "found", message: "found iban ×2" },
        { class: "public", from: "declared", message: "declared public by the request" },
      ],
    }),
  );
});

test("a decision after pseudonymising keeps the class of the request and tells of the second judgement", () => {
  const decision = decide({ backends: [mistral, frankfurt], facts: { detected: [found("email", "sensitive")] } });
  assert.equal(decision.class, "sensitive");
  assert.deepEqual([...new Set(decision.considered.flatMap(({ reasons }) => reasons.map(({ rule }) => rule)))], ["data.pseudonymised.may-go-to"]);
});

test("a refusal says which condition failed, with which facts", () => {
  const messages = (row: Row): readonly string[] => decide(row).considered.flatMap(({ reasons }) => reasons.map(({ rule, message }) => `${rule}: ${message}`));
  assert.deepEqual(messages({ backends: [frankfurt] }), [
    "data.public.may-go-to: zone own: operated by aws (operator), not by [self]",
    "data.public.may-go-to: zone european: compellable by US, which is outside [EEA] (operator aws: seat of Amazon.com, parent of aws)",
  ]);
  assert.deepEqual(messages({ backends: [mistral], facts: { now: noon("2027-07-01") } }), [
    "provenance.hardware.made-by: maker of accelerators nvidia has its seat in US, which is outside [EEA]; the accepted risk nvidia concerned hardware:nvidia until 2027-06-30",
  ]);
  assert.deepEqual(messages({ backends: [mistral], facts: { origin: "GB" } }), [
    "jurisdictions.uk.process-in: processes in FR, which is outside [GB] (located-in of mistral)",
  ]);
});

test("facts out of range deny instead of deciding on nonsense", () => {
  const wrong: readonly Partial<Record<keyof Facts, unknown>>[] = [
    { now: Number.NaN },
    { now: -1 },
    { now: Number.POSITIVE_INFINITY },
    { now: 1e15 },
    { now: "2026-11-20" },
    { model: 7 },
    { origin: 7 },
    { operation: 7 },
    { declared: "top-secret" },
    { declared: "__proto__" },
    { detected: [{ type: "iban", count: 1, class: "open" }] },
    { detected: [{ type: "iban", count: -1, class: "sensitive" }] },
    { detected: null },
    { tenant: { id: "t1", floor: "none" } },
    { tenant: undefined },
    { tenant: { id: "t1", mayGoTo: { public: 7 } } },
    { entitled: 7 },
  ];
  const rulebook = compile(charterOf(), estateOf([local]), registry);
  for (const part of wrong) {
    const told: unknown[] = [];
    const decision = judge(rulebook, { ...factsOf(), ...part } as Facts, (error) => told.push(error));
    assert.deepEqual([decision.verdict, decision.code, decision.backends, told.length], ["refuse", "decision_failed", [], 1], JSON.stringify(part));
  }
});

test("facts that throw when they are read deny, even when the log throws too", () => {
  const hostile = new Proxy({} as Facts, {
    get: () => {
      throw new Error("no");
    },
  });
  const decision = judge(compile(charterOf(), estateOf([local]), registry), hostile, () => {
    throw new Error("no log either");
  });
  assert.deepEqual([decision.verdict, decision.code, decision.class], ["refuse", "decision_failed", "secret"]);
});

test("a consumer cannot change what the next decision says", () => {
  const rulebook = compile(charterOf(), estateOf([mistral]), registry);
  const allowed = judge(rulebook, factsOf());
  assert.throws(() => (allowed.backends as string[]).push("frankfurt"), TypeError);
  const decision = judge(rulebook, factsOf({ now: noon("2027-07-01") }));
  assert.throws(() => Object.assign(decision.considered[0] ?? {}, { permitted: true }), TypeError);
  assert.equal(judge(rulebook, factsOf({ now: noon("2027-07-01") })).verdict, "refuse");
});
