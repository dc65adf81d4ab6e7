import { csvSplitter } from "./csv.ts";
import { jsonSplitter } from "./json.ts";
import type { Splitter } from "./piece.ts";
import { plainSplitter } from "./plain.ts";

/** How a file is read. Markdown is text. */
export type Format = "text" | "csv" | "json";

export const isFormat = (text: string): text is Format => text === "text" || text === "csv" || text === "json";

const byEnding: readonly (readonly [RegExp, Format])[] = [
  [/\.(?:csv|tsv|tab)$/i, "csv"],
  [/\.(?:json|jsonl|ndjson|geojson|har|ipynb|webmanifest)$/i, "json"],
];

/** The format that the name of a file tells, else how its text begins. */
export function formatOf(path: string, head: string): Format {
  const told = byEnding.find(([ending]) => ending.test(path))?.[1];
  return told ?? (/^\s*(?:\{\s*(?:"|\}\s*$)|\[\s*[{["])/.test(head) ? "json" : "text");
}

const splitters: Readonly<Record<Format, (length: number) => Splitter>> = { text: plainSplitter, csv: csvSplitter, json: jsonSplitter };

/** `length`: characters of a piece, about. */
export const splitterOf = (format: Format, length: number): Splitter => splitters[format](length);
