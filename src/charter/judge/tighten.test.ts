import assert from "node:assert/strict";
import { test } from "node:test";
import type { TenantRules } from "../decision.ts";
import { charterOf } from "./testing/world.ts";
import { tenantWidens } from "./tighten.ts";

const widens = (rules: Omit<TenantRules, "id"> | Readonly<Record<string, unknown>>): readonly string[] =>
  tenantWidens(charterOf(), { id: "t1", ...rules } as TenantRules);

test("rules that only tighten are fine", () => {
  assert.deepEqual(widens({}), []);
  assert.deepEqual(widens({ floor: "secret", models: [], origin: "DE", mayGoTo: { public: ["own"], pseudonymised: [], sensitive: ["own"], secret: [] } }), []);
});

test("a zone that the charter does not give to the class is told", () => {
  assert.deepEqual(widens({ mayGoTo: { sensitive: ["own", "european"] } }), [
    "may-go-to.sensitive: the charter does not let sensitive data go to zone european, only to [own]",
  ]);
  assert.deepEqual(widens({ mayGoTo: { secret: ["own"] } }), ["may-go-to.secret: the charter does not let secret data go to zone own, only to []"]);
});

test("names that the charter does not have are told, hostile ones too", () => {
  assert.deepEqual(widens({ mayGoTo: { public: ["moon", "__proto__"] } }), [
    'may-go-to.public: the charter has no zone "moon"',
    'may-go-to.public: the charter has no zone "__proto__"',
  ]);
  assert.deepEqual(widens({ mayGoTo: { constructor: ["own"] } }), [
    'may-go-to: "constructor" is not a class; the classes are public, pseudonymised, sensitive, secret',
  ]);
  assert.deepEqual(widens({ floor: "lowest" }), ['floor: "lowest" is not a class; the classes are public, pseudonymised, sensitive, secret']);
});
