import { caseOf, isCombining, LOWER_CASE, UPPER_CASE } from "./lexicon/letters.ts";
import { lastWordHash, lookUpAt, lookUpExactly, TITLE } from "./lexicon/lexicon.ts";

/** How a word is written and where it stands, as bits. */
export const CAPITAL = 1;
/** Two letters and more, all of them capitals. */
export const ALL_CAPITALS = 2;
export const SENTENCE_START = 4;
/** One letter, or one of the pairs that count as one (`Sz.`, `Th.`), before a full stop. */
export const INITIAL = 8;
export const LINE_START = 16;
/** A full stop stands directly behind. */
export const DOTTED = 32;

/** What stands between a word and the one before it. */
export const BREAK = 0;
export const SPACE = 1;
export const HYPHEN = 2;
export const APOSTROPHE = 3;
export const DOT = 4;
export const COMMA = 5;
export const LINE = 6;

/** Abbreviated first names of more than one letter. */
const longInitials = new Set([
  "Sz",
  "Gy",
  "Cs",
  "Zs",
  "Ty",
  "Ny",
  "Th",
  "Ch",
  "Ph",
  "Fr",
  "Wm",
  "Chr",
  "St",
  "Fr",
  "Joh",
  "Jos",
  "Hr",
  "Kr",
  "Dz",
  "Cz",
  "Yu",
  "Ya",
]);

/** No word has all of these bits. */
const unread = 0xffff;

/** The words of one stretch of text, as parallel arrays that grow and are used again: nothing is allocated per word. */
export class Words {
  count = 0;
  starts = new Int32Array(1024);
  ends = new Int32Array(1024);
  masks = new Uint16Array(1024);
  flags = new Uint8Array(1024);
  gaps = new Uint8Array(1024);
  hashes = new Int32Array(1024);
  text = "";

  /** Reads the words from `from` to `to`; offsets are those of the whole text. */
  read(text: string, from: number, to: number): void {
    this.text = text;
    this.count = 0;
    let index = from;
    let gap = LINE;
    let fresh = true;
    while (index < to) {
      const gapStart = index;
      let code = text.charCodeAt(index);
      while (index < to && caseOf(code) === 0) {
        index += 1;
        code = text.charCodeAt(index);
      }
      if (gapStart !== from || index !== from) {
        gap = gapBetween(text, gapStart, index);
        fresh = startsAnew(text, gapStart, index);
      }
      if (index >= to) break;
      const start = index;
      let capitals = 0;
      let letters = 0;
      let lower = 0;
      for (; index < to; index += 1) {
        const kind = caseOf(code);
        if (kind === 0 && !isCombining(code)) break;
        // Lost spaces: `AnnaKowalska`; `McDonald` and `DeLuca` stay whole.
        if (kind === UPPER_CASE && lower > 2 && capitals === 1 && caseOf(text.charCodeAt(index + 1)) === LOWER_CASE) break;
        letters += 1;
        if (kind === UPPER_CASE) capitals += 1;
        else if (capitals === 1) lower += 1;
        code = text.charCodeAt(index + 1);
      }
      // Letters that touch a digit or an underscore are part of a code.
      if (isCode(text.charCodeAt(start - 1)) || isCode(code)) gap = BREAK;
      this.#add(start, index, capitals, letters, gap, fresh, this.count === 0 || hasLineEnd(text, gapStart, start));
    }
  }

  /** Keeps nothing of the text. */
  release(): void {
    this.text = "";
    this.count = 0;
  }

