import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { inForce } from "./days.ts";
import { expand } from "./groups.ts";
import { parseRegistry, registryFiles } from "./parse.ts";
import { developersOf, makersOf } from "./provenance.ts";
import { reachOf } from "./reach.ts";
import { servedException, serviceFor } from "./services.ts";

const folder = new URL("../../registry/", import.meta.url);
const file = (name: string) => ({ name, text: readFileSync(new URL(name, folder), "utf8") });
const [parties, models, services, laws, groups] = registryFiles;
const parsed = parseRegistry({ parties: file(parties), models: file(models), services: file(services), laws: file(laws), groups: file(groups) });
assert.ok(parsed.ok, JSON.stringify(parsed.ok ? "" : parsed.error, null, 2));
const registry = parsed.value;
const reviewed = Date.parse("2026-11-20T12:00:00Z");
const sorted = (countries: ReadonlySet<string>): string[] => [...countries].sort();

describe("the shipped files", () => {
  it("are the five that the app reads", () => {
    assert.deepEqual(readdirSync(folder).sort(), [...registryFiles].sort());
  });

  it("date every fact no later than the day of the review, and all are in force on it", () => {
    const rows = [registry.parties, registry.models, registry.services, registry.laws, registry.groups].flatMap((table) => [...table.values()]);
    assert.ok(rows.length > 120, `${rows.length} rows`);
    for (const row of rows) {
      assert.ok(String(row.asOf) <= "2026-11-20", row.id);
      assert.equal(inForce(row, reviewed), "known", row.id);
    }
  });

  it("let no fact about ownership or services be relied on for more than a year", () => {
    for (const row of [...registry.parties.values(), ...registry.services.values()]) {
      if (row.id === "freehold") continue;
      assert.equal(row.until, "2027-11-20", `${row.id}: one year after the review of 2026-11-20`);
    }
  });

  it("cite public sources", () => {
    for (const row of [...registry.parties.values(), ...registry.models.values(), ...registry.services.values(), ...registry.laws.values()]) {
      if (row.id.startsWith("freehold")) continue;
      assert.match(row.source, /https:\/\//, row.id);
    }
  });

  it("own nobody in a circle", () => {
    for (const id of registry.parties.keys()) {
      assert.ok(!reachOf(registry, id, reviewed).unknown.some((sentence) => sentence.includes("circle")), id);
    }
  });
});

describe("who can compel whom", () => {
  const known: [party: string, countries: string[]][] = [
    ["freehold", ["DE"]],
    ["mistral", ["FR"]],
    ["ovhcloud", ["FR"]],
    ["scaleway", ["FR"]],
    ["hetzner", ["DE"]],
    ["ionos", ["DE"]],
    ["stackit", ["DE"]],
    ["infomaniak", ["CH"]],
    ["t-systems", ["DE"]],
    ["elastic", ["NL", "US"]],
    ["jina", ["DE", "NL", "US"]],
    ["akenes", ["AT", "CH", "MX"]],
    ["aws-esc", ["DE", "US"]],
    ["nebius", ["NL", "US"]],
    ["silo-ai", ["FI", "US"]],
    ["s3ns", ["FR"]],
    ["microsoft", ["US"]],
    ["openai", ["US"]],
    ["alibaba", ["CN", "KY"]],
  ];
  for (const [party, countries] of known) {
    it(`${party}: ${countries.join(", ")}`, () => {
      const { countries: found, unknown, trail } = reachOf(registry, party, reviewed);
      assert.deepEqual(sorted(found), countries);
      assert.deepEqual(unknown, []);
      assert.deepEqual(sorted(new Set(trail.map((step) => step.country))), countries);
    });
  }

  for (const party of ["aleph-alpha", "civo", "nscale", "upcloud"]) {
    it(`${party}: unknown, since its owner is not confirmed`, () => {
      assert.deepEqual(reachOf(registry, party, reviewed).unknown, [`The owner of "${party}" is not known.`]);
    });
  }

  it("is unknown a year later, when nobody has looked again", () => {
    assert.deepEqual(reachOf(registry, "hetzner", Date.parse("2027-11-20T23:59:59.999Z")).unknown, []);
    assert.equal(reachOf(registry, "hetzner", Date.parse("2027-11-21T00:00:00Z")).unknown.length, 1);
    assert.deepEqual(reachOf(registry, "freehold", Date.parse("2040-01-01T00:00:00Z")).unknown, []);
  });
});

describe("who serves what", () => {
  const hub = serviceFor(registry, "llm-server.llmhub.t-systems.net");
  assert.ok(hub);

  it("the T-Systems hub: gpt-4o is Microsoft's, somewhere", () => {
    for (const name of ["gpt-4o", "GPT-4.1-mini", "o1", "o3-mini", "o4-mini"]) {
      const exception = servedException(hub, name);
      assert.equal(exception?.servedBy, "microsoft", name);
      assert.equal(exception?.locatedIn, undefined, name);
    }
    assert.equal(servedException(hub, "gemini-2.5-pro")?.servedBy, "google");
    assert.equal(servedException(hub, "claude-sonnet-4")?.servedBy, undefined);
  });

  it("the T-Systems hub: open models are its own, in Germany", () => {
    for (const name of ["gpt-oss-120b", "Llama-3.3-70B-Instruct", "Qwen3-32B-FP8", "Teuken-7B-Instruct-v04"]) {
      const exception = servedException(hub, name);
      assert.equal(exception?.servedBy, "t-systems", name);
      assert.deepEqual(exception?.locatedIn, ["DE"], name);
    }
  });

  it("the T-Systems hub: a model that nobody has looked at is unknown, not German", () => {
    const exception = servedException(hub, "grok-9");
    assert.ok(exception);
    assert.equal(exception.servedBy, undefined);
    assert.equal(exception.locatedIn, undefined);
    assert.equal(hub.locatedIn, undefined);
  });

  it("tells operators by host", () => {
    assert.equal(serviceFor(registry, "api.jina.ai")?.operator, "elastic");
    assert.equal(serviceFor(registry, "openai.inference.de-txl.ionos.com")?.operator, "ionos");
    assert.equal(serviceFor(registry, "stadtwerke.openai.azure.com")?.operator, "microsoft");
    assert.equal(serviceFor(registry, "bedrock-runtime.eu-central-1.amazonaws.com")?.operator, "aws");
    assert.equal(serviceFor(registry, "openai.azure.com.example"), undefined);
    assert.equal(serviceFor(registry, "10.0.0.7"), undefined);
  });
});

describe("where things come from", () => {
  const developed: [model: string, countries: string[]][] = [
    ["freehold-demo", ["DE"]],
    ["mistral-small-3.2", ["FR"]],
    ["mistral-nemo", ["FR", "US"]],
    ["apertus-70b", ["CH"]],
    ["viking", ["FI"]],
    ["poro-2", ["FI", "US"]],
    ["llama-3.3-70b", ["US"]],
    ["e5-mistral", ["FR", "US"]],
    ["bge-m3", ["CN", "US"]],
    ["glm-5.2", ["CN"]],
  ];
  for (const [model, countries] of developed) {
    it(`${model}: ${countries.join(", ")}`, () => {
      const { countries: found, unknown } = developersOf(registry, model, reviewed);
      assert.deepEqual(sorted(found), countries);
      assert.deepEqual(unknown, []);
    });
  }

  it("tells the developer's owner without counting it", () => {
    const { trail } = developersOf(registry, "viking", reviewed);
    assert.ok(trail.some((step) => step.party === "amd" && step.because.endsWith("told, not counted")));
  });

  it("does not give a consortium a seat", () => {
    for (const model of ["eurollm-9b", "bloom"]) assert.equal(developersOf(registry, model, reviewed).unknown.length, 1, model);
  });

  it("finds no European maker of accelerators among those on record", () => {
    const { countries, unknown } = makersOf(registry, ["nvidia", "amd", "intel", "google", "aws"], reviewed);
    assert.deepEqual(sorted(countries), ["US"]);
    assert.deepEqual(unknown, []);
  });
});

describe("country groups", () => {
  const of = (group: string): readonly string[] => registry.groups.get(group)?.members ?? [];

  it("have the members that the treaties name", () => {
    assert.equal(of("EU").length, 27);
    assert.deepEqual([...of("EU"), "IS", "LI", "NO"].sort(), [...of("EEA")].sort());
    assert.deepEqual([...of("EFTA")].sort(), ["CH", "IS", "LI", "NO"]);
    for (const members of ["EU", "EEA", "EFTA", "ADEQUATE"].map(of)) assert.equal(new Set(members).size, members.length);
  });

  it("do not hold the United States, where adequacy covers certified firms alone", () => {
    assert.equal(expand(registry, ["EEA", "EFTA", "ADEQUATE"]).has("US", reviewed), false);
  });

  it("say of every adequate country what limits it", () => {
    const adequate = registry.groups.get("ADEQUATE");
    assert.deepEqual(adequate?.caveats?.map(({ country }) => country).sort(), [...of("ADEQUATE")].sort());
  });
});
