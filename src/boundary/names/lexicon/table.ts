import { foldCode, isCombining } from "./letters.ts";

const offset = 0x811c9dc5;
const prime = 0x01000193;
/** No name has more letters; what is longer is looked up by nothing. */
export const longestWord = 40;

/** The folded letters of the word that was read last, and the hash of each of its beginnings: stems are looked up without making strings. */
export const letters = new Uint16Array(longestWord);
export const hashes = new Int32Array(longestWord + 1);
hashes[0] = offset | 0;

/** FNV-1a over UTF-16 code units; with 32 bits, a strange word meets a known one once in about 70,000 words. */
export const hashOn = (hash: number, code: number): number => Math.imul(hash ^ code, prime);

/** Folds and hashes `text` from `start` to `end`, accents of their own left out; returns how many letters that are, 0 when they are too many. */
export function readWord(text: string, start: number, end: number): number {
  let length = 0;
  let hash = offset | 0;
  for (let index = start; index < end; index += 1) {
    const code = foldCode(text.charCodeAt(index));
    if (isCombining(code)) continue;
    if (length === longestWord) return 0;
    letters[length] = code;
    hash = Math.imul(hash ^ code, prime);
    length += 1;
    hashes[length] = hash;
  }
  return length;
}

/** Words as hashes, with what is known of each, in two flat arrays: open addressing, at most five eighths full. */
export class WordTable {
  readonly #hashes: Int32Array;
  readonly #masks: Uint16Array;
  readonly #last: number;

  constructor(groups: Readonly<Record<string, string>>) {
    let count = 0;
    for (const words of Object.values(groups)) count += words.split(" ").length;
    const size = 1 << Math.ceil(Math.log2(Math.max(count * 1.6, 16)));
    this.#hashes = new Int32Array(size);
    this.#masks = new Uint16Array(size);
    this.#last = size - 1;
    for (const [mask, words] of Object.entries(groups)) this.#insertAll(words, Number(mask));
  }

  /** The mask of the word with this hash; 0 when it is unknown. */
  at(hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & this.#last;
    for (let mask = this.#masks[slot] ?? 0; mask !== 0; mask = this.#masks[slot] ?? 0) {
      if (this.#hashes[slot] === hash) return mask;
      slot = (slot + 1) & this.#last;
    }
    return 0;
  }

  #insertAll(words: string, mask: number): void {
    let hash = offset | 0;
    for (let index = 0; index <= words.length; index += 1) {
      const code = words.charCodeAt(index);
      if (code === 32 || index === words.length) {
        this.#insert(hash, mask);
        hash = offset | 0;
      } else hash = Math.imul(hash ^ code, prime);
    }
  }

  #insert(hash: number, mask: number): void {
    let slot = (hash ^ (hash >>> 15)) & this.#last;
    while ((this.#masks[slot] ?? 0) !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & this.#last;
    this.#hashes[slot] = hash;
    this.#masks[slot] = (this.#masks[slot] ?? 0) | mask;
  }
}
