import { z } from "zod";
import type { AllowList, KnownList, KnownPattern, KnownValues } from "#boundary";
import type { StoredKnown } from "#store";

const knownClass = z.enum(["sensitive", "secret"]);
const listContent = z.strictObject({
  type: z.string(),
  class: knownClass,
  ignoreCase: z.boolean(),
  inflected: z.boolean(),
  languages: z.array(z.string()).optional(),
  values: z.array(z.string()),
});
const allowContent = z.strictObject({ class: knownClass, ignoreCase: z.boolean(), values: z.array(z.string()) });
const patternContent = z.strictObject({ type: z.string(), class: knownClass, pattern: z.string(), words: z.array(z.string()).optional() });

/** What the sealed content of a stored row says. Throws when it is none that this house wrote: the seal held, so that is a bug. */
export type KnownEntry =
  | { readonly kind: "list"; readonly entry: KnownList }
  | { readonly kind: "allow"; readonly entry: AllowList }
  | { readonly kind: "pattern"; readonly entry: KnownPattern };

export function entryOf({ kind, name, content }: Pick<StoredKnown, "kind" | "name" | "content">): KnownEntry {
  const given: unknown = JSON.parse(content);
  if (kind === "list") return { kind, entry: { name, ...listContent.parse(given) } };
  if (kind === "allow") return { kind, entry: { name, ...allowContent.parse(given) } };
  return { kind, entry: { name, ...patternContent.parse(given) } };
}

export function contentOf({ entry }: KnownEntry): string {
  const { name: _name, ...content } = entry;
  return JSON.stringify(content);
}

/** How many values an entry holds. */
export const countOf = ({ entry }: KnownEntry): number => ("values" in entry ? entry.values.length : 1);

/** Everything that a tenant registered, ready for its detector. */
export function knownValuesOf(stored: readonly StoredKnown[]): KnownValues {
  const entries = stored.map(entryOf);
  return {
    lists: entries.flatMap((one) => (one.kind === "list" ? [one.entry] : [])),
    allowed: entries.flatMap((one) => (one.kind === "allow" ? [one.entry] : [])),
    patterns: entries.flatMap((one) => (one.kind === "pattern" ? [one.entry] : [])),
  };
}
