import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Model, Party, Registry } from "./facts.ts";
import { overlay } from "./overlay.ts";
import { developersOf, makersOf } from "./provenance.ts";
import { reachOf } from "./reach.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const empty: Registry = { parties: new Map(), models: new Map(), services: new Map(), laws: new Map(), groups: new Map() };

const party = (id: string, facts: Partial<Party> = {}): Party => ({
  id,
  name: id.toUpperCase(),
  country: "DE",
  parent: "none",
  self: false,
  holders: [],
  reach: [],
  note: undefined,
  source: "register",
  asOf: "2026-01-01",
  until: undefined,
  ...facts,
});
const model = (id: string, facts: Partial<Model> = {}): Model => ({
  id,
  name: id,
  developer: "a",
  licence: undefined,
  weights: "open",
  basedOn: [],
  note: undefined,
  source: "card",
  asOf: "2026-01-01",
  until: undefined,
  ...facts,
});
const withParties = (...parties: Party[]): Registry => overlay(empty, parties, []);
const reach = (registry: Registry, at = now) => {
  const { countries, unknown } = reachOf(registry, "a", at);
  return { countries: [...countries].sort(), unknown };
};

describe("reachOf", () => {
  it("follows parents to the ultimate one", () => {
    const registry = withParties(party("a", { parent: "b" }), party("b", { parent: "c", country: "AT" }), party("c", { country: "MX" }));
    assert.deepEqual(reach(registry), { countries: ["AT", "DE", "MX"], unknown: [] });
  });

  it("tells in the trail what brings each country in", () => {
    const registry = withParties(party("a", { parent: "b" }), party("b", { country: "NL", reach: [{ country: "US", reason: "run from there" }] }));
    assert.deepEqual(reachOf(registry, "a", now).trail, [
      { party: "a", country: "DE", because: "seat of A" },
      { party: "b", country: "NL", because: "seat of B, parent of a" },
      { party: "b", country: "US", because: "run from there (B, parent of a)" },
    ]);
  });

  it("counts a holder of half like a parent, and one of less not at all", () => {
    const holder = (share: number) => withParties(party("a", { holders: [{ party: "h", share }] }), party("h", { country: "US" }));
    assert.deepEqual(reach(holder(50)), { countries: ["DE", "US"], unknown: [] });
    assert.deepEqual(reach(holder(49.9)), { countries: ["DE"], unknown: [] });
  });

  it("takes a majority for the owner where no parent is named, but not a half", () => {
    const holder = (share: number) => withParties(party("a", { parent: undefined, holders: [{ party: "h", share }] }), party("h", { country: "US" }));
    assert.deepEqual(reach(holder(51)), { countries: ["DE", "US"], unknown: [] });
    assert.deepEqual(reach(holder(50)), { countries: ["DE", "US"], unknown: ['The owner of "a" is not known.'] });
  });

  it("does not take a missing parent for none", () => {
    assert.deepEqual(reach(withParties(party("a", { parent: undefined }))), { countries: ["DE"], unknown: ['The owner of "a" is not known.'] });
  });

  it("does not take a missing seat for no seat", () => {
    assert.deepEqual(reach(withParties(party("a", { country: undefined }))), { countries: [], unknown: ['The seat of "a" is not known.'] });
  });

  it("does not pass a party that nobody knows", () => {
    assert.deepEqual(reach(empty), { countries: [], unknown: ['There is nothing on record about "a".'] });
  });

  it("does not pass a parent that nobody knows", () => {
    assert.deepEqual(reach(withParties(party("a", { parent: "b" }))).unknown, ['There is nothing on record about "b", parent of a.']);
  });

  it("does not pass an undated fact, of the party or of a parent", () => {
    assert.equal(reach(withParties(party("a", { asOf: undefined }))).unknown.length, 1);
    assert.equal(reach(withParties(party("a", { parent: "b" }), party("b", { asOf: undefined }))).unknown.length, 1);
  });

  it("lets a fact hold through the end of its last day in UTC and no longer", () => {
    const registry = withParties(party("a", { until: "2026-11-20" }));
    assert.deepEqual(reach(registry, Date.parse("2026-11-20T23:59:59.999Z")).unknown, []);
    assert.equal(reach(registry, Date.parse("2026-11-21T00:00:00Z")).unknown.length, 1);
  });

  it("does not rely on dates that are none", () => {
    assert.equal(reach(withParties(party("a", { asOf: "recently" }))).unknown.length, 1);
    assert.equal(reach(withParties(party("a", { until: "2026-13-01" }))).unknown.length, 1);
  });

  it("does not run round in a circle, and does not pass it", () => {
    const registry = withParties(party("a", { parent: "b" }), party("b", { parent: "a", country: "US" }));
    assert.deepEqual(reach(registry), { countries: ["DE", "US"], unknown: ['The ownership of "a" goes in a circle: a < b < a.'] });
    assert.equal(reach(withParties(party("a", { parent: "a" }))).unknown.length, 1);
  });

  it("takes two ways to one owner for what they are, not for a circle", () => {
    const registry = withParties(party("a", { parent: "b", holders: [{ party: "c", share: 50 }] }), party("b", { parent: "c" }), party("c", { country: "FR" }));
    assert.deepEqual(reach(registry), { countries: ["DE", "FR"], unknown: [] });
  });

  it("makes no exception for the organisation itself", () => {
    assert.equal(reach(withParties(party("a", { self: true, parent: undefined }))).unknown.length, 1);
  });
});

