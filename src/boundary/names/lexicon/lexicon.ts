import words from "../data/lexicon.json" with { type: "json" };
import { withoutEnding } from "./inflection.ts";
import { COMMON_WORD, INFLECTED, NAME, SURNAME_SHAPE } from "./masks.ts";
import { hasSurnameShape } from "./surname-shape.ts";
import { hashes, longestWord, readWord, WordTable } from "./table.ts";

const table = new WordTable(words);

let lastLength = 0;

/** The hash of the folded word that was looked up last; 0 when it was too long. */
export const lastWordHash = (): number => (lastLength === 0 ? 0 : (hashes[lastLength] ?? 0));

/** What is known of the word itself, without taking endings off: for words in lower case, of which there are many. */
export function lookUpExactly(text: string, start: number, end: number): number {
  const length = readWord(text, start, end);
  lastLength = length;
  return length === 0 ? 0 : table.at(hashes[length] ?? 0);
}

/**
 * What is known of the word at `start` to `end`, in any case and with any accents, as the bits of `masks.ts`. A word that is itself unknown
 * is looked up without its case ending too (`INFLECTED`), or may look like a family name (`SURNAME_SHAPE`). 0 when nothing is known.
 */
export function lookUpAt(text: string, start: number, end: number): number {
  const length = readWord(text, start, end);
  lastLength = length;
  if (length === 0) return 0;
  const known = table.at(hashes[length] ?? 0);
  if ((known & (NAME | COMMON_WORD)) !== 0) return known;
  return remembered(hashes[length] ?? 0, length, known);
}

/** Words come back: the answers for those that took the longest to look up, by their hash. */
const slots = 8192;
const askedHashes = new Int32Array(slots);
const askedMasks = new Uint16Array(slots);

function remembered(hash: number, length: number, known: number): number {
  const slot = (hash ^ (hash >>> 13)) & (slots - 1);
  if (askedHashes[slot] === hash) return askedMasks[slot] ?? 0;
  const stem = length > 3 ? withoutEnding(length, table) : 0;
  const mask = stem !== 0 ? known | stem | INFLECTED : known === 0 && hasSurnameShape(length) ? SURNAME_SHAPE : known;
  askedHashes[slot] = hash;
  askedMasks[slot] = mask;
  return mask;
}

/** The hash of the folded word that was looked up last; with `length`, of its beginning. */
export const lastHash = (length: number): number => hashes[length] ?? 0;

/** The hash of a word as `lastHash` gives it. */
export function hashOf(word: string): number {
  return hashes[readWord(word, 0, Math.min(word.length, longestWord))] ?? 0;
}

/** `lookUpAt` for a word that stands alone. */
export const lookUp = (word: string): number => lookUpAt(word, 0, word.length);

export {
  CALENDAR,
  COMMON_WORD,
  FEMALE,
  FIRST_NAME,
  INFLECTED,
  LAST_NAME,
  MALE,
  NAME,
  ORGANISATION_HINT,
  PARTICLE,
  PLACE,
  ROLE,
  SALUTATION,
  SURNAME_SHAPE,
  TITLE,
} from "./masks.ts";
