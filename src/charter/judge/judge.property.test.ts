import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Charter, dataClasses, higherClass } from "../charter.ts";
import type { Decision, Facts } from "../decision.ts";
import type { Operation } from "../estate.ts";
import { check } from "./check/check.ts";
import { explainText } from "./explain.ts";
import { judge } from "./judge.ts";
import { compile } from "./rulebook.ts";
import { anyFacts, anyWorld, type World } from "./testing/arbitrary-world.ts";
import { modelAnswer } from "./testing/judge.model.ts";
import { charterOf, estateOf, factsOf, local, registry } from "./testing/world.ts";

const fresh = ({ charter, estate, registry: facts }: World, asked: Facts): Decision => judge(compile(charter, estate, facts), asked);

/** Each class may go only where every lower class may, as `public < pseudonymised < sensitive < secret` suggests and no charter must. */
function nested(charter: Charter): Charter {
  const narrowed = { ...charter.data };
  for (const [index, dataClass] of dataClasses.entries()) {
    const below = dataClasses[index - 1];
    if (below !== undefined)
      narrowed[dataClass] = { ...narrowed[dataClass], mayGoTo: narrowed[dataClass].mayGoTo.filter((zone) => narrowed[below].mayGoTo.includes(zone)) };
  }
  return { ...charter, data: narrowed };
}

const orderlyWorld = anyWorld.map((world): World => ({ ...world, charter: nested(world.charter) }));

function assertWithin(inner: readonly string[], outer: readonly string[]): void {
  for (const name of inner) assert.ok(outer.includes(name), `${name} is not in [${outer.join(", ")}]`);
}

test("verdict, code, class, transform and permitted set agree with a model that was written differently", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyWorld, fc.array(anyFacts, { minLength: 1, maxLength: 4 }), (world, questions) => {
      const rulebook = compile(world.charter, world.estate, world.registry);
      for (const facts of questions) {
        const { verdict, code, jurisdiction, class: dataClass, transform, backends } = judge(rulebook, facts);
        assert.deepEqual(
          { verdict, code, jurisdiction, class: dataClass, transform, backends },
          modelAnswer(world.charter, world.estate, world.registry, facts),
        );
        const kind = code ?? transform;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    }),
    { numRuns: 2000 },
  );
  // A generator that only ever makes refusals would agree with anything.
  const kinds = ["none", "pseudonymise", "no_permitted_backend", "secret_detected", "unknown_origin", "model_not_found", "not_entitled"];
  for (const kind of kinds) assert.ok((seen.get(kind) ?? 0) > 0, `no decision came to ${kind}`);
  assert.equal(seen.get("decision_failed"), undefined);
});

test("a decision permits exactly the candidates without a reason against them, all of which serve the model", () => {
  fc.assert(
    fc.property(anyWorld, anyFacts, (world, facts) => {
      const { verdict, backends, considered, code } = fresh(world, facts);
      assert.equal(verdict === "allow", backends.length > 0);
      assert.equal(verdict === "allow", code === null);
      assert.deepEqual(
        backends,
        considered.filter(({ permitted }) => permitted).map(({ backend }) => backend),
      );
      for (const { permitted, reasons } of considered) assert.equal(permitted, reasons.length === 0);
      const serving = world.estate.backends.filter(({ models }) => models.some(({ name }) => name === facts.model)).map(({ name }) => name);
      assert.deepEqual(
        considered.map(({ backend }) => backend),
        serving,
      );
    }),
    { numRuns: 500 },
  );
});

test("a tenant's rules never widen what the charter permits", () => {
  fc.assert(
    fc.property(orderlyWorld, anyFacts, (world, facts) => {
      const ruled = fresh(world, facts);
      const free: Facts = { ...facts, tenant: { id: facts.tenant.id } };
      // A closed zone may leave pseudonymising as the only way: that too must be a way which the charter gives to pseudonymised text.
      const charterAlone = ruled.transform === "none" ? fresh(world, free) : fresh(world, { ...free, declared: "pseudonymised", detected: [] });
      assertWithin(ruled.backends, charterAlone.backends);
    }),
    { numRuns: 1000 },
  );
});

