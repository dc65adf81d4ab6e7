import assert from "node:assert/strict";
import { test } from "node:test";
import type { AcceptedRisk, Charter } from "../charter.ts";
import type { Decision, Facts, TenantRules } from "../decision.ts";
import type { Backend, Estate } from "../estate.ts";
import { judge } from "./judge.ts";
import { compile } from "./rulebook.ts";
import {
  backend,
  charterOf,
  estateOf,
  european,
  factsOf,
  frankfurt,
  local,
  mistral,
  model,
  noon,
  own,
  party,
  registry,
  serves,
  vllm,
} from "./testing/world.ts";

interface Row {
  readonly charter?: Partial<Charter>;
  readonly estate?: Partial<Estate>;
  readonly backends: readonly Backend[];
  readonly facts?: Partial<Facts>;
}

/** The verdict, the permitted backends, and the codes of the reasons of every refused one. */
function summary({ verdict, code, transform, backends, considered }: Decision): string {
  const head = verdict === "allow" ? ["allow", ...(transform === "none" ? [] : [transform]), ...backends].join(" ") : `refuse ${code}`;
  return [
    head,
    ...considered.filter(({ permitted }) => !permitted).map(({ backend: name, reasons }) => `${name}: ${reasons.map((reason) => reason.code).join(" ")}`),
  ].join(" | ");
}

const decide = ({ charter, estate, backends, facts }: Row): Decision =>
  judge(compile(charterOf(charter), estateOf(backends, estate), registry), factsOf(facts));

const civo = backend("civo", { operator: "civo", locatedIn: ["GB"] });
const repeated = model("mistral-small", "mistral", { asOf: undefined, source: "" });
const at = (url: string, rest: Partial<Backend> = {}): Backend => backend("host", { url: new URL(url), ...rest });
const serving = (rest: Parameters<typeof serves>[1]): Backend => backend("b", { operator: "hetzner", locatedIn: ["DE"], models: [serves("assistant", rest)] });
const risk = (concerns: string, until = "2027-06-30"): AcceptedRisk => ({ id: `risk-${concerns}`, concerns, reason: "test", acceptedBy: "CISO", until });
const found = (type: string, dataClass: Decision["class"], rest: { replaceable?: boolean } = {}) => ({ type, count: 1, class: dataClass, ...rest });
const tenant = (rest: Partial<TenantRules>): { tenant: TenantRules } => ({ tenant: { id: "t1", ...rest } });
const data = (rest: Partial<Charter["data"]>): { data: Charter["data"] } => ({ data: { ...charterOf().data, ...rest } });
const zone = (conditions: Omit<Charter["zones"][number], "name">): Partial<Charter> => ({
  zones: [{ name: "z", ...conditions }],
  ...data({ public: { mayGoTo: ["z"] } }),
});
const world = { name: "world", law: "none", peopleIn: ["ANY"], processIn: ["ANY"] };
const everywhere: Partial<Charter> = { jurisdictions: [world], provenance: {}, ...zone({ locatedIn: ["ANY"] }) };
const noProvenance: Partial<Charter> = { provenance: {} };

