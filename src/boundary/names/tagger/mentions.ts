import { type Block, INSIDE } from "./block.ts";
import { type Chain, labelCount, PERSON } from "./chain.ts";
import { foldCode } from "./letters.ts";
import { blockSize } from "./words.ts";

/** Weights of the second look: what the other mentions of a word in the block say of this one. */
export const mentionTerms = 8;

const slots = blockSize * 2;

/** The words of a block by their stem, and what the first look thought of them; filled again and again. */
export interface Mentions {
  readonly stem: Int32Array;
  /** The group of each candidate, and of each slot of the table (0: free, else group + 1). */
  readonly group: Int32Array;
  readonly slot: Int32Array;
  readonly groupStem: Int32Array;
  readonly count: Int32Array;
  readonly sum: Float64Array;
  readonly most: Float64Array;
  readonly second: Float64Array;
  /** The probability of a person's name after the second look, per candidate. */
  readonly probability: Float64Array;
}

export const createMentions = (): Mentions => ({
  stem: new Int32Array(blockSize),
  group: new Int32Array(blockSize),
  slot: new Int32Array(slots),
  groupStem: new Int32Array(blockSize),
  count: new Int32Array(blockSize),
  sum: new Float64Array(blockSize),
  most: new Float64Array(blockSize),
  second: new Float64Array(blockSize),
  probability: new Float64Array(blockSize),
});

const shortStem = 4;
const longStem = 5;
const longWord = 6;

/** The same for the forms of one name: `Virtanen`, `Virtasen`; `Kovács`, `Kováccsal`. Short words stand for themselves. */
function stemOf(text: string, start: number, end: number): number {
  const length = end - start;
  const stop = length < shortStem ? end : start + (length > longWord ? longStem : shortStem);
  let sum = length < shortStem ? 7 : 11;
  for (let at = start; at < stop; at += 1) sum = Math.imul(sum ^ foldCode(text.charCodeAt(at)), 0x01000193);
  return sum;
}

function groupOf(mentions: Mentions, stem: number, groups: number): number {
  const { slot, groupStem } = mentions;
  let at = (stem ^ (stem >>> 16)) & (slots - 1);
  for (let taken = slot[at] ?? 0; taken !== 0; taken = slot[at] ?? 0) {
    if (groupStem[taken - 1] === stem) return taken - 1;
    at = (at + 1) & (slots - 1);
  }
  slot[at] = groups + 1;
  return groups;
}

const certain = 6;
const logOdds = (probability: number): number => Math.max(-certain, Math.min(certain, Math.log((probability + 1e-6) / (1 - probability + 1e-6))));

/** Groups the candidates of a block by stem. */
export function groupMentions(text: string, block: Block, chain: Chain, mentions: Mentions): void {
  const { group, slot, groupStem, count, sum, most, second } = mentions;
  slot.fill(0);
  let groups = 0;
  for (let index = 0; index < chain.count; index += 1) {
    const word = chain.word[index] ?? 0;
    const stem = stemOf(text, block.start[word] ?? 0, block.end[word] ?? 0);
    const odds = logOdds(chain.probability[index * labelCount + PERSON] ?? 0);
    const one = groupOf(mentions, stem, groups);
    group[index] = one;
    if (one === groups) {
      groups += 1;
      groupStem[one] = stem;
      count[one] = 1;
      sum[one] = odds;
      most[one] = odds;
      second[one] = -certain;
      continue;
    }
    count[one] = (count[one] ?? 0) + 1;
    sum[one] = (sum[one] ?? 0) + odds;
    const best = most[one] ?? 0;
    second[one] = Math.max(second[one] ?? 0, Math.min(best, odds));
    most[one] = Math.max(best, odds);
  }
}

/** What the second look goes by for one candidate, written to `terms`. */
export function readTerms(block: Block, chain: Chain, mentions: Mentions, index: number, terms: Float64Array): void {
  const one = mentions.group[index] ?? 0;
  const own = logOdds(chain.probability[index * labelCount + PERSON] ?? 0);
  const others = (mentions.count[one] ?? 1) - 1;
  const start = block.place[chain.word[index] ?? 0] === INSIDE ? 0 : 1;
  const best = (mentions.most[one] ?? 0) === own ? (mentions.second[one] ?? 0) : (mentions.most[one] ?? 0);
  terms[0] = 1;
  terms[1] = own;
  terms[2] = start;
  terms[3] = own * start;
  terms[4] = others > 0 ? 1 : 0;
  terms[5] = others > 0 ? best : 0;
  terms[6] = others > 0 ? ((mentions.sum[one] ?? 0) - own) / others : 0;
  terms[7] = others > 0 ? Math.min(4, Math.log2(others)) : 0;
}

const terms = new Float64Array(mentionTerms);

/** Judges every candidate again, in the light of the other mentions. */
export function weighMentions(text: string, block: Block, chain: Chain, weights: Float64Array, mentions: Mentions): void {
  groupMentions(text, block, chain, mentions);
  for (let index = 0; index < chain.count; index += 1) {
    readTerms(block, chain, mentions, index, terms);
    let score = 0;
    for (let term = 0; term < mentionTerms; term += 1) score += (weights[term] ?? 0) * (terms[term] ?? 0);
    mentions.probability[index] = 1 / (1 + Math.exp(-score));
  }
}
