import { lookUpAt, lookUpExactly } from "../lexicon/lexicon.ts";
import {
  APOSTROPHE,
  blockSize,
  CAPITALISED,
  COLON,
  createWords,
  DOT,
  DOT_TIGHT,
  EDGE,
  HYPHEN,
  INITIAL,
  INNER_CAPITAL,
  LINE,
  LOWER,
  OPENING,
  OTHER_SHAPE,
  readWords,
  SENTENCE_END,
  SPACE,
  UPPER,
  type Words,
} from "./words.ts";

/** Where a word stands in its sentence. */
export const INSIDE = 0;
/** Behind a full stop, which may be that of an abbreviation. */
const AFTER_DOT = 1;
export const AT_START = 2;
/** Behind a colon, a bracket or a quotation mark. */
const AFTER_OPENING = 3;

/** How much of a block is capitalised: tells German from French, a headline from prose, and text without capitals from both. */
const FEW_WORDS = 0;
const NO_CAPITALS = 1;
const SOME_CAPITALS = 2;
const MANY_CAPITALS = 3;
const MOSTLY_CAPITALS = 4;
const ALL_UPPER = 5;

const memory = 1 << 14;

/** A block of words with what is said of them before any is judged. */
export interface Block extends Words {
  readonly place: Uint8Array;
  /** 1 where the word may belong to a name. */
  readonly candidate: Uint8Array;
  /** First and last candidate of the run that the candidate stands in. */
  readonly runStart: Int32Array;
  readonly runEnd: Int32Array;
  capitals: number;
  /** What the lexicon knows of each word, asked for once; -1 where nobody has asked yet. */
  readonly known: Int32Array;
  /** Which words (by hash) stand in lower case, or capitalised inside a sentence, somewhere in the block. */
  readonly seenLower: Uint8Array;
  readonly seenInside: Uint8Array;
}

export const createBlock = (): Block => ({
  ...createWords(),
  place: new Uint8Array(blockSize),
  candidate: new Uint8Array(blockSize),
  runStart: new Int32Array(blockSize),
  runEnd: new Int32Array(blockSize),
  capitals: FEW_WORDS,
  known: new Int32Array(blockSize),
  seenLower: new Uint8Array(memory),
  seenInside: new Uint8Array(memory),
});

/** The slot of a word in the block's memory. */
export const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (memory - 1);

function placeOf(gap: number, previousShape: number): number {
  if (gap === EDGE || gap === LINE || gap === SENTENCE_END) return AT_START;
  if (gap === DOT) return previousShape === INITIAL ? INSIDE : AFTER_DOT;
  return gap === OPENING || gap === COLON ? AFTER_OPENING : INSIDE;
}

function capitalsOf(inside: number, capitalised: number, cased: number, upper: number): number {
  if (cased > 4 && upper * 2 > cased) return ALL_UPPER;
  if (inside < 8) return FEW_WORDS;
  if (capitalised * 50 < inside) return NO_CAPITALS;
  if (capitalised * 7 < inside) return SOME_CAPITALS;
  return capitalised * 2 < inside ? MANY_CAPITALS : MOSTLY_CAPITALS;
}

/** Whether the words on both sides of the gap may belong to one name; `shape` is that of the left one. */
export const joins = (gap: number, shape: number): boolean =>
  gap === SPACE || gap === HYPHEN || gap === APOSTROPHE || gap === DOT_TIGHT || (gap === DOT && shape === INITIAL);

/** What the lexicon knows of word `index`, as bits; 0 beyond the block. */
export function knownOf(text: string, block: Block, index: number): number {
  if (index < 0 || index >= block.count) return 0;
  const asked = block.known[index] ?? 0;
  if (asked >= 0) return asked;
  const start = block.start[index] ?? 0;
  const end = block.end[index] ?? 0;
  const bits = block.shape[index] === LOWER ? lookUpExactly(text, start, end) : lookUpAt(text, start, end);
  block.known[index] = bits;
  return bits;
}

const longestWord = 40;

const mayBeName = (shape: number, length: number): boolean =>
  (shape === CAPITALISED || shape === INITIAL || shape === UPPER || shape === INNER_CAPITAL) && length <= longestWord;

/** Reads one block and gives the place where the next begins. */
export function readBlock(text: string, from: number, block: Block): number {
  const next = readWords(text, from, block);
  const { count, start, end, hash, shape, gap, place, candidate, runStart, runEnd, seenLower, seenInside } = block;
  seenLower.fill(0);
  seenInside.fill(0);
  block.known.fill(-1, 0, count);
  let inside = 0;
  let capitalised = 0;
  let cased = 0;
  let upper = 0;
  let run = 0;
  for (let index = 0; index < count; index += 1) {
    const form = shape[index] ?? OTHER_SHAPE;
    const before = gap[index] ?? EDGE;
    const where = placeOf(before, index === 0 ? OTHER_SHAPE : (shape[index - 1] ?? OTHER_SHAPE));
    place[index] = where;
    if (form === OTHER_SHAPE) {
      candidate[index] = 0;
      continue;
    }
    cased += 1;
    const slot = slotOf(hash[index] ?? 0);
    if (form === LOWER) seenLower[slot] = 1;
    else if (form === UPPER) upper += 1;
    if (where === INSIDE) {
      inside += 1;
      if (form !== LOWER) {
        capitalised += 1;
        seenInside[slot] = 1;
      }
    }
    const candidateHere = mayBeName(form, (end[index] ?? 0) - (start[index] ?? 0));
    candidate[index] = candidateHere ? 1 : 0;
    if (!candidateHere) continue;
    const goesOn = index > 0 && candidate[index - 1] === 1 && joins(before, shape[index - 1] ?? OTHER_SHAPE);
    run = goesOn ? run : index;
    runStart[index] = run;
    for (let back = index; goesOn && back >= run && back > index - 8; back -= 1) runEnd[back] = index;
    runEnd[index] = index;
  }
  block.capitals = capitalsOf(inside, capitalised, cased, upper);
  return next;
}