const table: readonly (readonly [title: string, row: Row, expected: string])[] = [
  // The contract's own example
  ["public text goes to every permitted backend in the estate's order", { backends: [mistral, local, vllm] }, "allow mistral local vllm"],
  ["sensitive text that was declared stays in the house", { backends: [local, mistral], facts: { declared: "sensitive" } }, "allow local | mistral: zone"],
  ["a German region of a US-owned cloud is compellable by the US", { backends: [frankfurt] }, "refuse no_permitted_backend | frankfurt: zone zone"],
  ["the nvidia risk holds to the end of its last day", { backends: [mistral], facts: { now: Date.parse("2027-06-30T23:59:59.999Z") } }, "allow mistral"],
  [
    "the nvidia risk is over on the day after",
    { backends: [mistral], facts: { now: Date.parse("2027-07-01T00:00:00Z") } },
    "refuse no_permitted_backend | mistral: expired",
  ],

  // Origin and jurisdiction
  ["people in the UK are not processed in the EEA", { backends: [mistral], facts: { origin: "GB" } }, "refuse no_permitted_backend | mistral: jurisdiction"],
  ["people in the EEA are not processed in the UK", { backends: [civo], charter: noProvenance }, "refuse no_permitted_backend | civo: jurisdiction zone zone"],
  ["an unknown origin is refused", { backends: [local], facts: { origin: undefined } }, "refuse unknown_origin | local: jurisdiction"],
  ["an origin in no jurisdiction is refused", { backends: [local], facts: { origin: "US" } }, "refuse unknown_origin | local: jurisdiction"],
  ["an unknown origin may be given a jurisdiction", { backends: [local], charter: { unknownOrigin: "eu" }, facts: { origin: undefined } }, "allow local"],
  [
    "an unknown origin that is given a jurisdiction gets its rules",
    { backends: [mistral], charter: { unknownOrigin: "uk" }, facts: { origin: "US" } },
    "refuse no_permitted_backend | mistral: jurisdiction",
  ],
  [
    "unknown-origin that names no jurisdiction refuses",
    { backends: [local], charter: { unknownOrigin: "moon" }, facts: { origin: undefined } },
    "refuse unknown_origin | local: jurisdiction",
  ],
  ["an origin that is no country code is unknown", { backends: [local], facts: { origin: "__proto__" } }, "refuse unknown_origin | local: jurisdiction"],
  ["a lower-case origin is unknown", { backends: [local], facts: { origin: "de" } }, "refuse unknown_origin | local: jurisdiction"],
  ["people-in [ANY] admits every country", { backends: [frankfurt], charter: everywhere, facts: { origin: "BR" } }, "allow frankfurt"],
  [
    "people-in [ANY] does not lift the refusal of unknown origins",
    { backends: [frankfurt], charter: everywhere, facts: { origin: undefined } },
    "refuse unknown_origin | frankfurt: jurisdiction",
  ],
  [
    "the first jurisdiction that holds the origin has it",
    { backends: [frankfurt], charter: { ...everywhere, jurisdictions: [{ ...world, name: "strict", processIn: ["FR"] }, world] } },
    "refuse no_permitted_backend | frankfurt: jurisdiction",
  ],
  [
    "a backend in two countries needs both inside process-in",
    { backends: [backend("b", { operator: "hetzner", locatedIn: ["DE", "US"] })] },
    "refuse no_permitted_backend | b: jurisdiction zone zone",
  ],

  // Class
  [
    "a finding raises the class",
    { backends: [local, mistral], facts: { detected: [found("iban", "sensitive")], declared: "public" } },
    "allow local | mistral: zone",
  ],
  [
    "a declaration does not lower what was found",
    { backends: [vllm], facts: { detected: [found("token", "secret")], declared: "public" } },
    "refuse secret_detected | vllm: zone",
  ],
  ["a secret that was only declared is no secret detected", { backends: [local], facts: { declared: "secret" } }, "refuse no_permitted_backend | local: zone"],
  ["the tenant's floor raises the class", { backends: [local, mistral], facts: tenant({ floor: "sensitive" }) }, "allow local | mistral: zone"],
  [
    "a floor below what was declared changes nothing",
    { backends: [mistral, local], facts: { declared: "sensitive", ...tenant({ floor: "public" }) } },
    "allow local | mistral: zone",
  ],
  [
    "a secret may leave where the charter says so",
    { backends: [local], charter: data({ secret: { mayGoTo: ["own"] } }), facts: { detected: [found("token", "secret")] } },
    "allow local",
  ],

  // Models and entitlement
  ["a model that nobody serves", { backends: [local], facts: { model: "gpt-9" } }, "refuse model_not_found"],
  ["a model whose name every object has", { backends: [local], facts: { model: "__proto__" } }, "refuse model_not_found"],
  ["a model with an empty name", { backends: [local], facts: { model: "" } }, "refuse model_not_found"],
  ["a key that may not use the model", { backends: [local], facts: { entitled: ["other"] } }, "refuse not_entitled | local: tenant"],
  ["a key that may use no model", { backends: [local], facts: { entitled: [] } }, "refuse not_entitled | local: tenant"],
  ["a tenant that may not use the model", { backends: [local], facts: tenant({ models: ["other"] }) }, "refuse not_entitled | local: tenant"],
  ["a key and a tenant that both may", { backends: [local], facts: { entitled: ["assistant"], ...tenant({ models: ["assistant"] }) } }, "allow local"],
  [
    "a key does not widen its tenant",
    { backends: [local], facts: { entitled: ["assistant"], ...tenant({ models: [] }) } },
    "refuse not_entitled | local: tenant",
  ],
  ["no model goes before an unknown origin", { backends: [local], facts: { model: "gpt-9", origin: undefined } }, "refuse model_not_found"],
  [
    "a backend that cannot do the operation",
    { backends: [serving({ operations: ["embeddings"] })], facts: { operation: "chat/completions" } },
    "refuse no_permitted_backend | b: operation",
  ],
  ["a backend that can do the operation", { backends: [serving({ operations: ["embeddings"] })], facts: { operation: "embeddings" } }, "allow b"],
  ["a question about no operation", { backends: [serving({ operations: ["embeddings"] })] }, "allow b"],

  // Who operates it, and who stands behind the host
  ["a known host is operated by whom the registry knows", { backends: [at("https://inference.hetzner.example/v1")] }, "allow host"],
  [
    "a final dot in the host hides nothing",
    { backends: [at("https://runtime.amazonaws.com./v1", { operator: "hetzner", locatedIn: ["DE"] })] },
    "refuse no_permitted_backend | host: zone zone",
  ],
  [
    "a brand in the estate does not launder a host",
    { backends: [at("https://runtime.amazonaws.com/v1", { operator: "hetzner", locatedIn: ["DE"] })] },
    "refuse no_permitted_backend | host: zone zone",
  ],
  [
    "a site does not launder a host",
    { backends: [at("https://runtime.amazonaws.com/v1", { site: "keller" })] },
    "refuse no_permitted_backend | host: zone zone",
  ],
  [
    "a private address without site or operator is unknown",
    { backends: [at("http://127.0.0.1:8000/v1")] },
    "refuse no_permitted_backend | host: unknown_fact unknown_fact unknown_fact",
  ],
  [
    "an unknown host with an operator but no place is unknown",
    { backends: [at("https://api.example.net/v1", { operator: "hetzner" })] },
    "refuse no_permitted_backend | host: unknown_fact zone unknown_fact",
  ],
  [
    "a lapsed registry entry on the host is unknown",
    { backends: [at("https://faded.example/v1")], facts: { now: noon("2027-01-01") } },
    "refuse no_permitted_backend | host: unknown_fact zone unknown_fact",
  ],
  [
    "a lapsed registry entry is no matter where the estate says it itself",
    { backends: [at("https://faded.example/v1", { operator: "hetzner", locatedIn: ["DE"] })], facts: { now: noon("2027-01-01") } },
    "allow host",
  ],
  [
    "an operator that nobody knows",
    { backends: [backend("b", { operator: "ghost", locatedIn: ["DE"] })] },
    "refuse no_permitted_backend | b: zone unknown_fact",
  ],
  [
    "an operator whose owner is unknown",
    { backends: [civo], charter: { ...noProvenance, jurisdictions: [world] } },
    "refuse no_permitted_backend | civo: zone zone",
  ],
  [
    "an operator whose facts have no date",
    { backends: [backend("b", { operator: "undated", locatedIn: ["DE"] })] },
    "refuse no_permitted_backend | b: zone unknown_fact",
  ],
  ["an operator whose facts still hold", { backends: [backend("b", { operator: "stale", locatedIn: ["DE"] })], facts: { now: noon("2026-12-31") } }, "allow b"],
  [
    "an operator whose facts are over",
    { backends: [backend("b", { operator: "stale", locatedIn: ["DE"] })], facts: { now: noon("2027-01-01") } },
    "refuse no_permitted_backend | b: zone unknown_fact",
  ],
  ["an owner's further reach counts", { backends: [backend("b", { operator: "jina", locatedIn: ["DE"] })] }, "refuse no_permitted_backend | b: zone zone"],
  [
    "a site that is not in the estate",
    { backends: [backend("b", { site: "ghost" })] },
    "refuse no_permitted_backend | b: unknown_fact unknown_fact unknown_fact",
  ],
  [
    "a site that is not in the estate, though the rest is said",
    { backends: [backend("b", { site: "ghost", operator: "hetzner", locatedIn: ["DE"] })] },
    "refuse no_permitted_backend | b: zone unknown_fact",
  ],
  ["two backends of one name", { backends: [local, local] }, "refuse no_permitted_backend | local: unknown_fact | local: unknown_fact"],
  [
    "an own site run by somebody else is not own",
    { backends: [backend("b", { site: "keller", operator: "hetzner" })], facts: { declared: "sensitive" } },
    "refuse no_permitted_backend | b: zone transform",
  ],
  [
    "an own party without a date is not known to be own",
    { backends: [local], estate: { parties: [party("stadtwerke", "DE", { self: true, asOf: undefined })] } },
    "refuse no_permitted_backend | local: unknown_fact unknown_fact",
  ],

  // Who really serves it, model by model
  ["served-by of one model counts for that model", { backends: [serving({ servedBy: "microsoft" })] }, "refuse no_permitted_backend | b: zone zone"],
  [
    "located-in of one model goes before the backend's",
    { backends: [serving({ locatedIn: ["US"] })] },
    "refuse no_permitted_backend | b: jurisdiction zone zone",
  ],
  [
    "a model that the registry knows to be served by others",
    { backends: [at("https://llmhub.example/v2", { models: [serves("assistant", { servedAs: "gpt-5" })] })] },
    "refuse no_permitted_backend | host: unknown_fact zone zone",
  ],
  ["the same hub with a model of its own", { backends: [at("https://llmhub.example/v2")] }, "allow host"],
  [
    "an estate's located-in for the hub does not reach the exception",
    { backends: [at("https://llmhub.example/v2", { operator: "t-systems", locatedIn: ["DE"], models: [serves("assistant", { servedAs: "gpt-5" })] })] },
    "refuse no_permitted_backend | host: unknown_fact zone zone",
  ],
  [
    "an exception that does not say who serves it is unknown",
    { backends: [at("https://llmhub.example/v2", { models: [serves("assistant", { servedAs: "claude-5" })] })] },
    "refuse no_permitted_backend | host: zone unknown_fact",
  ],
  [
    "an estate that says it for the very model is believed",
    { backends: [at("https://llmhub.example/v2", { models: [serves("assistant", { servedAs: "claude-5", servedBy: "hetzner" })] })] },
    "allow host",
  ],

  // Zones
  ["a zone by location alone", { backends: [frankfurt], charter: zone({ locatedIn: ["EEA"] }) }, "allow frankfurt"],
  ["a zone by operator alone", { backends: [frankfurt], charter: zone({ operatedBy: ["aws"] }) }, "allow frankfurt"],
  [
    "every condition of a zone must hold",
    { backends: [frankfurt], charter: zone({ operatedBy: ["aws"], compellableBy: ["EEA"] }) },
    "refuse no_permitted_backend | frankfurt: zone",
  ],
  [
    "one zone of several is enough",
    {
      backends: [frankfurt],
      charter: { zones: [own, european, { name: "z", operatedBy: ["aws"] }], ...data({ public: { mayGoTo: ["own", "european", "z"] } }) },
    },
    "allow frankfurt",
  ],
  [
    "ANY admits unknown compellability",
    { backends: [backend("b", { operator: "ghost", locatedIn: ["DE"] })], charter: zone({ compellableBy: ["ANY"] }) },
    "allow b",
  ],
  ["ANY admits an unknown place", { backends: [at("http://10.0.0.9/v1")], charter: everywhere }, "allow host"],
  ["a zone without conditions matches nothing", { backends: [local], charter: zone({}) }, "refuse no_permitted_backend | local: zone"],
  [
    "a zone that the charter does not define",
    { backends: [local], charter: data({ public: { mayGoTo: ["ghost"] } }) },
    "refuse no_permitted_backend | local: unknown_fact",
  ],
  [
    "a country group admits its members while its entry holds",
    { backends: [backend("b", { operator: "hetzner", locatedIn: ["CH"] })], charter: { jurisdictions: [world], ...zone({ locatedIn: ["ADEQUATE"] }) } },
    "allow b",
  ],
  [
    "a country group whose entry is over makes its members unknown",
    {
      backends: [backend("b", { operator: "hetzner", locatedIn: ["CH"] })],
      charter: { jurisdictions: [world], ...zone({ locatedIn: ["ADEQUATE"] }) },
      facts: { now: noon("2027-04-01") },
    },
    "refuse no_permitted_backend | b: unknown_fact",
  ],

  // Provenance and accepted risks
  ["weights from outside", { backends: [serving({ model: "deepseek-v3" })] }, "refuse no_permitted_backend | b: provenance"],
  [
    "weights from outside under an accepted risk for the model",
    { backends: [serving({ model: "deepseek-v3" })], charter: { acceptedRisks: [risk("model:deepseek-v3")] } },
    "allow b",
  ],
  [
    "weights from outside under an accepted risk for the developer",
    { backends: [serving({ model: "deepseek-v3" })], charter: { acceptedRisks: [risk("developer:deepseek")] } },
    "allow b",
  ],
  [
    "a risk about hardware does not cover weights",
    { backends: [serving({ model: "deepseek-v3" })], charter: { acceptedRisks: [risk("hardware:deepseek")] } },
    "refuse no_permitted_backend | b: provenance",
  ],
  [
    "a risk whose last day is no day never holds",
    { backends: [serving({ model: "deepseek-v3" })], charter: { acceptedRisks: [risk("model:deepseek-v3", "never")] } },
    "refuse no_permitted_backend | b: expired",
  ],
  ["weights based on weights from outside", { backends: [serving({ model: "poro" })] }, "refuse no_permitted_backend | b: provenance"],
  [
    "a risk about the base covers what was made from it",
    { backends: [serving({ model: "poro" })], charter: { acceptedRisks: [risk("developer:meta")] } },
    "allow b",
  ],
  [
    "a risk about a model covers what it was made from",
    { backends: [serving({ model: "poro" })], charter: { acceptedRisks: [risk("model:poro")] } },
    "allow b",
  ],
  ["weights that the estate does not name", { backends: [serving({ model: undefined as never })] }, "refuse no_permitted_backend | b: unknown_fact"],
  ["weights that nobody knows", { backends: [serving({ model: "ghost" })] }, "refuse no_permitted_backend | b: unknown_fact"],
  [
    "weights of an unknown developer are not covered by a risk",
    { backends: [serving({ model: "orphan" })], charter: { acceptedRisks: [risk("model:orphan")] } },
    "refuse no_permitted_backend | b: unknown_fact",
  ],
  [
    "developed-in [ANY] admits unknown weights",
    { backends: [serving({ model: "ghost" })], charter: { provenance: { models: { developedIn: ["ANY"] } } } },
    "allow b",
  ],
  [
    "a remote backend cannot claim the built-in weights",
    { backends: [serving({ model: undefined as never, weights: "builtin:demo" })] },
    "refuse no_permitted_backend | b: unknown_fact",
  ],
  [
    "an estate that repeats a shipped fact without a date leaves the shipped date in force",
    { backends: [mistral], estate: { models: [repeated] } },
    "allow mistral",
  ],
  [
    "an estate that says something else without a date makes it unknown",
    { backends: [mistral], estate: { models: [{ ...repeated, developer: "hetzner" }] } },
    "refuse no_permitted_backend | mistral: unknown_fact",
  ],
  [
    "an estate that says something else with a date overrides",
    { backends: [mistral], estate: { models: [{ ...repeated, asOf: "2026-11-01", developer: "deepseek" }] } },
    "refuse no_permitted_backend | mistral: provenance",
  ],
  ["no accelerators need no risk", { backends: [local], charter: { acceptedRisks: [] } }, "allow local"],
  [
    "accelerators that the estate does not name",
    { backends: [backend("b", { site: "keller", hardware: undefined as never })] },
    "refuse no_permitted_backend | b: unknown_fact",
  ],
  [
    "accelerators of an unknown maker are not covered by a risk",
    { backends: [backend("b", { site: "keller", hardware: ["ghost"] })], charter: { acceptedRisks: [risk("hardware:ghost")] } },
    "refuse no_permitted_backend | b: unknown_fact",
  ],
  [
    "a risk about one maker does not cover another",
    { backends: [backend("b", { site: "keller", hardware: ["nvidia", "amd"] })] },
    "refuse no_permitted_backend | b: provenance",
  ],
  ["a maker from inside", { backends: [backend("b", { site: "keller", hardware: ["openchip"] })] }, "allow b"],
  [
    "no rule on hardware asks for no fact",
    { backends: [backend("b", { site: "keller", hardware: undefined as never })], charter: { provenance: {} } },
    "allow b",
  ],

  // Tenants
  ["a tenant closes a zone", { backends: [local, mistral], facts: tenant({ mayGoTo: { public: ["own"] } }) }, "allow local | mistral: zone tenant"],
  ["a tenant closes every zone", { backends: [local], facts: tenant({ mayGoTo: { public: [] } }) }, "refuse no_permitted_backend | local: tenant tenant"],
  ["a tenant's zones for another class do not matter", { backends: [local], facts: tenant({ mayGoTo: { sensitive: [] } }) }, "allow local"],
  [
    "a tenant cannot open a zone",
    { backends: [mistral], facts: { declared: "sensitive", ...tenant({ mayGoTo: { sensitive: ["own", "european"] } }) } },
    "refuse no_permitted_backend | mistral: zone transform",
  ],

  // Or after pseudonymising
  [
    "sensitive by findings goes out pseudonymised where nothing else may answer",
    { backends: [mistral], facts: { detected: [found("email", "sensitive")] } },
    "allow pseudonymise mistral",
  ],
  [
    "no pseudonymising where something may see the text as it is",
    { backends: [mistral, local], facts: { detected: [found("email", "sensitive")] } },
    "allow local | mistral: zone",
  ],
  [
    "declared sensitive is not pseudonymised",
    { backends: [mistral], facts: { declared: "sensitive", detected: [found("email", "sensitive")] } },
    "refuse no_permitted_backend | mistral: zone transform",
  ],
  [
    "declared pseudonymised does not stand in the way",
    { backends: [mistral], facts: { declared: "pseudonymised", detected: [found("email", "sensitive")] } },
    "allow pseudonymise mistral",
  ],
  [
    "declared sensitive is pseudonymised where the charter says even then",
    { backends: [mistral], charter: data({ sensitive: { mayGoTo: ["own"], orAfter: "pseudonymise-even-if-declared" } }), facts: { declared: "sensitive" } },
    "allow pseudonymise mistral",
  ],
  [
    "a tenant's floor stays even then",
    {
      backends: [mistral],
      charter: data({ sensitive: { mayGoTo: ["own"], orAfter: "pseudonymise-even-if-declared" } }),
      facts: tenant({ floor: "sensitive" }),
    },
    "refuse no_permitted_backend | mistral: zone transform",
  ],
  [
    "a finding that cannot be replaced is not sent",
    { backends: [mistral], facts: { detected: [found("email", "sensitive"), found("other", "sensitive", { replaceable: false })] } },
    "refuse no_permitted_backend | mistral: zone transform",
  ],
  [
    "a secret is never pseudonymised",
    { backends: [mistral], facts: { detected: [found("token", "secret"), found("email", "sensitive")] } },
    "refuse secret_detected | mistral: zone",
  ],
  [
    "without or-after nothing is pseudonymised",
    { backends: [mistral], charter: data({ sensitive: { mayGoTo: ["own"] } }), facts: { detected: [found("email", "sensitive")] } },
    "refuse no_permitted_backend | mistral: zone",
  ],
  [
    "what may not go out pseudonymised either gives both reasons",
    { backends: [frankfurt], facts: { detected: [found("email", "sensitive")] } },
    "refuse no_permitted_backend | frankfurt: zone zone zone",
  ],
  [
    "a tenant's zones for pseudonymised data bind the second judgement",
    { backends: [mistral], facts: { detected: [found("email", "sensitive")], ...tenant({ mayGoTo: { pseudonymised: ["own"] } }) } },
    "refuse no_permitted_backend | mistral: zone zone tenant",
  ],
];

for (const [title, row, expected] of table) test(title, () => assert.equal(summary(decide(row)), expected));

test("the table is a table", () => assert.ok(table.length >= 50));