describe("overlay", () => {
  it("replaces a shipped row as a whole, so that an old date is not lent to a new fact", () => {
    const shipped = withParties(party("a", { country: "US" }));
    const over = overlay(shipped, [party("a", { asOf: undefined })], []);
    assert.deepEqual(reach(over).countries, ["DE"]);
    assert.equal(reach(over).unknown.length, 1);
    assert.deepEqual(reach(shipped).countries, ["US"]);
  });
});

describe("developersOf and makersOf", () => {
  it("counts the base model's developer and co-developers too", () => {
    const parties = [party("a", { country: "FI" }), party("b", { country: "US" }), party("c", { country: "NO" })];
    const registry = overlay(empty, parties, [model("m", { basedOn: ["n"] }), model("n", { developer: "b", coDevelopers: ["c"] })]);
    assert.deepEqual([...developersOf(registry, "m", now).countries].sort(), ["FI", "NO", "US"]);
  });

  it("passes no gap: model, developer, seat, date, base, circle", () => {
    const gaps: [Party[], Model[]][] = [
      [[party("a")], []],
      [[party("a")], [model("m", { developer: undefined })]],
      [[], [model("m")]],
      [[party("a", { country: undefined })], [model("m")]],
      [[party("a", { asOf: undefined })], [model("m")]],
      [[party("a")], [model("m", { asOf: undefined })]],
      [[party("a")], [model("m", { until: "2026-11-19" })]],
      [[party("a")], [model("m", { basedOn: ["n"] })]],
      [[party("a")], [model("m", { basedOn: ["m"] })]],
    ];
    for (const [parties, models] of gaps) assert.equal(developersOf(overlay(empty, parties, models), "m", now).unknown.length, 1);
  });

  it("takes the estate's own word on weights that nobody else describes without a date", () => {
    const registry = overlay(empty, [party("a")], [model("own", { asOf: undefined, ownWord: true })]);
    assert.equal(developersOf(registry, "own", now).unknown.length, 0);
  });

  it("does not need to know who owns a developer", () => {
    const registry = overlay(empty, [party("a", { parent: undefined })], [model("m")]);
    assert.deepEqual(developersOf(registry, "m", now).unknown, []);
  });

  it("tells no accelerators from accelerators that nobody named", () => {
    assert.deepEqual(makersOf(empty, [], now).unknown, []);
    assert.equal(makersOf(empty, undefined, now).unknown.length, 1);
    assert.equal(makersOf(empty, ["nvidia"], now).unknown.length, 1);
  });
});

describe("for any graph of facts", () => {
  const ids = ["a", "b", "c", "d", "e"];
  const anyId = fc.constantFrom(...ids, "nowhere");
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const country = fc.constantFrom("DE", "FR", "US", "CN", "MX");
  const reaches = fc.array(fc.record({ country, reason: fc.constant("r") }), { maxLength: 2 });
  const facts = fc.record({
    country: maybe(country),
    parent: maybe(fc.oneof(fc.constant("none"), anyId)),
    holders: fc.array(fc.record({ party: anyId, share: fc.integer({ min: 1, max: 100 }) }), { maxLength: 3 }),
    reach: reaches,
    asOf: maybe(fc.constantFrom("2026-01-01", "soon")),
    until: maybe(fc.constantFrom("2026-06-30", "2027-06-30", "never")),
  });
  const graph = fc.array(facts, { minLength: ids.length, maxLength: ids.length }).map((rows) => rows.map((row, index) => party(ids[index] ?? "", row)));

  it("more reach never means fewer countries or fewer doubts", () => {
    fc.assert(
      fc.property(graph, reaches, fc.nat({ max: ids.length - 1 }), (parties, more, index) => {
        const before = reachOf(withParties(...parties), "a", now);
        const widened = parties.map((row, place) => (place === index ? { ...row, reach: [...row.reach, ...more] } : row));
        const after = reachOf(withParties(...widened), "a", now);
        assert.ok(before.countries.isSubsetOf(after.countries));
        assert.deepEqual(after.unknown, before.unknown);
      }),
    );
  });

  it("a named owner adds to the countries and never takes one away", () => {
    fc.assert(
      fc.property(graph, anyId, (parties, owner) => {
        const apart = parties.map((row) => (row.id === "a" ? { ...row, parent: "none" } : row));
        const owned = parties.map((row) => (row.id === "a" ? { ...row, parent: owner } : row));
        const before = reachOf(withParties(...apart), "a", now).countries;
        assert.ok(before.isSubsetOf(reachOf(withParties(...owned), "a", now).countries));
      }),
    );
  });

  it("without a doubt every party on the way is known, dated and in force", () => {
    fc.assert(
      fc.property(graph, (parties) => {
        const registry = withParties(...parties);
        const { unknown, trail } = reachOf(registry, "a", now);
        if (unknown.length > 0) return;
        for (const { party: id } of trail) {
          const { asOf, until, country: seat } = registry.parties.get(id) ?? {};
          assert.equal(asOf, "2026-01-01");
          assert.notEqual(seat, undefined);
          assert.ok(until === undefined || until === "2027-06-30");
        }
      }),
    );
  });

  it("models that are based on each other in any way are answered, not run round", () => {
    const bases = fc.array(fc.record({ developer: maybe(anyId), basedOn: fc.array(anyId, { maxLength: 3 }) }), {
      minLength: ids.length,
      maxLength: ids.length,
    });
    fc.assert(
      fc.property(graph, bases, (parties, rows) => {
        const models = rows.map((row, index) => model(ids[index] ?? "", row));
        const { countries, unknown } = developersOf(overlay(empty, parties, models), "a", now);
        assert.ok(countries.size > 0 || unknown.length > 0);
      }),
    );
  });
});
