import { FIRST_NAME, PARTICLE } from "../lexicon/lexicon.ts";
import { type Block, joins, knownOf } from "./block.ts";
import { type Chain, LOCATION, labelCount, NONE, ORGANISATION, PERSON } from "./chain.ts";
import type { Mentions } from "./mentions.ts";
import type { TaggedSpan } from "./port.ts";
import { APOSTROPHE, LOWER, SPACE } from "./words.ts";

/** `van der`, `de la`, `von und zu`. */
const mostParticles = 3;
/** Places and organisations are taken only where they are the likeliest: they help, they raise nothing. */
const likely = 0.5;

/** A person that is not likely enough alone, but may be one where a rule agrees: from this probability on, it is told, and joins no sure span. */
const plausible = 0.1;
const WEAK = labelCount;

const names = [undefined, "person", "location", "organisation", "person"] as const;

/** A span that is being put together; one serves all texts. */
interface Open {
  label: number;
  first: number;
  last: number;
  score: number;
}

const open: Open = { label: NONE, first: 0, last: 0, score: 0 };

function labelOf(chain: Chain, mentions: Mentions, index: number, threshold: number): number {
  const person = mentions.probability[index] ?? 0;
  if (person >= threshold) return PERSON;
  const location = chain.probability[index * labelCount + LOCATION] ?? 0;
  const organisation = chain.probability[index * labelCount + ORGANISATION] ?? 0;
  if (location >= likely) return LOCATION;
  if (organisation >= likely) return ORGANISATION;
  return person >= plausible && person >= location && person >= organisation ? WEAK : NONE;
}

const isParticle = (text: string, block: Block, index: number): boolean => block.shape[index] === LOWER && (knownOf(text, block, index) & PARTICLE) !== 0;

/** Whether words `left` and `right` belong to one name: side by side, or for a person with particles between. */
function connected(text: string, block: Block, left: number, right: number, label: number): boolean {
  if (right === left + 1) return joins(block.gap[right] ?? 0, block.shape[left] ?? 0);
  if (label !== PERSON || right - left - 1 > mostParticles) return false;
  for (let index = left + 1; index < right; index += 1) if (block.gap[index] !== SPACE || !isParticle(text, block, index)) return false;
  return block.gap[right] === SPACE || block.gap[right] === APOSTROPHE;
}

/** A family name takes its particles along (`den heer van der Meer`); before a first name they are prepositions. */
function withParticles(text: string, block: Block, first: number): number {
  if ((knownOf(text, block, first) & FIRST_NAME) !== 0) return first;
  let from = first;
  while (from > 0 && first - from < mostParticles && block.gap[from] === SPACE && isNobiliary(text, block, from - 1)) from -= 1;
  return from;
}

/** `von`, `van`, `der`, `den`, `ter`, `ten`, `zu`, `af`, `av`: particles that are seldom anything else before a name. */
const nobiliary: ReadonlySet<string> = new Set(["von", "vom", "van", "der", "den", "ter", "ten", "zu", "af", "av"]);
function isNobiliary(text: string, block: Block, index: number): boolean {
  const start = block.start[index] ?? 0;
  const end = block.end[index] ?? 0;
  return block.shape[index] === LOWER && end - start <= 3 && nobiliary.has(text.slice(start, end));
}

/** `Willem van der Meer`: what stands behind such particles belongs to the person before them, though it may be a common word. */
function followsParticles(text: string, block: Block, left: number, right: number): boolean {
  const between = right - left - 1;
  if (between < 1 || between > mostParticles || block.gap[right] !== SPACE) return false;
  for (let index = left + 1; index < right; index += 1) if (block.gap[index] !== SPACE || !isNobiliary(text, block, index)) return false;
  return true;
}

function close(text: string, block: Block, spans: TaggedSpan[]): void {
  const label = names[open.label];
  if (label === undefined) return;
  const first = open.label === PERSON ? withParticles(text, block, open.first) : open.first;
  spans.push({ start: block.start[first] ?? 0, end: block.end[open.last] ?? 0, label, score: open.score });
}

/** Adds the spans of one block: words of one label that stand together are one span. */
export function readSpans(text: string, block: Block, chain: Chain, mentions: Mentions, threshold: number, spans: TaggedSpan[]): void {
  open.label = NONE;
  for (let index = 0; index < chain.count; index += 1) {
    const word = chain.word[index] ?? 0;
    const own = labelOf(chain, mentions, index, threshold);
    const label = own !== PERSON && open.label === PERSON && followsParticles(text, block, open.last, word) ? PERSON : own;
    if (label === NONE) continue;
    const score = label === PERSON || label === WEAK ? (mentions.probability[index] ?? 0) : (chain.probability[index * labelCount + label] ?? 0);
    if (label === open.label && connected(text, block, open.last, word, label)) {
      open.last = word;
      open.score = Math.max(open.score, score);
      continue;
    }
    close(text, block, spans);
    open.label = label;
    open.first = word;
    open.last = word;
    open.score = score;
  }
  close(text, block, spans);
}
