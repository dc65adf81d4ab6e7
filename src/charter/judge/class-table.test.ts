import assert from "node:assert/strict";
import { test } from "node:test";
import { type DataClass, dataClasses } from "../charter.ts";
import type { Detected, Facts, TenantRules } from "../decision.ts";
import { judge } from "./judge.ts";
import { compile } from "./rulebook.ts";
import { charterOf, estateOf, factsOf, local, registry } from "./testing/world.ts";

const rulebook = compile(charterOf(), estateOf([local]), registry);

const found = (type: string, dataClass: DataClass, count = 1, replaceable = true): Detected => ({ type, count, class: dataClass, replaceable });
const tenant = (rules: Omit<TenantRules, "id"> = {}): TenantRules => ({ id: "t1", ...rules });
const decided = (facts: Partial<Facts>) => judge(rulebook, factsOf(facts));

const nothing = "nothing was declared and nothing was found";

/** Declared | found | the tenant's classes | the tenant's floor → the class | every reason, the highest first. */
const rows: readonly (readonly [string, Partial<Facts>, DataClass, readonly string[]])[] = [
  ["nothing at all", {}, "public", [nothing]],
  ["declared public", { declared: "public" }, "public", ["declared public by the request"]],
  ["declared sensitive", { declared: "sensitive" }, "sensitive", ["declared sensitive by the request"]],
  [
    "declared secret, personal data found",
    { declared: "secret", detected: [found("iban", "sensitive")] },
    "secret",
    ["declared secret by the request", "found iban ×1"],
  ],
  ["personal data", { detected: [found("person", "sensitive", 2), found("iban", "sensitive")] }, "sensitive", ["found person ×2, iban ×1"]],
  ["the same type in two rows", { detected: [found("iban", "sensitive"), found("iban", "sensitive", 2, false)] }, "sensitive", ["found iban ×3"]],
  [
    "a declaration never lowers",
    { declared: "public", detected: [found("person", "sensitive")] },
    "sensitive",
    ["found person ×1", "declared public by the request"],
  ],
  ["a credential and a name", { detected: [found("person", "sensitive"), found("secret", "secret")] }, "secret", ["found secret ×1", "found person ×1"]],
  ["a company's number", { detected: [found("business_id", "public")] }, "public", ["found business_id ×1"]],
  [
    "a company's number, which the tenant raises",
    { detected: [found("business_id", "public")], tenant: tenant({ classes: { business_id: "sensitive" } }) },
    "sensitive",
    ["found business_id ×1", "the tenant gives business_id the class sensitive"],
  ],
  [
    "a tenant's class lowers nothing",
    { detected: [found("person", "sensitive")], tenant: tenant({ classes: { person: "public" } }) },
    "sensitive",
    ["found person ×1"],
  ],
  ["a tenant's class of what is not there", { tenant: tenant({ classes: { person: "secret" } }) }, "public", [nothing]],
  ["the tenant's floor", { tenant: tenant({ floor: "sensitive" }) }, "sensitive", ["the tenant's floor is sensitive"]],
  [
    "a floor below what was found",
    { detected: [found("secret", "secret")], tenant: tenant({ floor: "sensitive" }) },
    "secret",
    ["found secret ×1", "the tenant's floor is sensitive"],
  ],
  [
    "the same class from everywhere",
    { declared: "sensitive", detected: [found("other", "sensitive", 1, false)], tenant: tenant({ floor: "sensitive", classes: { other: "sensitive" } }) },
    "sensitive",
    ["declared sensitive by the request", "found other ×1", "the tenant gives other the class sensitive", "the tenant's floor is sensitive"],
  ],
];

test("the class of a text with every reason for it", () => {
  assert.ok(rows.length >= 15);
  for (const [name, facts, dataClass, messages] of rows) {
    const decision = decided(facts);
    assert.deepEqual([decision.class, decision.classReasons.map(({ message }) => message)], [dataClass, messages], name);
  }
});

test("over declared × found × tenant's class × floor, the class is the highest of the four and the first reason has it", () => {
  const classesOrNone = [undefined, ...dataClasses];
  let count = 0;
  for (const declared of classesOrNone) {
    for (const given of classesOrNone) {
      for (const raised of classesOrNone) {
        for (const floor of classesOrNone) {
          const rules = { ...(floor !== undefined && { floor }), ...(raised !== undefined && { classes: { location: raised } }) };
          const decision = decided({ declared, detected: given === undefined ? [] : [found("location", given)], tenant: tenant(rules) });
          const voices = [declared ?? "public", given ?? "public", given === undefined ? "public" : (raised ?? "public"), floor ?? "public"];
          const highest = dataClasses[Math.max(...voices.map((each) => dataClasses.indexOf(each)))];
          const label = JSON.stringify({ declared, given, raised, floor });
          assert.equal(decision.class, highest, label);
          assert.equal(decision.classReasons[0]?.class, highest, label);
          const ranks = decision.classReasons.map((reason) => dataClasses.indexOf(reason.class));
          assert.deepEqual(
            ranks,
            ranks.toSorted((one, other) => other - one),
            label,
          );
          assert.equal(decision.classReasons.length, Math.max(1, decision.classReasons.filter(({ from }) => from !== "nothing").length), label);
          count += 1;
        }
      }
    }
  }
  assert.equal(count, 625);
});

test("a finding that the judge alone raised is not sent pseudonymised, because nobody replaced it", () => {
  const charter = charterOf({ data: { ...charterOf().data, sensitive: { mayGoTo: [], orAfter: "pseudonymise" } } });
  const replacing = compile(charter, estateOf([local]), registry);
  const asked = (detected: readonly Detected[], classes: NonNullable<TenantRules["classes"]>) =>
    judge(replacing, factsOf({ detected, tenant: tenant({ classes }) }));
  assert.equal(asked([found("email", "sensitive")], {}).transform, "pseudonymise");
  assert.equal(asked([found("business_id", "public")], { business_id: "sensitive" }).code, "no_permitted_backend");
});

test("a tenant's class that is no class denies", () => {
  const broken = tenant({ classes: { person: "lowest" as DataClass } });
  assert.equal(decided({ tenant: broken }).code, "decision_failed");
});
