import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CountryGroup, Registry, Service } from "./facts.ts";
import { expand, isCountryOrGroup } from "./groups.ts";
import { servedException, serviceFor } from "./services.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const group = (facts: Partial<CountryGroup>): CountryGroup => ({
  id: "G",
  name: "G",
  members: ["DE", "GB"],
  caveats: [{ country: "GB", caveat: "ends", until: "2031-12-27" }],
  source: "treaty",
  asOf: "2026-01-01",
  until: undefined,
  ...facts,
});
const registryWith = (...groups: CountryGroup[]): Registry => ({
  parties: new Map(),
  models: new Map(),
  services: new Map(),
  laws: new Map(),
  groups: new Map(groups.map((row) => [row.id, row])),
});

describe("expand", () => {
  it("mixes countries and groups", () => {
    const matcher = expand(registryWith(group({})), ["G", "CH"]);
    assert.equal(matcher.any, false);
    for (const country of ["DE", "GB", "CH"]) assert.ok(matcher.has(country, now), country);
    for (const country of ["US", "G", ""]) assert.ok(!matcher.has(country, now), country);
  });

  it("ANY admits all, and is the only word that does", () => {
    assert.deepEqual([expand(registryWith(), ["ANY"]).any, expand(registryWith(), ["ANY"]).has("US", now)], [true, true]);
    assert.deepEqual([expand(registryWith(), []).any, expand(registryWith(), []).has("DE", now)], [false, false]);
  });

  it("drops a member whose last day is over", () => {
    const matcher = expand(registryWith(group({})), ["G"]);
    assert.ok(matcher.has("GB", Date.parse("2031-12-27T23:59:59Z")));
    assert.ok(!matcher.has("GB", Date.parse("2031-12-28T00:00:00Z")));
    assert.ok(matcher.has("DE", Date.parse("2031-12-28T00:00:00Z")));
  });

  it("keeps a country that the list names beside the group that lost it", () => {
    assert.ok(expand(registryWith(group({ until: "2026-01-01" })), ["G", "GB"]).has("GB", now));
  });

  it("an undated or expired group admits nobody", () => {
    for (const facts of [{ asOf: undefined }, { until: "2026-11-19" }]) assert.ok(!expand(registryWith(group(facts)), ["G"]).has("DE", now));
  });
});

it("isCountryOrGroup knows the words of a country list, and that the United Kingdom is GB", () => {
  const registry = registryWith(group({}));
  for (const word of ["DE", "GB", "NO", "G", "ANY"]) assert.ok(isCountryOrGroup(registry, word), word);
  for (const word of ["UK", "EL", "de", "EEA", "", "any"]) assert.ok(!isCountryOrGroup(registry, word), word);
});

describe("services", () => {
  const service = (id: string, hosts: string[], matches: string[] = []): Service => ({
    id,
    name: id,
    operator: "a",
    hosts,
    baseUrl: undefined,
    locatedIn: ["DE"],
    exceptions: matches.map((match) => ({ match, servedBy: match, locatedIn: undefined, note: "" })),
    note: undefined,
    source: "page",
    asOf: "2026-01-01",
    until: undefined,
  });
  const registryOf = (...rows: Service[]): Registry => ({ ...registryWith(), services: new Map(rows.map((row) => [row.id, row])) });

  it("finds the exact host first, then the longest wildcard", () => {
    const registry = registryOf(service("wide", ["*.example.org"]), service("narrow", ["*.eu.example.org"]), service("exact", ["a.eu.example.org"]));
    const found = (host: string) => serviceFor(registry, host)?.id;
    assert.equal(found("a.eu.example.org"), "exact");
    assert.equal(found("b.eu.example.org"), "narrow");
    assert.equal(found("eu.example.org"), "wide");
    assert.equal(found("B.EU.Example.ORG."), "narrow");
    assert.equal(found("example.org"), undefined);
    assert.equal(found("badexample.org"), undefined);
  });

  it("takes the first exception whose glob matches the whole name", () => {
    const hub = service("hub", ["h.example.org"], ["gpt-oss-*", "gpt-*", "a.c", "*-x-*"]);
    const matched = (name: string) => servedException(hub, name)?.match;
    assert.equal(matched("gpt-oss-20b"), "gpt-oss-*");
    assert.equal(matched("GPT-4o"), "gpt-*");
    assert.equal(matched("my-gpt-4o"), undefined);
    assert.equal(matched("abc"), undefined);
    assert.equal(matched("1-x-2"), "*-x-*");
    assert.equal(matched("gpt-4o\nllama"), "gpt-*");
  });
});
