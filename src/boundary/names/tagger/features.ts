import { AT_START, type Block, INSIDE, knownOf, slotOf } from "./block.ts";
import { foldCode } from "./letters.ts";
import { EDGE, INITIAL, OTHER_SHAPE } from "./words.ts";

/** Rows of the weight table. A feature is known by its row alone: no word can be read out of the weights. */
const rowBits = 18;
export const rowCount = 1 << rowBits;
const rowMask = rowCount - 1;

/** At most so many letters of a word are taken apart. */
const longestPieces = 16;
const maximumFeatures = 64;

/** The features of one candidate, as rows. The first `own` of them name the word itself; the others say how it looks and where it stands. */
export interface FeatureRows {
  readonly rows: Int32Array;
  count: number;
  own: number;
}

export const createFeatureRows = (): FeatureRows => ({ rows: new Int32Array(maximumFeatures), count: 0, own: 0 });

/** Where a feature of this kind and value lies. Features that share a row by chance share its weights. */
function row(kind: number, value: number): number {
  let mixed = Math.imul(value ^ Math.imul(kind + 1, 0x9e3779b1), 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & rowMask;
}

const pair = (left: number, right: number): number => Math.imul(left ^ 0x5bd1e995, 0x01000193) ^ Math.imul(right + 0x7f4a7c15, 0x2545f491);

function hashOf(text: string, from: number, to: number, seed: number): number {
  let sum = seed;
  for (let at = from; at < to; at += 1) sum = Math.imul(sum ^ foldCode(text.charCodeAt(at)), 0x01000193);
  return sum;
}

const beginning = (text: string, start: number, end: number, length: number): number => hashOf(text, start, Math.min(end, start + length), 17);
const ending = (text: string, start: number, end: number, length: number): number => hashOf(text, Math.max(start, end - length), end, 29);

/** In the place of a word where the block ends. */
const nothing = 0x1234567;
const noShape = 7;

const hashAt = (block: Block, index: number): number => (index < 0 || index >= block.count ? nothing : (block.hash[index] ?? nothing));
const tailAt = (block: Block, index: number): number => (index < 0 || index >= block.count ? nothing : (block.tail[index] ?? nothing));
const shapeAt = (block: Block, index: number): number => (index < 0 || index >= block.count ? noShape : (block.shape[index] ?? noShape));

/** Which word it is: the first features, by which most common nouns are told from names before the rest is asked. */
export function readOwn(text: string, block: Block, index: number, into: FeatureRows): void {
  const { rows } = into;
  const start = block.start[index] ?? 0;
  const end = block.end[index] ?? 0;
  const word = block.hash[index] ?? 0;
  rows[0] = row(0, word);
  rows[1] = row(1, pair(word, shapeAt(block, index)));
  rows[2] = row(2, beginning(text, start, end, 5));
  rows[3] = row(3, beginning(text, start, end, 4));
  rows[4] = row(4, beginning(text, start, end, 7));
  rows[5] = row(5, ending(text, start, end, 5));
  into.own = 6;
  into.count = 6;
}

/** Its letters: how it begins and ends, and every three in a row, the edges counted as letters. Names look like names in each language. */
function readLetters(text: string, block: Block, index: number, into: FeatureRows): void {
  const { rows } = into;
  let { count } = into;
  const start = block.start[index] ?? 0;
  const end = block.end[index] ?? 0;
  const head = block.head[index] ?? 0;
  const tail = block.tail[index] ?? 0;
  rows[count++] = row(6, head);
  rows[count++] = row(7, tail);
  rows[count++] = row(8, tail & 0xfffff);
  rows[count++] = row(9, ending(text, start, end, 4));
  rows[count++] = row(10, pair(tail & 0xfffff, pair(head & 0x3ff, block.place[index] === AT_START ? 1 : 0)));
  const stop = Math.min(end, start + longestPieces);
  let window = 1;
  for (let at = start; at <= stop; at += 1) {
    const letter = at < stop ? foldCode(text.charCodeAt(at)) & 1023 : 2;
    window = ((window & 0xfffff) << 10) | letter;
    if (at > start) rows[count++] = row(11, window);
  }
  into.count = count;
}

/** How it is written, where it stands, what the block and the lexicon say of it. */
function readLook(text: string, block: Block, index: number, into: FeatureRows): void {
  const { rows } = into;
  let { count } = into;
  const form = block.shape[index] ?? OTHER_SHAPE;
  const place = block.place[index] ?? INSIDE;
  const tail = block.tail[index] ?? 0;
  const before = block.gap[index] ?? EDGE;
  const after = block.gap[index + 1] ?? EDGE;
  const leftForm = shapeAt(block, index - 1);
  const rightForm = shapeAt(block, index + 1);
  const around = (leftForm << 12) | (rightForm << 8) | (before << 4) | after;
  const slot = slotOf(block.hash[index] ?? 0);
  const seen = (block.seenLower[slot] ?? 0) | ((block.seenInside[slot] ?? 0) << 1);
  const known = knownOf(text, block, index);
  const look = (form << 8) | (place << 4) | block.capitals;
  rows[count++] = row(12, look);
  rows[count++] = row(13, (look << 8) | Math.min((block.end[index] ?? 0) - (block.start[index] ?? 0), 12));
  rows[count++] = row(14, (look << 8) | seen);
  rows[count++] = row(15, (look << 12) | (before << 8) | (after << 4) | rightForm);
  rows[count++] = row(16, pair(form, around));
  rows[count++] = row(17, pair(tail, look));
  rows[count++] = row(18, pair(tail & 0xfffff, leftForm === INITIAL ? 1 : rightForm));
  rows[count++] = row(19, known);
  rows[count++] = row(20, pair(known, look));
  rows[count++] = row(21, pair(known, seen | (place << 4)));
  rows[count++] = row(22, pair(known, around));
  into.count = count;
}

/** The words beside it, and those beside the run of capitalised words that it stands in. */
function readSurroundings(text: string, block: Block, index: number, into: FeatureRows): void {
  const { rows } = into;
  let { count } = into;
  const form = block.shape[index] ?? OTHER_SHAPE;
  const before = block.gap[index] ?? EDGE;
  const after = block.gap[index + 1] ?? EDGE;
  const left = hashAt(block, index - 1);
  const right = hashAt(block, index + 1);
  const leftKnown = knownOf(text, block, index - 1);
  const rightKnown = knownOf(text, block, index + 1);
  const runFrom = block.runStart[index] ?? index;
  const runTo = block.runEnd[index] ?? index;
  const runLeft = hashAt(block, runFrom - 1);
  const gapLeft = block.gap[runFrom] ?? EDGE;
  const length = Math.min(runTo - runFrom, 4);
  rows[count++] = row(23, pair(left, before));
  rows[count++] = row(24, pair(right, after));
  rows[count++] = row(25, pair(left, form | (shapeAt(block, index + 1) << 4)));
  rows[count++] = row(26, hashAt(block, index - 2));
  rows[count++] = row(27, hashAt(block, index + 2));
  rows[count++] = row(28, pair(tailAt(block, index - 1), before));
  rows[count++] = row(29, pair(tailAt(block, index + 1), after));
  rows[count++] = row(30, pair(runLeft, gapLeft));
  rows[count++] = row(31, pair(hashAt(block, runTo + 1), block.gap[runTo + 1] ?? EDGE));
  rows[count++] = row(32, pair(runLeft, length));
  rows[count++] = row(33, (Math.min(index - runFrom, 3) << 16) | (length << 12) | (form << 8) | ((block.place[index] ?? INSIDE) << 4) | block.capitals);
  rows[count++] = row(34, pair(knownOf(text, block, index), pair(leftKnown, rightKnown)));
  rows[count++] = row(35, pair(leftKnown, (before << 4) | form));
  rows[count++] = row(36, pair(rightKnown, (after << 4) | form));
  rows[count++] = row(37, pair(knownOf(text, block, runFrom - 1), (gapLeft << 4) | length));
  into.count = count;
}

/** What else is known of the candidate that `readOwn` read, behind its features. No string and no object is made. */
export function readOthers(text: string, block: Block, index: number, into: FeatureRows): void {
  readLetters(text, block, index, into);
  readLook(text, block, index, into);
  readSurroundings(text, block, index, into);
}

export function readFeatures(text: string, block: Block, index: number, into: FeatureRows): void {
  readOwn(text, block, index, into);
  readOthers(text, block, index, into);
}
