import { PARTICLE } from "../lexicon/lexicon.ts";
import { type Block, knownOf } from "./block.ts";
import { APOSTROPHE, blockSize, EDGE, gapKinds, LOWER, SPACE } from "./words.ts";

/** What a word may be. The order is that of the weights. */
export const NONE = 0;
export const PERSON = 1;
export const LOCATION = 2;
export const ORGANISATION = 3;
export const labelCount = 4;

/** How two candidates stand to each other: 0 apart, then one kind per gap, and one for small words between them (`Ludwig van Beethoven`). */
export const linkKinds = gapKinds + 2;
const acrossWord = gapKinds + 1;

/** The candidates of a block with their scores; a linear chain (a conditional random field of first order) runs over them. */
export interface Chain {
  count: number;
  /** Places of the candidates among the block's words. */
  readonly word: Int32Array;
  readonly link: Uint8Array;
  /** exp(score) per label. */
  readonly emission: Float64Array;
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  /** Probability of each label, after `solve`. */
  readonly probability: Float64Array;
}

export const createChain = (): Chain => ({
  count: 0,
  word: new Int32Array(blockSize),
  link: new Uint8Array(blockSize),
  emission: new Float64Array(blockSize * labelCount),
  forward: new Float64Array(blockSize * labelCount),
  backward: new Float64Array(blockSize * labelCount),
  probability: new Float64Array(blockSize * labelCount),
});

/** `van der`, `de la`, `von und zu`. */
const mostParticles = 3;

function linkOf(text: string, block: Block, left: number, right: number): number {
  const { gap, shape } = block;
  if (right === left + 1) return 1 + (gap[right] ?? EDGE);
  const between = right - left - 1;
  if (between > mostParticles || (gap[right] !== SPACE && gap[right] !== APOSTROPHE)) return 0;
  for (let index = left + 1; index < right; index += 1) {
    if (shape[index] !== LOWER || gap[index] !== SPACE) return 0;
    if (between > 1 && (knownOf(text, block, index) & PARTICLE) === 0) return 0;
  }
  return acrossWord;
}

/** Lists the block's candidates. */
export function linkCandidates(text: string, block: Block, chain: Chain): void {
  const { candidate, count } = block;
  const { word, link } = chain;
  let listed = 0;
  for (let index = 0; index < count; index += 1) {
    if (candidate[index] === 0) continue;
    word[listed] = index;
    link[listed] = listed === 0 ? 0 : linkOf(text, block, word[listed - 1] ?? 0, index);
    listed += 1;
  }
  chain.count = listed;
}

const transitionOf = (transitions: Float64Array, kind: number, from: number, to: number): number => transitions[kind * 16 + from * labelCount + to] ?? 1;

/** `transitions` holds exp(weight) by kind, label before, label after. Fills forward, backward and probability: each row sums to 1. */
export function solve(chain: Chain, transitions: Float64Array): void {
  const { count, link, emission, forward, backward, probability } = chain;
  for (let index = 0; index < count; index += 1) {
    const at = index * labelCount;
    const kind = link[index] ?? 0;
    let total = 0;
    for (let to = 0; to < labelCount; to += 1) {
      let sum = 1;
      if (kind !== 0) {
        sum = 0;
        for (let from = 0; from < labelCount; from += 1) sum += (forward[at - labelCount + from] ?? 0) * transitionOf(transitions, kind, from, to);
      }
      const value = sum * (emission[at + to] ?? 0);
      forward[at + to] = value;
      total += value;
    }
    for (let to = 0; to < labelCount; to += 1) forward[at + to] = (forward[at + to] ?? 0) / total;
  }
  for (let index = count - 1; index >= 0; index -= 1) {
    const at = index * labelCount;
    const kind = index + 1 < count ? (link[index + 1] ?? 0) : 0;
    let total = 0;
    for (let from = 0; from < labelCount; from += 1) {
      let sum = 1;
      if (kind !== 0) {
        sum = 0;
        for (let to = 0; to < labelCount; to += 1)
          sum += transitionOf(transitions, kind, from, to) * (emission[at + labelCount + to] ?? 0) * (backward[at + labelCount + to] ?? 0);
      }
      backward[at + from] = sum;
      total += sum;
    }
    let mass = 0;
    for (let label = 0; label < labelCount; label += 1) {
      const value = (backward[at + label] ?? 0) / total;
      backward[at + label] = value;
      const joint = value * (forward[at + label] ?? 0);
      probability[at + label] = joint;
      mass += joint;
    }
    for (let label = 0; label < labelCount; label += 1) probability[at + label] = (probability[at + label] ?? 0) / mass;
  }
}
