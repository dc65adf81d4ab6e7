import assert from "node:assert/strict";
import { test } from "node:test";
import type { Charter } from "../../charter.ts";
import type { Backend, Estate } from "../../estate.ts";
import { compile } from "../rulebook.ts";
import {
  backend,
  charterOf,
  estateOf,
  european,
  frankfurt,
  keller,
  local,
  mistral,
  noon,
  own,
  type party,
  registry,
  serves,
  stadtwerke,
  vllm,
} from "../testing/world.ts";
import { check } from "./check.ts";
import type { Note } from "./note.ts";

interface Setting {
  readonly charter?: Partial<Charter>;
  readonly estate?: Partial<Estate>;
  readonly backends?: readonly Backend[];
  readonly day?: string;
}

const notes = ({ charter, estate, backends = [local, vllm, mistral], day = "2026-11-20" }: Setting = {}): readonly Note[] =>
  check(
    compile(
      charterOf({ jurisdictions: [{ name: "eu", law: "eu-gdpr", peopleIn: ["EEA"], processIn: ["EEA"] }], ...charter }),
      estateOf(backends, estate),
      registry,
    ),
    noon(day),
  );

const at = (where: string, setting: Setting): readonly string[] =>
  notes(setting)
    .filter((note) => note.where === where)
    .map(({ severity, message }) => `${severity}: ${message}`);

test("a sound charter and estate leave nothing but what is worth knowing", () => {
  assert.deepEqual(
    notes().map(({ severity, where }) => `${severity} ${where}`),
    ["info charter.data.secret", "info estate.backends[0].models.assistant"],
  );
});

test("a backend that no request can reach is an error with the rule that stands in the way", () => {
  assert.deepEqual(at("estate.backends[1]", { backends: [local, frankfurt] }), [
    "error: no class of any jurisdiction can ever reach frankfurt: data.public.may-go-to: zone own: operated by aws (operator), not by [self]",
  ]);
});

test("a dead model at a living backend is a warning", () => {
  const mixed = { ...vllm, models: [serves("assistant"), serves("coder", { model: "deepseek-v3" })] };
  assert.deepEqual(at("estate.backends[0].models.coder", { backends: [mixed] }), [
    "warning: no class of any jurisdiction can ever reach coder at vllm: provenance.models.developed-in: developer of deepseek-v3 deepseek has its seat in CN, which is outside [EEA, CH]; no accepted risk concerns developer:deepseek or model:deepseek-v3",
  ]);
});

test("unknown facts are told once per backend", () => {
  const vague = backend("vague", { url: new URL("http://10.0.0.9/v1"), models: [serves("assistant"), serves("coder")], hardware: undefined as never });
  const told = at("estate.backends[1]", { backends: [local, vague] }).filter((line) => line.startsWith("warning"));
  assert.ok(told.includes("warning: Nobody is named as the operator of vague."));
  assert.ok(told.includes("warning: The makers of the accelerators are not known."));
  assert.equal(new Set(told).size, told.length);
});

test("a class for which a jurisdiction has no backend", () => {
  assert.deepEqual(at("charter.data.public", { charter: { jurisdictions: charterOf().jurisdictions } }), [
    "warning: no backend may answer public requests under jurisdiction uk",
  ]);
  assert.deepEqual(at("charter.data.sensitive", { backends: [mistral] }), [
    "info: no backend may answer sensitive requests under jurisdiction eu as they are, only after pseudonymising",
  ]);
  assert.deepEqual(at("charter.data.secret", {}), ["info: secret data may go nowhere"]);
});

test("a zone in which nothing lies", () => {
  assert.deepEqual(at("charter.zones.moon", { charter: { zones: [own, european, { name: "moon", locatedIn: ["AQ"] }] } }), [
    "info: no backend of the estate lies in zone moon",
  ]);
});

test("jurisdictions that claim the same people by a group", () => {
  const second = { name: "de", law: "bdsg", peopleIn: ["DE", "CH"], processIn: ["DE"] };
  const eu = charterOf().jurisdictions[0];
  assert.ok(eu !== undefined);
  assert.deepEqual(at("charter.jurisdictions.de", { charter: { jurisdictions: [eu, second] } }), [
    "warning: people in DE are in eu and in de; eu comes first and has them",
  ]);
  const all = { name: "world", law: "none", peopleIn: ["ANY"], processIn: ["ANY"] };
  assert.deepEqual(at("charter.jurisdictions.eu", { charter: { jurisdictions: [all, eu] } }), [
    "warning: world protects people everywhere, so eu after it protects nobody",
  ]);
  assert.deepEqual(at("charter.jurisdictions.world", { charter: { jurisdictions: [eu, all] } }), []);
});

