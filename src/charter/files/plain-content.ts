import type { FilePath } from "./paths.ts";

// Ways into content that may hold anything: rules that look across a file run on files with faults too.

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The entries of a map; none for anything else. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] => (isMap(value) ? Object.entries(value) : []);

/** The items of a list; none for anything else. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A key's value in a map; undefined for anything else. */
export const memberOf = (value: unknown, key: string): unknown => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined);

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export function valueAt(content: unknown, path: FilePath): unknown {
  let value = content;
  for (const segment of path) value = typeof segment === "number" ? itemsOf(value)[segment] : memberOf(value, segment);
  return value;
}