test("raising the class never widens where the charter nests its classes and the tenant leaves them so", () => {
  fc.assert(
    fc.property(orderlyWorld, anyFacts, fc.constantFrom(...dataClasses), (world, facts, raised) => {
      const { mayGoTo: _, ...tenant } = facts.tenant;
      const lower: Facts = { ...facts, tenant, declared: facts.declared ?? "public" };
      const higher: Facts = { ...lower, declared: higherClass(lower.declared ?? "public", raised) };
      assertWithin(fresh(world, higher).backends, fresh(world, lower).backends);
    }),
    { numRuns: 1000 },
  );
});

test("a detected secret never leaves pseudonymised", () => {
  fc.assert(
    fc.property(anyWorld, anyFacts, (world, facts) => {
      const decision = fresh(world, { ...facts, detected: [...facts.detected, { type: "secret", count: 1, class: "secret" }] });
      assert.equal(decision.transform, "none");
      assert.equal(decision.class, "secret");
    }),
    { numRuns: 300 },
  );
});

test("what a rulebook remembers gives the same decisions as a fresh one, whatever was asked before and on which day", () => {
  fc.assert(
    fc.property(anyWorld, fc.array(anyFacts, { minLength: 2, maxLength: 12 }), (world, questions) => {
      const rulebook = compile(world.charter, world.estate, world.registry);
      for (const facts of [...questions, ...questions.toReversed()]) assert.deepEqual(judge(rulebook, facts), fresh(world, structuredClone(facts)));
    }),
    { numRuns: 300 },
  );
});

test("questions that differ in one thing alone do not get each other's remembered answer", () => {
  const aspects = ["tenant", "origin", "operation", "declared", "model", "now"] as const;
  const mattered = new Map<string, number>();
  fc.assert(
    fc.property(anyWorld, anyFacts, anyFacts, (world, first, second) => {
      const base: Facts = { ...first, detected: [], entitled: ["assistant", "toString"] };
      for (const aspect of aspects) {
        const rulebook = compile(world.charter, world.estate, world.registry);
        const before = judge(rulebook, base);
        const other: Facts = { ...base, [aspect]: second[aspect] };
        const after = judge(rulebook, other);
        assert.deepEqual(after, fresh(world, other));
        if (String(before.backends) !== String(after.backends)) mattered.set(aspect, (mattered.get(aspect) ?? 0) + 1);
      }
    }),
    { numRuns: 1500 },
  );
  for (const aspect of aspects) assert.ok((mattered.get(aspect) ?? 0) > 0, `${aspect} never mattered`);
});

test("the memory starts anew when it is full, and forgets nothing that matters", () => {
  const rulebook = compile(charterOf(), estateOf([local]), registry);
  const facts = factsOf();
  const first = judge(rulebook, facts);
  for (let index = 0; index < 5000; index += 1) judge(rulebook, { ...facts, operation: `made-up/${index}` as Operation });
  assert.deepEqual(judge(rulebook, facts), first);
});

test("judge is total: no facts of any shape make it throw, or permit what the estate does not have", () => {
  const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true });
  const hostileText = fc.constantFrom("__proto__", "constructor", "", "toString", "\u0000", "a".repeat(10_000));
  const wild = fc.tuple(
    anyFacts,
    fc.dictionary(fc.constantFrom("id", "now", "model", "origin", "declared", "detected", "tenant", "entitled", "operation"), fc.oneof(anything, hostileText)),
  );
  fc.assert(
    fc.property(anyWorld, wild, anything, (world, [facts, changes], nothingLikeFacts) => {
      const rulebook = compile(world.charter, world.estate, world.registry);
      const names = world.estate.backends.map(({ name }) => name);
      for (const asked of [{ ...facts, ...changes }, nothingLikeFacts]) {
        const decision = judge(rulebook, asked as Facts);
        assertWithin(decision.backends, names);
        assert.equal(decision.verdict === "allow", decision.backends.length > 0);
      }
    }),
    { numRuns: 1000 },
  );
});

test("explaining and checking are total, and name every candidate", () => {
  fc.assert(
    fc.property(anyWorld, anyFacts, (world, facts) => {
      const rulebook = compile(world.charter, world.estate, world.registry);
      const decision = judge(rulebook, facts);
      const text = explainText(decision);
      for (const { backend } of decision.considered) assert.ok(text.includes(backend));
      for (const note of check(rulebook, facts.now)) assert.ok(note.where !== "" && note.message !== "" && note.hint !== "");
    }),
    { numRuns: 300 },
  );
});
