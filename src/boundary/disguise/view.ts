import { isAlphanumeric, isWordCharacter } from "../text/characters.ts";
import { isCombining, kindOf, needsCompany, plainOf, plainOfPair } from "./characters.ts";
import { decodeAt } from "./encodings.ts";
import { INVISIBLE, LOOK_ALIKE, MARKS } from "./kinds.ts";

/** Between letters, the run of a word is looked at this far for a Latin letter or a digit. */
const wordReach = 256;
/** Tag characters that spell at least this much are read; fewer are filling. */
const shortestHidden = 6;

const isInvisible = (code: number): boolean => kindOf(code) === INVISIBLE;
const inWord = (code: number): boolean => isWordCharacter(code) || isInvisible(code) || kindOf(code) === LOOK_ALIKE;

/** A stretch of text as it reads once every disguise is taken off, with the way back to where each character stood. */
export class View {
  readonly #source: string;
  readonly #units: Uint16Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #kinds: Uint16Array;
  #length = 0;
  #changes = 0;
  /** Up to where it is known whether a look-alike stands in a Latin word. */
  #wordEnd = 0;
  #isLatin = false;

  constructor(source: string, from: number, to: number) {
    const capacity = to - from;
    this.#source = source;
    this.#units = new Uint16Array(capacity);
    this.#starts = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
    this.#kinds = new Uint16Array(capacity + 1);
    let index = from;
    while (index < to) index = this.#read(index, to);
  }

  get text(): string {
    return Buffer.from(this.#units.buffer, 0, this.#length * 2).toString("utf16le");
  }

  get changed(): boolean {
    return this.#changes > 0;
  }

  /** The offset in the source of the character at `index`. */
  startOf(index: number): number {
    return this.#starts[index] ?? 0;
  }

  /** The offset in the source behind the character at `index`. */
  endOf(index: number): number {
    return this.#ends[index] ?? 0;
  }

  /** The kinds of disguise between two places of the view; 0 where nothing was changed. */
  kindsIn(start: number, end: number): number {
    let kinds = 0;
    for (let index = Math.max(0, start); index < end && index < this.#length; index += 1) kinds |= this.#kinds[index] ?? 0;
    return kinds;
  }

  #put(unit: number, start: number, end: number, kind: number): void {
    const at = this.#length;
    this.#units[at] = unit;
    this.#starts[at] = start;
    this.#ends[at] = end;
    if (kind !== 0) this.#mark(kind);
    this.#length = at + 1;
  }

  /** Notes a disguise at the character that comes next. */
  #mark(kind: number): void {
    this.#kinds[this.#length] = (this.#kinds[this.#length] ?? 0) | kind;
    this.#changes += 1;
  }

  /** Reads what stands at the place, up to the end of the stretch, and returns where the next begins. */
  #read(at: number, to: number): number {
    const code = this.#source.charCodeAt(at);
    if (code >= 128) return this.#readForeign(at, code, to);
    const decoded = code > 92 && code !== 123 ? undefined : decodeAt(this.#source, at);
    const end = at + (decoded?.size ?? 1);
    if (decoded === undefined || end > to) {
      this.#put(code, at, at + 1, 0);
      return at + 1;
    }
    const plain = decoded.point > 0xffff ? decoded.point : plainOf(decoded.point);
    if (plain === 0 || isLoneSurrogate(plain)) this.#mark(decoded.kind);
    else if (plain > 0xffff) {
      this.#put(0xd7c0 + (plain >> 10), at, end, decoded.kind);
      this.#put(0xdc00 + (plain & 0x3ff), at, end, decoded.kind);
    } else if (isCombining(plain)) this.#combine(plain, end);
    else this.#put(plain, at, end, decoded.kind);
    return end;
  }

  #readForeign(at: number, code: number, to: number): number {
    if ((code & 0xf800) === 0xd800) return this.#readSurrogate(at, code, to);
    if (isCombining(code)) {
      this.#combine(code, at + 1);
      return at + 1;
    }
    const kind = kindOf(code);
    if (kind === INVISIBLE) this.#mark(kind);
    else if (needsCompany(code) && !this.#isInLatinWord(at)) this.#put(code, at, at + 1, 0);
    else this.#put(plainOf(code), at, at + 1, kind);
    return at + 1;
  }

  #readSurrogate(at: number, high: number, to: number): number {
    const low = this.#source.charCodeAt(at + 1);
    if (high >= 0xdc00 || (low & 0xfc00) !== 0xdc00) {
      this.#mark(INVISIBLE);
      return at + 1;
    }
    const plain = plainOfPair(high, low);
    if (plain === 0) return this.#readTags(at, to);
    if (plain === -1) {
      this.#put(high, at, at + 1, 0);
      if (at + 1 < to) this.#put(low, at + 1, at + 2, 0);
    } else this.#put(plain, at, at + 2, LOOK_ALIKE);
    return at + 2;
  }

  /** Tag characters (U+E0020 to U+E007E), which repeat ASCII where nobody sees it. */
  #readTags(at: number, to: number): number {
    const source = this.#source;
    let end = at;
    while (end < to && source.charCodeAt(end) === 0xdb40) end += 2;
    const spells = end - at >= 2 * shortestHidden;
    this.#mark(INVISIBLE);
    for (let index = at; index < end; index += 2) {
      const low = source.charCodeAt(index + 1);
      if (spells && low >= 0xdc20 && low <= 0xdc7e) this.#put(low - 0xdc00, index, index + 2, INVISIBLE);
    }
    return end;
  }

  /** A combining mark goes into the letter before it where the two are one letter (Unicode normalisation form C), and is dropped elsewhere. */
  #combine(mark: number, end: number): void {
    const last = this.#length - 1;
    const base = this.#units[last];
    const composed = last < 0 || base === undefined ? "" : String.fromCharCode(base, mark).normalize("NFC");
    if (composed.length === 1) {
      this.#units[last] = composed.charCodeAt(0);
      this.#kinds[last] = (this.#kinds[last] ?? 0) | MARKS;
      this.#changes += 1;
    } else this.#mark(MARKS);
    if (last >= 0) this.#ends[last] = end;
  }

  #isInLatinWord(at: number): boolean {
    if (at < this.#wordEnd) return this.#isLatin;
    const source = this.#source;
    let end = at;
    this.#isLatin = false;
    while (end < at + wordReach && inWord(source.charCodeAt(end))) {
      this.#isLatin ||= isAlphanumeric(source.charCodeAt(end));
      end += 1;
    }
    this.#wordEnd = end;
    for (let start = at - 1; !this.#isLatin && start >= at - wordReach && inWord(source.charCodeAt(start)); start -= 1) {
      this.#isLatin = isAlphanumeric(source.charCodeAt(start));
    }
    return this.#isLatin;
  }
}

const isLoneSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;
