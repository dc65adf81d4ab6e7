import { digest, type Json, ok, type Result } from "#kernel";
import type { Model, Party } from "#registry";
import type { Backend, CredentialReference, Estate, ServedModel, Site } from "../estate.ts";
import type { FileFault } from "../faults.ts";
import { checkEstateRules } from "./estate-rules.ts";
import { type EstateContent, estateSchema } from "./estate-schema.ts";
import { bytes, milliseconds, tokenCount } from "./measures.ts";
import { canonicalNetwork } from "./networks.ts";
import { type ParsedFile, readChecked } from "./parse.ts";

export interface ParsedEstate extends ParsedFile {
  readonly estate: Estate;
}

/** Reads the text of an `estate.yaml`. All faults at once, in file order; among them warnings where there are errors too. */
export function parseEstate(text: string, file: string): Result<ParsedEstate, readonly FileFault[]> {
  const read = readChecked(text, file, estateSchema, checkEstateRules);
  if (!read.ok) return read;
  const { content, written, warnings, locate, locateKey } = read.value;
  return ok({ estate: estateOf(content, digest(written as Json)), file, warnings, locate, locateKey });
}

type BackendContent = EstateContent["backends"][number];
type ServedContent = BackendContent["models"][string];

function estateOf(content: EstateContent, fingerprint: string): Estate {
  return {
    environment: content.environment,
    trustedProxies: content["trusted-proxies"].map(canonicalNetwork),
    ...(content.geoip === undefined ? {} : { geoip: content.geoip }),
    parties: Object.entries(content.parties).map(([id, party]) => partyOf(id, party)),
    models: Object.entries(content.models).map(([id, model]) => modelOf(id, model)),
    sites: Object.entries(content.sites).map(([name, site]): Site => ({ name, ...site })),
    backends: content.backends.map(backendOf),
    stores: content.stores,
    telemetry: content.telemetry,
    limits: { body: measured(bytes(content.limits.body)) },
    digest: fingerprint,
  };
}

function partyOf(id: string, party: EstateContent["parties"][string]): Party {
  return {
    id,
    name: party.name,
    country: party.country,
    parent: party.parent,
    self: party.self ?? false,
    holders: party.holders ?? [],
    reach: party.reach ?? [],
    ...provenanceOf(party),
  };
}

function modelOf(id: string, model: EstateContent["models"][string]): Model {
  return {
    id,
    name: model.name ?? id,
    developer: model.developer,
    ...(model["co-developers"] === undefined ? {} : { coDevelopers: model["co-developers"] }),
    licence: model.licence,
    weights: model.weights,
    basedOn: model["based-on"] ?? [],
    ...provenanceOf(model),
  };
}

type Written = EstateContent["parties"][string] | EstateContent["models"][string];

const provenanceOf = (facts: Written) => ({ source: facts.source ?? "estate", asOf: facts["as-of"], until: facts.until, note: facts.note });

function backendOf(backend: BackendContent): Backend {
  const inProcess = backend.engine === "llama.cpp";
  return {
    name: backend.name,
    engine: backend.engine,
    ...(backend.url === undefined ? {} : { url: new URL(backend.url) }),
    ...(backend.site === undefined ? {} : { site: backend.site }),
    ...(backend.operator === undefined ? {} : { operator: backend.operator }),
    ...(backend["located-in"] === undefined ? {} : { locatedIn: backend["located-in"] }),
    ...(backend.hardware === undefined ? {} : { hardware: backend.hardware }),
    ...(backend.credential === undefined ? {} : { credential: credentialOf(backend.credential) }),
    models: Object.entries(backend.models).map(([name, served]) => servedModelOf(name, served)),
    timeouts: {
      connect: measured(milliseconds(backend.timeouts?.connect ?? "5s")),
      firstByte: measured(milliseconds(backend.timeouts?.["first-byte"] ?? "120s")),
      betweenChunks: measured(milliseconds(backend.timeouts?.["between-chunks"] ?? "60s")),
    },
    limits: {
      concurrency: backend.limits?.concurrency ?? (inProcess ? 1 : 64),
      queue: backend.limits?.queue ?? (inProcess ? 64 : 128),
      queueTimeout: measured(milliseconds(backend.limits?.["queue-timeout"] ?? "30s")),
    },
    retries: backend.retries,
    tls: backend.tls ?? {},
  };
}

function servedModelOf(name: string, served: ServedContent): ServedModel {
  const { price } = served;
  return {
    name,
    servedAs: served["served-as"] ?? name,
    ...(served.model === undefined ? {} : { model: served.model }),
    ...(served.weights === undefined ? {} : { weights: served.weights }),
    ...(served["served-by"] === undefined ? {} : { servedBy: served["served-by"] }),
    ...(served["located-in"] === undefined ? {} : { locatedIn: served["located-in"] }),
    ...(price === undefined ? {} : { price: { ...price, per: measured(tokenCount(price.per)) } }),
    ...(served.operations === undefined ? {} : { operations: served.operations }),
    ...(served.context === undefined ? {} : { context: served.context }),
  };
}

function credentialOf(reference: string): CredentialReference {
  const colon = reference.indexOf(":");
  return { kind: reference.slice(0, colon) as CredentialReference["kind"], name: reference.slice(colon + 1) };
}

/** The schema has already refused what is no measure. */
function measured(value: number | undefined): number {
  if (value === undefined) throw new Error("the schema let an unreadable measure pass");
  return value;
}
