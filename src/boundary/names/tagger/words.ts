import { DIGIT, foldCode, isInvisible, JOINER, LOWER_LETTER, letterKind, OTHER, PLAIN_LETTER, UPPER_LETTER } from "./letters.ts";

/** How a word is written. */
export const LOWER = 0;
/** `Anna` */
export const CAPITALISED = 1;
/** `A` */
export const INITIAL = 2;
/** `ANNA` */
export const UPPER = 3;
/** `McDonald`, `GmbH` */
export const INNER_CAPITAL = 4;
/** `iPhone`, letters with digits, numbers, scripts without case. */
export const OTHER_SHAPE = 5;

/** What stands between two words. */
export const EDGE = 0;
export const SPACE = 1;
export const LINE = 2;
export const DOT_TIGHT = 3;
export const DOT = 4;
export const SENTENCE_END = 5;
export const COMMA = 6;
export const COLON = 7;
export const HYPHEN = 8;
export const APOSTROPHE = 9;
export const OPENING = 10;
const CLOSING = 11;
const CODE = 12;
const SYMBOL = 13;
export const gapKinds = 14;

/** Words that are looked at together: what a document says about a word (does it stand in lower case elsewhere?) is asked within one block. */
export const blockSize = 2048;

/** One block of words, column by column. Filled again and again: nothing is allocated per word. */
export interface Words {
  count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Of the lower-case letters. */
  readonly hash: Int32Array;
  /** The first and the last three letters, ten bits each. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly shape: Uint8Array;
  /** What stands before word i; entry `count` is what stands behind the last. */
  readonly gap: Uint8Array;
}

export const createWords = (): Words => ({
  count: 0,
  start: new Int32Array(blockSize),
  end: new Int32Array(blockSize),
  hash: new Int32Array(blockSize),
  head: new Int32Array(blockSize),
  tail: new Int32Array(blockSize),
  shape: new Uint8Array(blockSize),
  gap: new Uint8Array(blockSize + 1),
});

/** Marks between two words, as bits, and the gap that they make. */
const SAW_SPACE = 1;
const SAW_LINE = 2;
const SAW_DOT = 4;
const SAW_END = 8;
const SAW_COMMA = 16;
const SAW_COLON = 32;
const SAW_HYPHEN = 64;
const SAW_APOSTROPHE = 128;
const SAW_OPENING = 256;
const SAW_CLOSING = 512;
const SAW_CODE = 1024;
const SAW_SYMBOL = 2048;

const marks = new Uint16Array(128).fill(SAW_SYMBOL);
const note = (characters: string, bit: number): void => {
  for (const character of characters) marks[character.charCodeAt(0)] = bit;
};
note(" \t", SAW_SPACE);
note("\n\r\f\v", SAW_LINE);
note(".", SAW_DOT);
note("!?", SAW_END);
note(",", SAW_COMMA);
note(":;", SAW_COLON);
note("-", SAW_HYPHEN);
note("'`", SAW_APOSTROPHE);
note('"([', SAW_OPENING);
note(")]", SAW_CLOSING);
note("_/\\@=<>{}#|$&%*^~+", SAW_CODE);

function markOf(code: number): number {
  if (code < 128) return marks[code] ?? SAW_SYMBOL;
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f) return SAW_SPACE;
  if (code === 0x2028 || code === 0x2029 || code === 0x85) return SAW_LINE;
  if (code === 0x2019 || code === 0x2bc || code === 0xb4) return SAW_APOSTROPHE;
  if (code === 0x2026) return SAW_END;
  if (code === 0x2010 || code === 0x2011) return SAW_HYPHEN;
  if (code === 0xab || code === 0x201e || code === 0x201a || code === 0x201c || code === 0x2018) return SAW_OPENING;
  if (code === 0xbb || code === 0x201d) return SAW_CLOSING;
  return SAW_SYMBOL;
}

/** The strongest mark names the gap: a line end outweighs a full stop, a full stop a comma. */
function gapOf(seen: number, length: number): number {
  if (seen === SAW_SPACE) return SPACE;
  if (seen & SAW_LINE) return LINE;
  if (seen & SAW_END) return SENTENCE_END;
  if (seen & SAW_DOT) return seen & SAW_SPACE ? DOT : DOT_TIGHT;
  if (seen & SAW_CODE) return CODE;
  if (seen & SAW_COLON) return COLON;
  if (seen & SAW_COMMA) return COMMA;
  if (seen & SAW_OPENING) return OPENING;
  if (seen & SAW_CLOSING) return CLOSING;
  if (seen === SAW_HYPHEN && length === 1) return HYPHEN;
  if (seen === SAW_APOSTROPHE && length === 1) return APOSTROPHE;
  if (seen & SAW_APOSTROPHE) return OPENING;
  return SYMBOL;
}

function shapeOf(first: number, upper: number, lower: number, others: number): number {
  if (others > 0) return OTHER_SHAPE;
  if (upper === 0) return lower > 0 ? LOWER : OTHER_SHAPE;
  if (lower === 0) return upper === 1 ? INITIAL : UPPER;
  if (first !== UPPER_LETTER) return OTHER_SHAPE;
  return upper === 1 ? CAPITALISED : INNER_CAPITAL;
}

/** Fills `words` from `from` on and gives the place to go on from: the text's length when the text is read. */
export function readWords(text: string, from: number, words: Words): number {
  const { start, end, hash, head, tail, shape, gap } = words;
  const { length } = text;
  let at = from;
  let count = 0;
  let seen = 0;
  let gapStart = from;
  let edge = from === 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = letterKind(code);
    if (kind === OTHER || kind === JOINER) {
      seen |= markOf(code);
      at += 1;
      continue;
    }
    if (count === blockSize) break;
    gap[count] = edge ? EDGE : gapOf(seen, at - gapStart);
    edge = false;
    start[count] = at;
    let sum = 0x811c9dc5;
    let first = 0;
    let last = 0;
    let letters = 0;
    let upper = 0;
    let lower = 0;
    let others = 0;
    let unit = code;
    let unitKind = kind;
    do {
      if (!isInvisible(unit)) {
        const low = foldCode(unit);
        sum = Math.imul(sum ^ low, 0x01000193);
        if (letters < 3) first = (first << 10) | (low & 1023);
        last = ((last << 10) | (low & 1023)) & 0x3fffffff;
        letters += 1;
        if (unitKind === LOWER_LETTER) lower += 1;
        else if (unitKind === UPPER_LETTER) upper += 1;
        else if (unitKind === DIGIT || unitKind === PLAIN_LETTER) others += 1;
      }
      at += 1;
      unit = text.charCodeAt(at);
      unitKind = at < length ? letterKind(unit) : OTHER;
    } while (unitKind !== OTHER);
    end[count] = at;
    hash[count] = sum;
    head[count] = first;
    tail[count] = last;
    shape[count] = shapeOf(kind, upper, lower, others);
    count += 1;
    seen = 0;
    gapStart = at;
  }
  gap[count] = at >= length ? EDGE : gapOf(seen, at - gapStart);
  words.count = count;
  return at;
}
