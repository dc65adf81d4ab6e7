import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Registry } from "#registry";
import { crossCheck } from "./cross-check.ts";
import { parseCharter } from "./parse-charter.ts";
import { parseEstate } from "./parse-estate.ts";
import { exampleCharter, exampleEstate } from "./testing/contract-examples.ts";

const dated = { source: "s", asOf: "2026-01-01", until: undefined, note: undefined };
const party = (id: string) => [id, { id, name: id, country: "FR", parent: "none", self: false, holders: [], reach: [], ...dated }] as const;
const registry: Registry = {
  parties: new Map(["mistral", "nvidia", "hetzner"].map(party)),
  models: new Map(),
  services: new Map([
    [
      "known",
      { id: "known", name: "Known", operator: "mistral", hosts: ["api.known.example"], baseUrl: undefined, locatedIn: ["FR"], exceptions: [], ...dated },
    ],
  ]),
  laws: new Map(["eu-gdpr", "uk-gdpr"].map((id) => [id, { id, name: id, citation: id, ...dated }])),
  groups: new Map(),
};

function notes(charterText: string, estateText: string): readonly string[] {
  const charter = parseCharter(charterText, "charter.yaml");
  const estate = parseEstate(estateText, "estate.yaml");
  assert.ok(charter.ok && estate.ok, JSON.stringify([charter, estate]));
  const found = crossCheck(charter.value, estate.value, registry);
  assert.ok(found.every(({ severity }) => severity === "warning"));
  return found.map(({ file, line, column, path, message, hint }) => `${file}:${line}:${column} ${path} | ${message} | ${hint}`);
}

/** The notes on one change of the examples. */
function notesOn(which: "charter" | "estate", find: string, put: string): readonly string[] {
  const source = which === "charter" ? exampleCharter : exampleEstate;
  assert.equal(source.split(find).length, 2, `${find} stands once`);
  const changed = source.replace(find, () => put);
  return which === "charter" ? notes(changed, exampleEstate) : notes(exampleCharter, changed);
}

describe("crossCheck", () => {
  it("the contract's examples name nothing that nobody knows, and their undated weights hold", () => {
    assert.deepEqual(notes(exampleCharter, exampleEstate), []);
  });

  const rows: readonly (readonly ["charter" | "estate", find: string, put: string, expected: RegExp])[] = [
    ["charter", "law: eu-gdpr", "law: eu-gpdr", /^charter\.yaml:5:14 jurisdictions\.eu\.law \| no law "eu-gpdr" is known.*\| did you mean "eu-gdpr"\?$/],
    [
      "charter",
      "operated-by: [self]",
      "operated-by: [self, hetzer]",
      /^charter\.yaml:10:35 zones\.own\.operated-by\[1\] \| no party "hetzer".*did you mean "hetzner"/,
    ],
    ["charter", "hardware:nvidia", "hardware:nvida", /accepted-risks\[0\]\.concerns \| no party "nvida".*"nvidia"/],
    ["charter", "hardware:nvidia", "model:mistral-smal-3.2", /no model "mistral-smal-3\.2".*"mistral-small-3\.2"/],
    ["charter", "hardware:nvidia", "developer:zzz", /no party "zzz".*describe it under parties/],
    ["estate", "operator: stadtwerke }", "operator: stadtwerk }", /sites\.keller\.operator \| no party "stadtwerk".*"stadtwerke"/],
    ["estate", "parent: none,", "parent: nonne,", /parties\.stadtwerke\.parent \| no party "nonne"/],
    ["estate", "parent: none,", "parent: none, holders: [{ party: town, share: 100 }],", /parties\.stadtwerke\.holders\[0\]\.party \| no party "town"/],
    ["estate", "operator: mistral ", "operator: mistrl ", /backends\[2\]\.operator \| no party "mistrl".*"mistral"/],
    ["estate", "hardware: [nvidia]\n    models", "hardware: [nvida]\n    models", /backends\[1\]\.hardware\[0\] \| no party "nvida".*"nvidia"/],
    [
      "estate",
      "served-as: mistral-small,",
      "served-as: mistral-small, served-by: elsewhere,",
      /backends\[1\]\.models\.assistant\.served-by \| no party "elsewhere"/,
    ],
    [
      "estate",
      "mistral-small, model: mistral-small-3.2",
      "mistral-small, model: mistral-small-3.3",
      /backends\[1\]\.models\.assistant\.model \| no model .*"mistral-small-3\.2"/,
    ],
    ["estate", "developer: mistral", "developer: mistrall", /models\["mistral-small-3\.2"\]\.developer \| no party "mistrall"/],
    ["estate", "developer: mistral", "developer: mistral, co-developers: [nobody]", /co-developers\[0\] \| no party "nobody"/],
    ["estate", "developer: mistral", "developer: mistral, based-on: [base]", /based-on\[0\] \| no model "base"/],
    ["estate", "operator: hetzner", "operator: hetzler", /stores\[1\]\.operator \| no party "hetzler".*"hetzner"/],
    ["estate", "self: true,", "self: false,", /^charter\.yaml:10:29 zones\.own\.operated-by\[0\] \| no party of the estate says self: true/],
    ["estate", "    located-in: [FR]\n", "", /backends\[2\] \| neither site nor located-in is stated/],
  ];
  for (const [which, find, put, expected] of rows) {
    it(`${which}: ${JSON.stringify(put)}`, () => {
      const found = notesOn(which, find, put).filter((note) => !note.includes("have no as-of"));
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0] ?? "", expected);
    });
  }

  it("operator and location may come from the registry's service behind the host", () => {
    const backend = (url: string) =>
      `estate: 1\nparties: { us: { name: Us, country: DE, parent: none, self: true, as-of: 2026-01-01 } }\nbackends: [{ name: a, engine: openai, url: "${url}", models: { m: {} } }]\n`;
    assert.deepEqual(notes(exampleCharter, backend("https://api.known.example/v1")), []);
    assert.match(notes(exampleCharter, backend("https://api.unknown.example/v1"))[0] ?? "", /neither site nor operator and located-in/);
  });

  it("owners that own each other in a circle are told, each", () => {
    const circle =
      "estate: 1\nparties:\n  a: { name: A, parent: b, self: true, as-of: 2026-01-01 }\n  b: { name: B, parent: a, as-of: 2026-01-01 }\n  c: { name: C, parent: a, as-of: 2026-01-01 }\n";
    assert.deepEqual(
      notes(exampleCharter, circle).map((note) => note.split(" ")[1]),
      ["parties.a.parent", "parties.b.parent"],
    );
  });

  it("an undated row that hides a shipped fact says so", () => {
    assert.ok(
      notesOn("estate", "stadtwerke: {", "nvidia: { name: NVIDIA, country: US }\n  stadtwerke: {").some((note) =>
        /parties\.nvidia .*the shipped registry has facts on nvidia/.test(note),
      ),
    );
  });
});
