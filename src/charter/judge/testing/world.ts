import { mintDecisionId } from "#kernel";
import type { CountryGroup, Model, Party, Registry, Service } from "#registry";
import type { Charter, Zone } from "../../charter.ts";
import type { Facts } from "../../decision.ts";
import type { Backend, Estate, ServedModel, Site } from "../../estate.ts";

/** Small charters, estates and registries for tests: each builder gives a complete row, the test says what is different. */

const dated = { source: "test", asOf: "2026-11-01", until: undefined } as const;

export const party = (id: string, country: string | undefined, rest: Partial<Party> = {}): Party => ({
  ...dated,
  id,
  name: id,
  country,
  parent: "none",
  self: false,
  holders: [],
  reach: [],
  note: undefined,
  ...rest,
});

export const model = (id: string, developer: string | undefined, rest: Partial<Model> = {}): Model => ({
  ...dated,
  id,
  name: id,
  developer,
  licence: undefined,
  weights: "open",
  basedOn: [],
  note: undefined,
  ...rest,
});

export const service = (id: string, operator: string, hosts: readonly string[], rest: Partial<Service> = {}): Service => ({
  ...dated,
  id,
  name: id,
  operator,
  hosts,
  baseUrl: undefined,
  locatedIn: undefined,
  exceptions: [],
  note: undefined,
  ...rest,
});

export const group = (id: string, members: readonly string[], rest: Partial<CountryGroup> = {}): CountryGroup => ({ ...dated, id, name: id, members, ...rest });

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row.id, row]));

export const registryOf = (rows: {
  readonly parties?: readonly Party[];
  readonly models?: readonly Model[];
  readonly services?: readonly Service[];
  readonly groups?: readonly CountryGroup[];
}): Registry => ({
  parties: byId(rows.parties ?? []),
  models: byId(rows.models ?? []),
  services: byId(rows.services ?? []),
  laws: new Map(),
  groups: byId(rows.groups ?? []),
});

/** The parties, models and services that most tests need. */
export const registry: Registry = registryOf({
  groups: [group("EEA", ["DE", "FR", "NL", "IE", "FI", "AT"]), group("ADEQUATE", ["GB", "CH"], { until: "2027-03-31" })],
  parties: [
    party("mistral", "FR"),
    party("hetzner", "DE"),
    party("amazon", "US", { name: "Amazon.com" }),
    party("aws", "DE", { name: "AWS Germany", parent: "amazon" }),
    party("jina", "DE", { parent: "elastic" }),
    party("elastic", "NL", { reach: [{ country: "US", reason: "run from the US" }] }),
    party("microsoft", "US"),
    party("t-systems", "DE"),
    party("nvidia", "US"),
    party("amd", "US"),
    party("openchip", "DE"),
    party("deepseek", "CN"),
    party("meta", "US"),
    party("silo", "FI", { parent: "amd" }),
    party("civo", "GB", { parent: undefined }),
    party("undated", "DE", { asOf: undefined }),
    party("stale", "DE", { until: "2026-12-31" }),
    party("freehold", "DE"),
  ],
  models: [
    model("mistral-small", "mistral"),
    model("deepseek-v3", "deepseek"),
    model("llama", "meta"),
    model("poro", "silo", { basedOn: ["llama"] }),
    model("orphan", undefined),
    model("freehold-demo", "freehold"),
  ],
  services: [
    service("aws-bedrock", "amazon", ["*.amazonaws.com"]),
    service("hetzner-inference", "hetzner", ["inference.hetzner.example"], { locatedIn: ["DE"] }),
    service("llmhub", "t-systems", ["llmhub.example"], {
      locatedIn: ["DE"],
      exceptions: [
        { match: "gpt-*", servedBy: "microsoft", locatedIn: undefined, note: "OpenAI model on Azure" },
        { match: "claude-*", servedBy: undefined, locatedIn: ["DE"], note: "not confirmed" },
      ],
    }),
    service("faded", "hetzner", ["faded.example"], { locatedIn: ["DE"], until: "2026-12-31" }),
  ],
});

export const serves = (name: string, rest: Partial<ServedModel> = {}): ServedModel => ({ name, servedAs: name, model: "mistral-small", ...rest });

export const backend = (name: string, rest: Partial<Backend> = {}): Backend => ({
  name,
  engine: "openai",
  hardware: [],
  models: [serves("assistant")],
  timeouts: { connect: 1000, firstByte: 1000, betweenChunks: 1000 },
  limits: { concurrency: 1, queue: 1, queueTimeout: 1000 },
  retries: 0,
  tls: {},
  ...rest,
});

export const keller: Site = { name: "keller", country: "DE", operator: "stadtwerke" };

export const stadtwerke = party("stadtwerke", "DE", { self: true });

export const estateOf = (backends: readonly Backend[], rest: Partial<Estate> = {}): Estate => ({
  environment: "test",
  trustedProxies: [],
  parties: [stadtwerke],
  models: [],
  sites: [keller],
  backends,
  stores: [],
  telemetry: [],
  limits: { body: 1_000_000 },
  digest: "sha256:estate",
  ...rest,
});

export const own: Zone = { name: "own", operatedBy: ["self"] };
export const european: Zone = { name: "european", locatedIn: ["EEA"], compellableBy: ["EEA"] };

/** The charter of the contract's own example. */
export const charterOf = (rest: Partial<Charter> = {}): Charter => ({
  organisation: { name: "Stadtwerke Musterstadt", country: "DE" },
  jurisdictions: [
    { name: "eu", law: "eu-gdpr", peopleIn: ["EEA"], processIn: ["EEA"] },
    { name: "uk", law: "uk-gdpr", peopleIn: ["GB"], processIn: ["GB"] },
  ],
  unknownOrigin: "refuse",
  zones: [own, european],
  data: {
    public: { mayGoTo: ["own", "european"] },
    pseudonymised: { mayGoTo: ["own", "european"] },
    sensitive: { mayGoTo: ["own"], orAfter: "pseudonymise" },
    secret: { mayGoTo: [] },
  },
  unreadable: "sensitive",
  provenance: { models: { developedIn: ["EEA", "CH"] }, hardware: { madeBy: ["EEA"] } },
  acceptedRisks: [{ id: "nvidia", concerns: "hardware:nvidia", reason: "No European accelerator serves this yet.", acceptedBy: "CISO", until: "2027-06-30" }],
  ledger: { beforeEgress: true, keep: "13 months" },
  content: { keep: "none" },
  recovery: {},
  digest: "sha256:charter",
  ...rest,
});

export const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** A public request from Germany on 20 November 2026. */
export const factsOf = (rest: Partial<Facts> = {}): Facts => {
  const now = rest.now ?? noon("2026-11-20");
  return { id: mintDecisionId(now), now, model: "assistant", origin: "DE", declared: undefined, detected: [], tenant: { id: "t1" }, ...rest };
};

/** The backends of the contract's example, and a German region of a US-owned cloud. */
export const local = backend("local", { engine: "llama.cpp", site: "keller", models: [{ name: "assistant", servedAs: "assistant", weights: "builtin:demo" }] });
export const vllm = backend("vllm", { url: new URL("http://10.0.0.7:8000/v1"), site: "keller", hardware: ["nvidia"] });
export const mistral = backend("mistral", { url: new URL("https://api.mistral.ai/v1"), operator: "mistral", locatedIn: ["FR"], hardware: ["nvidia"] });
export const frankfurt = backend("frankfurt", { operator: "aws", locatedIn: ["DE"] });
