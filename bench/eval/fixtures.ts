import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../folders.ts";
import type { Row, Span } from "./labelled.ts";

/** Sentences that were written for this, by language: `fr.json` has `texts` in which [[ ]] mark names of persons. */
const folder = join(projectFolder, "src", "boundary", "names", "fixtures");

/** The languages of the sentences that are there. */
export const fixtureLanguages = (): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .map((name) => name.slice(0, -".json".length))
        .sort()
    : [];

export function readFixtures(language: string): readonly Row[] {
  const { texts } = JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8")) as { readonly texts?: unknown };
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === "string")) throw new Error(`fixtures of ${language}: "texts" has to be a list of texts`);
  return texts.map((text, index) => markedRow(text, `${language}-${index + 1}`, language));
}

/** A row from a text in which [[ ]] mark what is to be found. */
export function markedRow(marked: string, id: string, lang: string): Row {
  const spans: Span[] = [];
  let text = "";
  for (const [index, part] of marked.split(/\[\[|\]\]/).entries()) {
    if (index % 2 === 1) spans.push({ start: text.length, end: text.length + part.length, type: "PERSON" });
    text += part;
  }
  return { id, lang, text, spans };
}
