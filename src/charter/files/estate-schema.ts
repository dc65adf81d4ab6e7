import { z } from "zod";
import {
  backendUrl,
  countries,
  country,
  credential,
  currency,
  day,
  interval,
  modelId,
  modelName,
  name,
  network,
  partyId,
  pin,
  serviceUrl,
  size,
  timer,
  tokens,
  words,
} from "./fields.ts";

const provenance = {
  "as-of": day.describe("The day on which this was last known to be true; without it the facts count as unknown.").optional(),
  until: day.describe("The last day on which these facts may still be relied on.").optional(),
  source: words.describe("Where this was found.").optional(),
  note: words.describe("For the reader.").optional(),
};

const party = z
  .strictObject({
    name: words.describe("The legal person's name."),
    country: country.describe("Country of its seat; left out = unknown.").optional(),
    parent: partyId.describe("none, or the party that controls it; left out = unknown.").optional(),
    holders: z
      .array(
        z.strictObject({
          party: partyId.describe("Who holds the share."),
          share: z.number().min(0).max(100).describe("Percent; half or more counts like a parent."),
        }),
      )
      .describe("Shares that are on record.")
      .optional(),
    reach: z
      .array(z.strictObject({ country: country.describe("Whose authorities can compel it."), reason: words.describe("By which law or power.") }))
      .describe("Countries that can compel it beyond its own seat and its parents'.")
      .optional(),
    self: z.boolean().describe("True for the organisation that the charter belongs to.").optional(),
    ...provenance,
  })
  .describe("A legal person: an operator, an owner, a maker of chips, a developer of models.");

const site = z
  .strictObject({
    country: country.describe("Where it stands."),
    region: name.describe("A region inside the country, e.g. de-nw.").optional(),
    operator: partyId.describe("The party that runs it."),
  })
  .describe("A place where machines stand.");

const servedModel = z
  .strictObject({
    "served-as": modelName.describe("The name that the backend knows; left out = the name that clients use.").optional(),
    model: modelId.describe("The weights: an entry of models below, or of the registry; left out = provenance unknown.").optional(),
    weights: words.describe("For llama.cpp: builtin:demo, or the path of a GGUF file.").optional(),
    "served-by": partyId.describe("The party that really serves this model, where it is not the backend's operator.").optional(),
    "located-in": countries.describe("Where this model is really served, where it is not where the backend stands.").optional(),
    price: z
      .strictObject({
        input: z.number().min(0).describe("Price of the prompt's tokens."),
        output: z.number().min(0).default(0).describe("Price of the answer's tokens."),
        currency: currency.describe("ISO 4217, e.g. EUR."),
        per: tokens.default("1M").describe("The number of tokens that the price is for."),
      })
      .describe("Money per number of tokens.")
      .optional(),
    operations: z
      .array(z.enum(["chat/completions", "completions", "embeddings", "rerank"]))
      .min(1)
      .describe("What it can do; left out = all that the engine can.")
      .optional(),
    context: z.int().min(16).max(100_000_000).describe("Context length in tokens.").optional(),
  })
  .describe("One model as this backend serves it.");

const backend = z
  .strictObject({
    name: name.describe("Its name, once in the file; it appears in x-freehold-backend."),
    engine: z.enum(["openai", "llama.cpp"]).describe("openai = any OpenAI-compatible HTTP endpoint; llama.cpp = in this process."),
    url: backendUrl.describe("The base address of its API (engine openai).").optional(),
    site: name.describe("The site where it stands; gives its country and operator.").optional(),
    operator: partyId.describe("The party that operates it, where no site tells or another one does.").optional(),
    "located-in": countries.describe("Every country where it processes, where no site tells.").optional(),
    hardware: z.array(partyId).describe("Makers of its accelerators, as parties; [] = none; left out = unknown.").optional(),
    credential: credential.describe("Where its API key is read from.").optional(),
    models: z.record(modelName, servedModel).describe("The models that it serves, by the names that clients use."),
    timeouts: z
      .strictObject({
        connect: timer.default("5s").describe("To a connection, TLS included."),
        "first-byte": timer.default("120s").describe("From the request to the first byte of the answer."),
        "between-chunks": timer.default("60s").describe("Between two pieces of the answer."),
      })
      .describe("How long it may be silent.")
      .optional(),
    limits: z
      .strictObject({
        concurrency: z.int().min(1).max(100_000).describe("Requests at one time; default 64, for llama.cpp 1.").optional(),
        queue: z.int().min(0).max(1_000_000).describe("Requests that may wait; default 128, for llama.cpp 64.").optional(),
        "queue-timeout": timer.default("30s").describe("How long one may wait."),
      })
      .describe("How much it is asked at a time.")
      .optional(),
    retries: z.int().min(0).max(10).default(1).describe("Further attempts when it could not be reached, or answered 5xx before the first byte."),
    tls: z
      .strictObject({
        ca: words.describe("Path of a PEM file that replaces the system's certificate authorities.").optional(),
        pins: z.array(pin).min(1).describe("Digests of the accepted public keys, sha256/<base64>.").optional(),
      })
      .describe("What to trust beside the system's certificate authorities.")
      .optional(),
  })
  .describe("What answers.");

