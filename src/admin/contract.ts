import { z } from "zod";
import { isCountry } from "#registry";
import { findingTypes } from "./known-contract.ts";

const day = z.string().describe("RFC 3339, UTC");
const country = z
  .string()
  .refine(isCountry, "must be a country code of two capital letters (ISO 3166-1), such as DE, or GB for the United Kingdom")
  .describe("ISO 3166-1 alpha-2");
const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "must be 1 to 63 characters of a-z, 0-9, dot, dash and underscore, and begin with a letter or a digit")
  .describe("1 to 63 characters of a-z 0-9 . _ -");
const time = z.iso.datetime({ offset: true, error: "must be a time such as 2027-06-30T00:00:00Z (RFC 3339)" });
const count = (least: number) => z.coerce.number({ error: "must be a whole number" }).int("must be a whole number").min(least);
const dataClass = z.enum(["public", "pseudonymised", "sensitive", "secret"]);

/** Only upwards: no class is lower than the house's own. */
const classes = z
  .partialRecord(z.enum([...findingTypes, "other"]), z.enum(["pseudonymised", "sensitive", "secret"]))
  .describe("The least class of findings by their type; other is what cannot be read. Can only raise");

export const tenantClasses = z.strictObject({ classes: classes.default({}) });

export const keyInput = z.strictObject({
  tenant: name.default("default").describe("The tenant that the key belongs to"),
  label: z.string().max(200).default("").describe("What the key is for"),
  origin: country.optional().describe("Country of the people who use the key"),
  models: z.array(z.string().min(1).max(256)).min(1).optional().describe("The models that it may use; all where it is left out"),
  permissions: z
    .array(z.enum(["assert-origin", "admin"]))
    .default([])
    .describe("assert-origin: x-freehold-origin is believed; admin: the admin API is open"),
  expiresAt: time.optional().describe("When it ends by itself, RFC 3339"),
});

export const keyView = z.object({
  id: z.string().describe("Public id, key_…"),
  tenant: z.string(),
  label: z.string(),
  origin: z.string().nullable(),
  models: z.array(z.string()).nullable(),
  permissions: z.array(z.string()),
  createdAt: day,
  expiresAt: day.nullable(),
  revokedAt: day.nullable(),
  state: z.enum(["active", "expired", "revoked"]),
});

export const createdKey = z.object({ id: z.string(), key: z.string().describe("The key itself: shown once, never again"), tenant: z.string() });

export const tenantInput = z.strictObject({
  id: name,
  origin: country.optional().describe("Country of the tenant's people, where neither a header nor the key says"),
  floor: dataClass.optional().describe("No request of the tenant counts as a lower class"),
  models: z.array(z.string().min(1).max(256)).min(1).optional().describe("The models that its keys may use"),
  classes: classes.optional(),
  mayGoTo: z.partialRecord(dataClass, z.array(z.string())).optional().describe("Zones per class; can only narrow the charter's"),
});

export const modelInput = z.strictObject({
  name: name.describe("The name under which the estate refers to the file: weights: NAME"),
  path: z.string().min(1).describe("Absolute path of a GGUF file on the machine that serves"),
  licence: z.string().max(200).optional().describe("Licence of the weights; the file's own word where it is left out"),
  developer: z.string().max(200).optional().describe("Who developed the weights, as a party of the registry or the estate"),
});

export const modelView = z.object({
  name: z.string(),
  path: z.string(),
  sha256: z.string().describe("64 hexadecimal digits"),
  bytes: z.number(),
  licence: z.string().nullable(),
  developer: z.string().nullable(),
  addedAt: day,
});

export const explainInput = z.strictObject({
  model: z.string().min(1).max(256),
  origin: country.optional(),
  class: dataClass.optional(),
  tenant: z.string().optional(),
  text: z.string().optional().describe("Text to look into; it is not stored"),
  now: time.optional().describe("RFC 3339; decides as of then"),
});