test("accepted risks that are over, soon over, or about nothing", () => {
  const [nvidia] = charterOf().acceptedRisks;
  assert.ok(nvidia !== undefined);
  assert.deepEqual(at("charter.accepted-risks[0]", { day: "2027-05-30" }), []);
  assert.deepEqual(at("charter.accepted-risks[0]", { day: "2027-05-31" }), ["warning: the accepted risk nvidia (hardware:nvidia) ends with 2027-06-30"]);
  assert.deepEqual(at("charter.accepted-risks[0]", { day: "2027-07-01" }), [
    "warning: the accepted risk nvidia (hardware:nvidia) is over: it held until 2027-06-30",
  ]);
  for (const concerns of ["hardware:amd", "model:ghost", "developer:nvidia", "nvidia", ""]) {
    const charter: Partial<Charter> = { acceptedRisks: [nvidia, { ...nvidia, id: "other", concerns }] };
    assert.deepEqual(at("charter.accepted-risks[1]", { charter }), [`warning: the accepted risk other concerns ${concerns}, which is nowhere in the estate`]);
  }
});

test("facts in use that are undated, over, soon over or old", () => {
  const dated = (rest: Parameters<typeof party>[2], day?: string): readonly string[] =>
    at("estate.parties.stadtwerke", { estate: { parties: [{ ...stadtwerke, ...rest }] }, ...(day && { day }) });
  assert.deepEqual(dated({ asOf: undefined }), ["warning: what is on record about stadtwerke has no date, so it counts as unknown"]);
  assert.deepEqual(dated({ until: "2026-11-19" }), ["warning: what is on record about stadtwerke was good until 2026-11-19, so it counts as unknown"]);
  assert.deepEqual(dated({ until: "2026-12-20" }), ["warning: what is on record about stadtwerke is good until 2026-12-20 and unknown from then on"]);
  assert.deepEqual(dated({ until: "2026-12-21" }), []);
  assert.deepEqual(dated({ asOf: "2025-11-20" }), []);
  assert.deepEqual(dated({ asOf: "2025-11-19" }), ["info: what is on record about stadtwerke is of 2025-11-19, older than a year"]);
  assert.deepEqual(at("registry.groups.ADEQUATE", { charter: { provenance: { models: { developedIn: ["EEA", "ADEQUATE"] } } }, day: "2027-04-01" }), [
    "warning: what is on record about ADEQUATE was good until 2027-03-31, so it counts as unknown",
  ]);
  assert.deepEqual(at("registry.parties.amd", { day: "2029-01-01" }), [], "facts that nothing rests on are not told");
});

test("a holder from abroad below half is told from 24 percent on, and counts from half on", () => {
  const held = (share: number): readonly string[] =>
    at("estate.parties.stadtwerke", { estate: { parties: [{ ...stadtwerke, holders: [{ party: "amazon", share }] }], sites: [keller] } });
  assert.deepEqual(held(23), []);
  assert.deepEqual(held(24), ["warning: amazon holds 24 % of stadtwerke and can be compelled by US, outside compellable-by of zone european"]);
  assert.deepEqual(held(50), []);
  const unknown = { estate: { parties: [{ ...stadtwerke, holders: [{ party: "ghost", share: 30 }] }] } };
  assert.deepEqual(at("estate.parties.stadtwerke", unknown), [
    "warning: ghost holds 30 % of stadtwerke and may be compelled by nobody knows whom, outside compellable-by of zone european",
  ]);
});

test("a model whose backends lie in different zones", () => {
  assert.deepEqual(at("estate.backends[0].models.assistant", {}), [
    "info: assistant is served in different zones: local in [own, european], vllm in [own, european], mistral in [european]",
  ]);
  assert.deepEqual(at("estate.backends[0].models.assistant", { backends: [local, vllm] }), []);
});

test("the gravest come first", () => {
  const severities = notes({ backends: [local, frankfurt], charter: { acceptedRisks: [] }, estate: { parties: [{ ...stadtwerke, until: "2026-12-01" }] } }).map(
    ({ severity }) => severity,
  );
  assert.deepEqual(severities, ["error", ...severities.filter((severity) => severity === "warning"), ...severities.filter((severity) => severity === "info")]);
  assert.deepEqual(new Set(severities).size, 3);
});
