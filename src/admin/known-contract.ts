import { z } from "zod";
import { inflectedLanguages, longestPattern } from "#boundary";

/** The types that a tenant's own values can be of: those of the scan, without `other`, which is what cannot be read. */
export const findingTypes = [
  "person",
  "address",
  "location",
  "organisation",
  "birth_date",
  "phone",
  "email",
  "iban",
  "bic",
  "card",
  "ip",
  "mac",
  "vehicle",
  "person_id",
  "business_id",
  "document_id",
  "secret",
  "special_category",
  "known_value",
] as const;

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "must be 1 to 63 characters of a-z, 0-9, dot, dash and underscore, and begin with a letter or a digit")
  .describe("A name for it, once in the tenant; shown in findings, so it should tell no value");
const type = z.enum(findingTypes).describe("The type of its findings");
const knownClass = z.enum(["sensitive", "secret"]);
const values = z.array(z.string().max(1000)).max(500_000);
const csv = z.string().describe("Comma-, semicolon- or tab-separated text with a header, or one value a line");
const form = z.enum(["guess", "header", "lines"]).describe("How csv is to be read; as it looks where it is left out");

const source = {
  values: values.optional().describe("The values"),
  csv: csv.optional(),
  form: form.optional(),
};
const taking = {
  replace: z.boolean().default(false).describe("True: what the name held before is dropped; false: these come to it"),
  force: z.boolean().default(false).describe("True: values that are short or common words are taken too"),
};

export const knownListInput = z.strictObject({
  name,
  type: type.optional().describe("The type of its findings; known_value where it is left out for a new list"),
  class: knownClass.optional().describe("sensitive where it is left out for a new list"),
  ignoreCase: z.boolean().optional().describe("Whether upper and lower case are the same; true where it is left out for a new list"),
  inflected: z.boolean().optional().describe("Whether words may take on case endings; false where it is left out for a new list"),
  languages: z.array(z.enum(inflectedLanguages)).min(1).optional().describe("Languages of the endings (ISO 639-1); all where it is left out"),
  ...source,
  ...taking,
});

export const allowListInput = z.strictObject({
  name,
  class: knownClass.optional().describe("secret: findings of credentials are let pass too; sensitive where it is left out for a new list"),
  ignoreCase: z.boolean().optional().describe("Whether upper and lower case are the same; true where it is left out for a new list"),
  ...source,
  ...taking,
});

export const patternInput = z.strictObject({
  name,
  type: type.default("known_value"),
  class: knownClass.default("sensitive").describe("The class of its findings"),
  pattern: z.string().min(1).max(longestPattern, `must have ${longestPattern} characters at most`).describe("RE2 syntax: no look-around, no back-references"),
  words: z.array(z.string().min(2).max(60)).min(1).max(50).optional().describe("One of these words must stand within 40 characters of a match"),
});

export const knownQuery = z.strictObject({
  reveal: z.enum(["true", "false"]).default("false").describe("true: the values too; the ledger keeps that they were shown"),
});

/** Nothing given: the whole entry. */
export const knownRemoval = z.strictObject(source);

export const knownView = z.object({
  tenant: z.string(),
  name: z.string(),
  kind: z.enum(["list", "allow", "pattern"]),
  type: z.string().nullable().describe("null for an allow-list"),
  class: knownClass,
  ignoreCase: z.boolean().nullable().describe("null for a pattern"),
  inflected: z.boolean().nullable().describe("null for an allow-list and a pattern"),
  languages: z.array(z.string()).nullable().describe("null: all"),
  count: z.number().describe("How many values it holds"),
  changedAt: z.string().describe("RFC 3339, UTC"),
  values: z.array(z.string()).optional().describe("Only where they were asked for; of a pattern the pattern itself"),
  words: z.array(z.string()).optional().describe("Context words of a pattern, with the values"),
});

export const knownChange = knownView.extend({
  added: z.number().describe("Values that were not there before"),
  removed: z.number().describe("Values that are no longer there"),
  skipped: z.number().describe("Values that were not taken"),
  skips: z
    .array(z.object({ line: z.number(), column: z.number(), reason: z.enum(["too short", "common word", "no word", "too long"]) }))
    .describe("Where the first hundred of them stand, and why; for values given as an array the line is the position from 1"),
});

export type KnownListInput = z.infer<typeof knownListInput>;
export type AllowListInput = z.infer<typeof allowListInput>;
export type PatternInput = z.infer<typeof patternInput>;
export type KnownRemoval = z.infer<typeof knownRemoval>;
export type KnownView = z.infer<typeof knownView>;
export type KnownChange = z.infer<typeof knownChange>;
