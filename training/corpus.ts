import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One labelled text. */
export interface Document {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  readonly spans: readonly LabelledSpan[];
}

export interface LabelledSpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** A set of labelled texts. `train`: its licence lets weights be trained on it; the others may only be measured. */
export interface Source {
  readonly name: string;
  readonly train: boolean;
  readonly licence: string;
  readonly origin: string;
}

export const sources: readonly Source[] = [
  { name: "europeana-de", train: true, licence: "CC0-1.0", origin: "EuropeanaNewspapers/ner-corpora @6bf838d" },
  { name: "europeana-fr", train: true, licence: "CC0-1.0", origin: "EuropeanaNewspapers/ner-corpora @6bf838d" },
  { name: "europeana-nl", train: true, licence: "CC0-1.0", origin: "EuropeanaNewspapers/ner-corpora @6bf838d" },
  { name: "ler-de", train: true, licence: "CC-BY-4.0", origin: "elenanereiss/Legal-Entity-Recognition @f9c2b95" },
  { name: "ronec-ro", train: true, licence: "MIT", origin: "dumitrescustefan/ronec (v2) @5ca6a89" },
  { name: "meddocan-es", train: true, licence: "CC-BY-4.0", origin: "PlanTL-GOB-ES/SPACCC_MEDDOCAN @783a6df" },
  { name: "plpii-pl", train: true, licence: "CC-BY-4.0", origin: "pl-pii-bench/pl-pii-bench v1.0.0 @ddd2a81" },
  { name: "turku-fi", train: false, licence: "CC-BY-SA-4.0", origin: "TurkuNLP/turku-ner-corpus v1.0 @4185681" },
  { name: "nerkor-hu", train: false, licence: "CC-BY-SA-4.0", origin: "nytud/NYTK-NerKor @7c9c5b5" },
];

export const dataFolder: string = join(import.meta.dirname, "..", "..", "shared", "data", "pii");

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function spanOf(value: unknown): LabelledSpan {
  if (!isRecord(value) || typeof value.start !== "number" || typeof value.end !== "number" || typeof value.type !== "string")
    throw new Error("a span needs start, end and type");
  return { start: value.start, end: value.end, type: value.type };
}

function documentOf(line: string): Document {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value) || typeof value.id !== "string" || typeof value.lang !== "string" || typeof value.text !== "string" || !Array.isArray(value.spans))
    throw new Error("a record needs id, lang, text and spans");
  return { id: value.id, language: value.lang, text: value.text, spans: value.spans.map(spanOf) };
}

/** The documents of a set, or undefined where the data does not stand beside the checkout. */
export function readSource(name: string): readonly Document[] | undefined {
  const path = join(dataFolder, `${name}.jsonl.gz`);
  if (!existsSync(path)) return undefined;
  return gunzipSync(readFileSync(path))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map(documentOf);
}

/** One document in five is held out to measure; which one follows from its id alone. */
export function isHeldOut(document: Document): boolean {
  let sum = 0x811c9dc5;
  for (let at = 0; at < document.id.length; at += 1) sum = Math.imul(sum ^ document.id.charCodeAt(at), 0x01000193);
  return ((sum ^ (sum >>> 15)) >>> 0) % 5 === 0;
}