const model = z
  .strictObject({
    name: words.describe("Its name, for reports.").optional(),
    developer: partyId.describe("The party that made the weights; left out = unknown.").optional(),
    "co-developers": z.array(partyId).describe("Parties that made it together with the developer; each counts like it.").optional(),
    licence: words.describe("SPDX id or the licence's name.").optional(),
    weights: z.enum(["open", "closed"]).describe("Whether anyone may have the weights.").optional(),
    "based-on": z.array(modelId).describe("The models it was made from; their developers count too.").optional(),
    ...provenance,
  })
  .describe("Provenance of weights.");

const place = {
  site: name.describe("The site where it stands.").optional(),
  operator: partyId.describe("The party that operates it.").optional(),
  "located-in": countries.describe("Every country where it keeps or processes.").optional(),
  credential: credential.describe("Where its credential is read from.").optional(),
};

const store = z
  .strictObject({
    name: name.describe("Its name, once in the file."),
    kind: z.enum(["directory", "sftp", "s3", "webdav"]).describe("How it is reached."),
    path: words.describe("For a directory: its path.").optional(),
    url: serviceUrl.describe("For the others: its address.").optional(),
    bucket: words.describe("For s3: the bucket.").optional(),
    region: words.describe("For s3: the region's name.").optional(),
    "host-key": words.describe("For sftp: the server's public key.").optional(),
    ...place,
  })
  .describe("Where dumps are kept.");

const receiver = z
  .strictObject({
    name: name.describe("Its name, once in the file."),
    kind: z.enum(["otlp", "syslog", "webhook"]).describe("What it takes."),
    url: serviceUrl.describe("Its address."),
    events: z.array(words).describe("What it is told; left out = everything of its kind.").optional(),
    every: interval.describe("How often it is told, where it is told at intervals.").optional(),
    ...place,
  })
  .describe("A receiver of telemetry; judged like everything else that leaves.");

/** `estate.yaml`. What it takes and gives is the file's own content, with defaults filled in. */
export const estateSchema = z
  .strictObject({
    estate: z.literal(1).describe("Version of this format."),
    environment: name.default("production").describe("Which environment this is."),
    "trusted-proxies": z.array(network).default([]).describe("Networks (CIDR) whose x-freehold-origin is believed."),
    geoip: words.describe("Path of a MaxMind DB (MMDB) file with countries.").optional(),
    limits: z
      .strictObject({ body: size.default("32MB").describe("The largest request body.") })
      .default({ body: "32MB" })
      .describe("What a request may be."),
    parties: z.record(partyId, party).default({}).describe("Adds to, or overrides, the parties of the shipped registry."),
    sites: z.record(name, site).default({}).describe("Places where machines stand."),
    backends: z.array(backend).default([]).describe("What answers; a model may have several, tried in this order."),
    models: z.record(modelId, model).default({}).describe("Adds to, or overrides, the models of the shipped registry."),
    stores: z.array(store).default([]).describe("Where dumps are kept."),
    telemetry: z.array(receiver).default([]).describe("OTLP, syslog, webhooks: none unless named here."),
  })
  .meta({ title: "Freehold estate", description: "What exists: parties, sites, backends, models, stores and receivers of telemetry." });

/** The content of an estate as the schema gives it. */
export type EstateContent = z.output<typeof estateSchema>;
