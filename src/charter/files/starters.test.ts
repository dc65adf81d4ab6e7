import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { mintDecisionId } from "#kernel";
import { parseRegistry, type Registry, type RegistryPart, type SourceFile } from "#registry";
import { type Detected, dataClasses, isDataClass, type Rulebook } from "../index.ts";
import { compile, judge } from "../judge/index.ts";
import { starterKinds } from "./compose.ts";
import { crossCheck } from "./cross-check.ts";
import { type ParsedCharter, parseCharter } from "./parse-charter.ts";
import { type ParsedEstate, parseEstate } from "./parse-estate.ts";
import { isMap, memberOf } from "./plain-content.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

function shippedRegistry(): Registry {
  const source = (part: RegistryPart): SourceFile => ({ name: `${part}.yaml`, text: read(`registry/${part}.yaml`) });
  const parsed = parseRegistry({
    parties: source("parties"),
    models: source("models"),
    services: source("services"),
    laws: source("laws"),
    groups: source("groups"),
  });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

const registry = shippedRegistry();

function starter(kind: string): { charter: ParsedCharter; estate: ParsedEstate } {
  const charter = parseCharter(read(`starters/${kind}/charter.yaml`), "charter.yaml");
  const estate = parseEstate(read(`starters/${kind}/estate.yaml`), "estate.yaml");
  assert.ok(charter.ok && estate.ok, JSON.stringify([charter, estate]));
  return { charter: charter.value, estate: estate.value };
}

/** What the boundary finds in the cases' texts, stated here since this room knows no detectors: e-mail addresses and account numbers. */
function findingsIn(text: string): readonly Detected[] {
  const types = [...(/\S+@\S+/.test(text) ? ["email"] : []), ...(/\bDE\d\d /.test(text) ? ["iban"] : [])];
  return types.map((type) => ({ type, count: 1, class: "sensitive" }));
}

function decide(rulebook: Rulebook, line: unknown) {
  const text = (key: string): string | undefined => {
    const value = memberOf(line, key);
    assert.ok(value === undefined || typeof value === "string", key);
    return value;
  };
  const declared = text("class");
  assert.ok(declared === undefined || isDataClass(declared));
  const now = Date.parse(text("now") ?? "");
  return judge(rulebook, {
    id: mintDecisionId(now),
    now,
    model: text("model") ?? "",
    origin: text("origin"),
    declared,
    detected: findingsIn(text("text") ?? ""),
    tenant: { id: "default" },
  });
}

describe("starter sets", () => {
  for (const kind of ["default", ...starterKinds]) {
    it(`${kind}: both files hold, without a warning, and name nothing that nobody knows`, () => {
      const { charter, estate } = starter(kind);
      assert.deepEqual(charter.warnings, []);
      assert.deepEqual(estate.warnings, []);
      assert.deepEqual(crossCheck(charter, estate, registry), []);
    });
  }

  for (const kind of starterKinds) {
    it(`${kind}: every case is decided as its line says`, () => {
      const { charter, estate } = starter(kind);
      const rulebook = compile(charter.charter, estate.estate, registry);
      const lines = read(`starters/${kind}/cases.jsonl`)
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
      assert.ok(lines.length >= 10);
      const seen = new Set<string>();
      for (const line of lines) {
        const expect = memberOf(line, "expect");
        assert.ok(isMap(expect) && Object.keys(expect).length > 0);
        const decision = decide(rulebook, line);
        const got = Object.fromEntries(Object.keys(expect).map((key) => [key, memberOf(decision, key)]));
        assert.deepEqual(got, expect, `${kind}: ${String(memberOf(line, "name"))}: ${JSON.stringify(decision.considered)}`);
        seen.add(decision.verdict);
      }
      assert.deepEqual([...seen].sort(), ["allow", "refuse"]);
    });
  }

  it("default: a first request from a machine that tells no country is answered", () => {
    const { charter, estate } = starter("default");
    const rulebook = compile(charter.charter, estate.estate, registry);
    for (const operation of ["chat/completions", "completions", "embeddings"] as const) {
      for (const declared of dataClasses) {
        const decision = judge(rulebook, {
          id: mintDecisionId(0),
          now: Date.parse("2026-11-20T12:00:00Z"),
          model: "assistant",
          operation,
          origin: undefined,
          declared,
          detected: [],
          tenant: { id: "default" },
        });
        assert.equal(decision.verdict, declared === "secret" ? "refuse" : "allow", JSON.stringify(decision.considered));
      }
    }
  });
});