  #add(start: number, end: number, capitals: number, letters: number, gap: number, fresh: boolean, lineStart: boolean): void {
    if (this.count === this.starts.length) this.#grow();
    const { text, count } = this;
    const isCapital = capitals > 0 && caseOf(text.charCodeAt(start)) !== LOWER_CASE;
    let flags = lineStart ? LINE_START | SENTENCE_START : 0;
    const dotted = text.charCodeAt(end) === 46;
    if (dotted) flags |= DOTTED;
    if (isCapital) {
      flags |= CAPITAL;
      if (letters > 1 && capitals === letters) flags |= ALL_CAPITALS;
      if (dotted && (letters === 1 || (letters < 4 && longInitials.has(text.slice(start, end))))) flags |= INITIAL;
      // Behind `Dr.` and `J.` no sentence begins.
      const abbreviated = gap === DOT && count > 0 && ((this.flags[count - 1] ?? 0) & INITIAL || this.mask(count - 1) & TITLE);
      if (fresh && !abbreviated) flags |= SENTENCE_START;
    }
    this.starts[count] = start;
    this.ends[count] = end;
    this.flags[count] = flags;
    this.gaps[count] = gap;
    this.masks[count] = isCapital ? lookUpAt(text, start, end) : unread;
    this.hashes[count] = isCapital ? lastWordHash() : 0;
    this.count = count + 1;
  }

  #grow(): void {
    const size = this.starts.length * 2;
    const grown = <A extends Int32Array | Uint16Array | Uint8Array>(array: A, larger: A): A => {
      larger.set(array);
      return larger;
    };
    this.starts = grown(this.starts, new Int32Array(size));
    this.ends = grown(this.ends, new Int32Array(size));
    this.masks = grown(this.masks, new Uint16Array(size));
    this.flags = grown(this.flags, new Uint8Array(size));
    this.gaps = grown(this.gaps, new Uint8Array(size));
    this.hashes = grown(this.hashes, new Int32Array(size));
  }

  has(index: number, flag: number): boolean {
    return index >= 0 && index < this.count && ((this.flags[index] ?? 0) & flag) !== 0;
  }

  is(index: number, mask: number): boolean {
    return (this.mask(index) & mask) !== 0;
  }

  /** The mask of a word; 0 beyond the ends. */
  mask(index: number): number {
    if (index < 0 || index >= this.count) return 0;
    const mask = this.masks[index] ?? 0;
    return mask === unread ? this.#look(index) : mask;
  }

  /** Words in small letters are looked up only when a rule asks for them: most are never asked for. */
  #look(index: number): number {
    const mask = lookUpExactly(this.text, this.start(index), this.end(index));
    this.masks[index] = mask;
    this.hashes[index] = lastWordHash();
    return mask;
  }

  /** What stands between the word and the one before it; `BREAK` beyond the ends. */
  gap(index: number): number {
    return index > 0 && index < this.count ? (this.gaps[index] ?? BREAK) : BREAK;
  }

  start(index: number): number {
    return this.starts[index] ?? 0;
  }

  end(index: number): number {
    return this.ends[index] ?? 0;
  }

  length(index: number): number {
    return this.end(index) - this.start(index);
  }

  /** The hash of the folded word, as `hashOf` gives it. */
  hash(index: number): number {
    if (index < 0 || index >= this.count) return 0;
    if (this.masks[index] === unread) this.#look(index);
    return this.hashes[index] ?? 0;
  }

  /** The first word that ends behind `offset`; `count` when there is none. */
  from(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  word(index: number): string {
    return index >= 0 && index < this.count ? this.text.slice(this.start(index), this.end(index)) : "";
  }
}

const isCode = (code: number): boolean => (code >= 48 && code <= 57) || code === 95 || code === 64;

function gapBetween(text: string, start: number, end: number): number {
  if (end === start) return SPACE;
  if (end - start === 1) {
    const code = text.charCodeAt(start);
    if (code === 32 || code === 0xa0) return SPACE;
    if (code === 45 || code === 0x2010 || code === 0x2011) return HYPHEN;
    if (code === 39 || code === 0x2019) return APOSTROPHE;
    if (code === 46) return DOT;
    if (code === 44) return COMMA;
    return code === 10 ? LINE : BREAK;
  }
  // Anything longer than this is layout.
  if (end - start > 6) return BREAK;
  let gap = SPACE;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 32 || code === 0xa0 || code === 13) continue;
    if (code === 10 && gap === SPACE) gap = LINE;
    else if (code === 46 && gap === SPACE) gap = DOT;
    else if (code === 44 && gap === SPACE) gap = COMMA;
    else return BREAK;
  }
  return gap;
}

function hasLineEnd(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (text.charCodeAt(index) === 10) return true;
  return false;
}

/** Whether a sentence, a quotation or a list's item may begin behind what stands between two words. */
function startsAnew(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 32 && code !== 0xa0 && code !== 44 && code !== 45 && code !== 39 && code !== 0x2019 && code !== 38 && code !== 47 && code !== 40) return true;
  }
  return false;
}
