import { NAME } from "../lexicon/lexicon.ts";
import { createBlock, knownOf, readBlock } from "./block.ts";
import { createChain, LOCATION, labelCount, linkCandidates, NONE, ORGANISATION, PERSON, solve } from "./chain.ts";
import { createFeatureRows, readOthers, readOwn } from "./features.ts";
import { createMentions, weighMentions } from "./mentions.ts";
import type { NameTagger, TaggedSpan } from "./port.ts";
import { readSpans } from "./spans.ts";
import { scoredLabels, type Weights } from "./weights.ts";

/** Tables that are filled block by block; tagging is synchronous, so one set serves all taggers. */
const block = createBlock();
const chain = createChain();
const features = createFeatureRows();
const mentions = createMentions();

const nothing: readonly TaggedSpan[] = Object.freeze([]);

/** Scores of one candidate, in steps of the weights. */
const sums = { person: 0, location: 0, organisation: 0 };

function add(rows: Int8Array, from: number, to: number): void {
  let { person, location, organisation } = sums;
  for (let feature = from; feature < to; feature += 1) {
    const at = (features.rows[feature] ?? 0) * scoredLabels;
    person += rows[at] ?? 0;
    location += rows[at + 1] ?? 0;
    organisation += rows[at + 2] ?? 0;
  }
  sums.person = person;
  sums.location = location;
  sums.organisation = organisation;
}

/** A word whose letters speak this much against every name (log odds) is dismissed, unless the lexicon has it as a name: half the capitalised words of German. */
const dismissed = -1.5;
const hardly = Math.exp(-8);

/** Scores every candidate of the block that was read last. */
function score(text: string, { rows, step }: Weights): void {
  const { emission } = chain;
  const least = dismissed / step;
  for (let index = 0; index < chain.count; index += 1) {
    const word = chain.word[index] ?? 0;
    const base = index * labelCount;
    emission[base + NONE] = 1;
    sums.person = 0;
    sums.location = 0;
    sums.organisation = 0;
    readOwn(text, block, word, features);
    add(rows, 0, features.count);
    if (sums.person < least && sums.location < least / 2 && sums.organisation < least / 2 && (knownOf(text, block, word) & NAME) === 0) {
      emission.fill(hardly, base + PERSON, base + labelCount);
      continue;
    }
    readOthers(text, block, word, features);
    add(rows, features.own, features.count);
    emission[base + PERSON] = Math.exp(sums.person * step);
    emission[base + LOCATION] = Math.exp(sums.location * step);
    emission[base + ORGANISATION] = Math.exp(sums.organisation * step);
  }
}

/** A tagger over these weights: every capitalised word is scored by hashed features, neighbours and repeated mentions are weighed together. */
export function createTagger(weights: Weights): NameTagger {
  return {
    tag(text: string): readonly TaggedSpan[] {
      const spans: TaggedSpan[] = [];
      for (let at = 0; at < text.length; ) {
        at = readBlock(text, at, block);
        linkCandidates(text, block, chain);
        if (chain.count === 0) continue;
        score(text, weights);
        solve(chain, weights.transitions);
        weighMentions(text, block, chain, weights.mentions, mentions);
        readSpans(text, block, chain, mentions, weights.threshold, spans);
      }
      return spans.length === 0 ? nothing : spans;
    },
  };
}
