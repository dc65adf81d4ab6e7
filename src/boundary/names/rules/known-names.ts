import { foldCode } from "../lexicon/letters.ts";
import { COMMON_WORD, FIRST_NAME, INFLECTED, LAST_NAME, lastHash, lookUp, NAME, PLACE } from "../lexicon/lexicon.ts";
import { readWord } from "../lexicon/table.ts";
import { CAPITAL, INITIAL, type Words } from "../words.ts";
import type { Candidate } from "./candidate.ts";

/** One request's names: a few hundred cover any real one, and the bound keeps the cost of forged ones down. */
const most = 4096;
const shortest = 3;
/** Case endings in Finnish and Hungarian pile up; none is longer. */
const longestEnding = 6;

/** The parts of names that were found for certain, as hashes, so that they are known again elsewhere, with case endings too. */
export class KnownNames {
  readonly #whole = new Set<number>();
  /** Beginnings behind which a case ending may follow, because the ending changes the last letters. */
  readonly #stems = new Set<number>();

  get size(): number {
    return this.#whole.size;
  }

  learn(words: Words, { first, behind }: Candidate): void {
    this.#learnWords(words, first, behind);
  }

  /** The same for a span of the text that the words are of. */
  learnSpan(words: Words, start: number, end: number): void {
    const first = words.from(start);
    let behind = first;
    while (behind < words.count && words.start(behind) < end) behind += 1;
    this.#learnWords(words, first, behind);
  }

  #learnWords(words: Words, first: number, behind: number): void {
    for (let index = first; index < behind; index += 1) {
      if (!words.has(index, CAPITAL) || words.has(index, INITIAL)) continue;
      const mask = words.mask(index);
      if ((mask & COMMON_WORD) !== 0 || words.length(index) < shortest || ((mask & PLACE) !== 0 && (mask & NAME) === 0)) continue;
      this.#add(words.text, words.start(index), words.end(index), (mask & INFLECTED) !== 0);
    }
  }

  /** `jan.kowalski@…` tells two names; `info@…` none. `local` is what stands before the `@`. */
  learnMailbox(local: string): void {
    const parts = local.split(/[._-]+/u).filter((part) => /^\p{L}{3,}$/u.test(part));
    if (parts.length === 0 || parts.length > 3) return;
    const masks = parts.map(lookUp);
    const named = masks.filter((mask) => (mask & NAME) !== 0 && (mask & COMMON_WORD) === 0).length;
    if (named === 0 || (masks.length === 1 && ((masks[0] ?? 0) & (FIRST_NAME | LAST_NAME)) === 0)) return;
    parts.forEach((part, index) => {
      if (((masks[index] ?? 0) & COMMON_WORD) !== 0) return;
      this.#add(part, 0, part.length, false);
      const plain = part.toLowerCase().replace(/ue/gu, "u").replace(/oe/gu, "o").replace(/ae/gu, "a");
      if (plain !== part) this.#add(plain, 0, plain.length, false);
    });
  }

  #add(text: string, start: number, end: number, inflected: boolean): void {
    if (this.#whole.size >= most) return;
    const length = readWord(text, start, end);
    if (length < shortest) return;
    this.#whole.add(lastHash(length));
    if (length >= 5) this.#stems.add(lastHash(length - 1));
    const nen =
      length > 5 && foldCode(text.charCodeAt(end - 1)) === 110 && foldCode(text.charCodeAt(end - 2)) === 101 && foldCode(text.charCodeAt(end - 3)) === 110;
    if (nen) this.#stems.add(lastHash(length - 3));
    if (inflected) for (let stem = length - 2; stem >= Math.max(4, length - 4); stem -= 1) this.#stems.add(lastHash(stem));
  }

  /** Whether the word of this mask is one of the names, as it stands or with a case ending. */
  knows(text: string, start: number, end: number, mask: number): boolean {
    if (this.#whole.size === 0) return false;
    const length = readWord(text, start, end);
    if (length === 0) return false;
    if (this.#whole.has(lastHash(length))) return true;
    if ((mask & COMMON_WORD) !== 0 || ((mask & PLACE) !== 0 && (mask & NAME) === 0)) return false;
    for (let stem = length - 1; stem >= Math.max(shortest, length - longestEnding); stem -= 1) {
      const hash = lastHash(stem);
      if (this.#stems.has(hash) || (this.#whole.has(hash) && (stem > 3 || length - stem < 4))) return true;
    }
    return false;
  }
}
