import { createBlock, readBlock } from "../src/boundary/names/tagger/block.ts";
import { createChain, LOCATION, linkCandidates, NONE, ORGANISATION, PERSON } from "../src/boundary/names/tagger/chain.ts";
import { createFeatureRows, readFeatures } from "../src/boundary/names/tagger/features.ts";
import type { Document } from "./corpus.ts";

/** One block of a document, ready to learn from. */
export interface Example {
  readonly count: number;
  /** Rows of all candidates one after the other; candidate i has those from `from[i]` to `from[i + 1]`, of which the first `own[i]` name the word itself. */
  readonly rows: Int32Array;
  readonly from: Int32Array;
  readonly own: Uint8Array;
  readonly link: Uint8Array;
  /** The label of each candidate; `unlabelled` teaches nothing. */
  readonly label: Uint8Array;
  readonly weight: number;
}

export const unlabelled = 255;

const labels: ReadonlyMap<string, number> = new Map([
  ["PERSON", PERSON],
  ["LOCATION", LOCATION],
  ["ADDRESS", LOCATION],
  ["ORG", ORGANISATION],
  ["PERSON_NOMINAL", unlabelled],
  ["LOCATION_NOMINAL", unlabelled],
  ["ORG_NOMINAL", unlabelled],
]);

const block = createBlock();
const chain = createChain();
const features = createFeatureRows();

/** What the labelled spans say of the word at `start` to `end`. */
export function labelOf(document: Document, start: number, end: number): number {
  let found = NONE;
  for (const span of document.spans) {
    if (span.start >= end || span.end <= start) continue;
    const label = labels.get(span.type) ?? NONE;
    if (label !== NONE) found = label;
  }
  return found;
}

export function readExamples(document: Document, weight: number): Example[] {
  const { text } = document;
  const examples: Example[] = [];
  for (let at = 0; at < text.length; ) {
    at = readBlock(text, at, block);
    linkCandidates(text, block, chain);
    if (chain.count === 0) continue;
    const rows: number[] = [];
    const from = new Int32Array(chain.count + 1);
    const own = new Uint8Array(chain.count);
    const label = new Uint8Array(chain.count);
    for (let index = 0; index < chain.count; index += 1) {
      const word = chain.word[index] ?? 0;
      readFeatures(text, block, word, features);
      for (let feature = 0; feature < features.count; feature += 1) rows.push(features.rows[feature] ?? 0);
      from[index + 1] = rows.length;
      own[index] = features.own;
      label[index] = labelOf(document, block.start[word] ?? 0, block.end[word] ?? 0);
    }
    examples.push({ count: chain.count, rows: Int32Array.from(rows), from, own, link: chain.link.slice(0, chain.count), label, weight });
  }
  return examples;
}