/** Characters that one question may hold: what the detector reads in about a tenth of a second. */
const mostScanned = 1_000_000;

export const scanInput = z
  .strictObject({
    text: z.string().optional().describe("One text; it is neither stored nor logged"),
    texts: z.array(z.string()).min(1).max(1000).optional().describe("Several texts, in place of one"),
    tenant: z.string().optional().describe("With the values and classes that this tenant registered"),
  })
  .refine(({ text, texts }) => (text === undefined) !== (texts === undefined), "either text or texts is needed, and not both")
  .refine(
    ({ text = "", texts = [] }) => texts.reduce((sum, one) => sum + one.length, text.length) <= mostScanned,
    `at most ${mostScanned.toLocaleString("en")} characters at once; freehold scan reads files of any size`,
  );

const scanned = z.object({
  class: dataClass.describe("The highest class of the findings; public where there is none"),
  findings: z.array(
    z.object({
      type: z.string(),
      subtype: z.string().nullable().describe("The scheme, e.g. pl.pesel"),
      start: z.number().describe("UTF-16 code units"),
      end: z.number(),
      confidence: z.number(),
      rule: z.string(),
      class: dataClass,
      why: z.string().describe("Why it was taken for that; without any of the text"),
    }),
  ),
});

export const scanView = z.object({ class: dataClass.describe("The highest of all texts"), results: z.array(scanned).describe("One for each text, in order") });

/** RFC 3339, or a day alone, which begins at midnight UTC. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/, "a time as in 2026-11-20T18:24:22Z, or a day, is wanted")
  .refine((text) => !Number.isNaN(Date.parse(text)), "there is no such time");

export const ledgerQuery = z.strictObject({
  from: count(0).optional().describe("First index"),
  since: moment.optional().describe("Not before this time"),
  until: moment.optional().describe("Before this time"),
  limit: count(1).max(1_000_000).optional(),
  requestId: z.string().optional(),
  tenant: z.string().optional(),
  verdict: z.enum(["allow", "refuse"]).optional(),
  class: dataClass.optional(),
  backend: z.string().optional(),
  kind: z.enum(["decision", "outcome", "charter", "key", "tenant", "known", "model", "start", "stop"]).optional(),
});

const fileFault = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  path: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  severity: z.enum(["error", "warning"]),
});

export const reloadView = z.object({
  ok: z.boolean().describe("False: a file is faulty, and what was in force stays in force"),
  changed: z.boolean(),
  charter: z.string().describe("Digest of the charter in force"),
  estate: z.string().describe("Digest of the estate in force"),
  faults: z.array(fileFault),
});

export const statusView = z.object({
  version: z.string(),
  startedAt: day,
  environment: z.string(),
  organisation: z.string(),
  charter: z.string(),
  estate: z.string(),
  ready: z.boolean(),
  ledger: z.object({ writable: z.boolean(), size: z.number(), pending: z.number(), lastFault: z.string().nullable() }),
  backends: z.array(
    z.object({
      backend: z.string(),
      state: z.string(),
      active: z.number(),
      queued: z.number(),
      failures: z.number(),
      lastFault: z.string().nullable(),
      models: z.array(z.string()),
    }),
  ),
});

export type KeyInput = z.infer<typeof keyInput>;
export type KeyView = z.infer<typeof keyView>;
export type CreatedKey = z.infer<typeof createdKey>;
export type TenantInput = z.infer<typeof tenantInput>;
export type TenantClasses = z.infer<typeof tenantClasses>;
export type ModelInput = z.infer<typeof modelInput>;
export type ModelView = z.infer<typeof modelView>;
export type ExplainInput = z.infer<typeof explainInput>;
export type ScanInput = z.infer<typeof scanInput>;
export type ScanView = z.infer<typeof scanView>;
export type LedgerQuery = z.infer<typeof ledgerQuery>;
export type ReloadView = z.infer<typeof reloadView>;
export type StatusView = z.infer<typeof statusView>;
