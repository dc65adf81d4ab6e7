import { allSuffixes, type Form, type Inflection, longestSuffix } from "./inflection.ts";
import { hashSeed, hashStep, root, WordPaths } from "./word-paths.ts";
import { endOfWord, letterOf, nextWord, plain, SEPARATOR, SILENT, withoutCase, wordsIn } from "./words.ts";

/** How the values of one list are compared. */
export interface Comparison {
  readonly ignoreCase: boolean;
  /** The endings that its words may take on; undefined = none. */
  readonly inflection: Inflection | undefined;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  /** Position of the list in what the matcher was made from. */
  readonly list: number;
}

/** A value may have so many words. */
export const mostWords = 16;

/** Words that a search from one place may look at: lists whose words inflect into each other end here. */
const mostSteps = 256;
/** Stems shorter than this are the beginning of too many words: their inflected forms need the capital of the list. */
const tellingStem = 4;
/** The label of an edge that stands for a whole word. */
const whole = 0;
const BACKSLASH = 92;

/** What stands at the ends of a value and says nothing. */
const ends = /^[\s.,;:!?"'()[\]]+|[\s.,;:!?"'()[\]]+$/g;

interface Entry {
  readonly list: number;
  readonly words: readonly string[];
  /** What stands before the first word, between the words, and behind the last. */
  readonly gaps: readonly string[];
  /** The next entry with the same path; -1 = none. */
  readonly next: number;
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The hash of a word's letters, as the search computes it from the text. */
function hashOf(word: string): number {
  let hash = hashSeed;
  for (let index = 0; index < word.length; index += 1) {
    const letter = letterOf(word.charCodeAt(index));
    if (letter !== SILENT) hash = hashStep(hash, letter);
  }
  return hash;
}

const endingsMask = 0xffff;
/** One mark for the hash of each suffix, read from its end. */
const endings = new Uint8Array(endingsMask + 1);
for (const suffix of allSuffixes) endings[hashOf([...suffix].reverse().join("")) & endingsMask] = 1;

/**
 * Finds the values of lists in a text: whole words, case and inflection as each list says. One pass, linear in the text whatever the lists
 * hold: a word whose hash begins no value costs a look-up.
 */
export class Matcher {
  readonly #lists: readonly Comparison[];
  readonly #paths: WordPaths;
  readonly #entries: Entry[] = [];
  /** By node of the path: its first entry; absent = none. */
  readonly #entryAt: number[] = [];
  /** What may follow the stem of an edge, by its label. */
  readonly #suffixes: ReadonlySet<string>[] = [new Set()];
  readonly #labels = new Map<ReadonlySet<string>, number>([]);
  readonly #inflects: boolean;
  /** The last letters of the word at hand, and the hashes of its beginnings that end with them. */
  readonly #letters = new Int32Array(32);
  readonly #prefixes = new Int32Array(32);

  /** `values` in the order of the lists; a value without a word, or with too many, is passed over. */
  constructor(lists: readonly (Comparison & { readonly values: readonly string[] })[]) {
    this.#lists = lists;
    this.#inflects = lists.some(({ inflection }) => inflection !== undefined);
    const count = lists.reduce((sum, { values, inflection }) => sum + values.length * (inflection === undefined ? 2 : 8), 0);
    this.#paths = new WordPaths(count);
    for (const [list, { values }] of lists.entries()) for (const value of values) this.#add(value, list);
  }

  #add(value: string, list: number): void {
    const { ignoreCase, inflection } = this.#lists[list] ?? { ignoreCase: false, inflection: undefined };
    const spelling = (ignoreCase ? withoutCase(value) : plain(value)).replace(ends, "");
    const places = wordsIn(spelling);
    if (places.length === 0 || places.length > mostWords) return;
    let node = root;
    const words: string[] = [];
    const gaps: string[] = [];
    let last = 0;
    for (const { start, end } of places) {
      const word = spelling.slice(start, end);
      words.push(word);
      gaps.push(spelling.slice(last, start));
      last = end;
      node = this.#step(node, word, inflection);
    }
    gaps.push(spelling.slice(last));
    this.#entries.push({ list, words, gaps, next: this.#entryAt[node] ?? -1 });
    this.#entryAt[node] = this.#entries.length - 1;
  }

  /** The node behind a word, made where it is missing, with an edge for each of the word's forms. */
  #step(node: number, word: string, inflection: Inflection | undefined): number {
    const hash = hashOf(word);
    let child = this.#paths.child(node, hash, whole);
    if (child === -1) {
      child = this.#paths.newNode();
      this.#paths.add(node, hash, child, whole);
    }
    if (inflection === undefined) return child;
    for (const { stem, suffixes } of inflection.forms(withoutCase(word))) {
      let label = this.#labels.get(suffixes);
      if (label === undefined) {
        label = this.#suffixes.push(suffixes) - 1;
        this.#labels.set(suffixes, label);
      }
      this.#paths.add(node, hashOf(stem), child, label);
    }
    return child;
  }

  /** Calls back for every place where a value begins, with the longest match of each list there. In order of the words they begin with. */
  find(text: string, found: (match: Match) => void): void {
    const { length } = text;
    for (let index = 0; index < length; ) {
      let letter = letterOf(text.charCodeAt(index));
      if (letter === SEPARATOR || letter === SILENT) {
        index += 1;
        continue;
      }
      const start = index;
      const alone = letter < SEPARATOR;
      let hash = hashSeed;
      let letters = 0;
      do {
        if (letter !== SILENT) {
          hash = hashStep(hash, letter);
          this.#prefixes[letters & 31] = hash;
          this.#letters[letters & 31] = letter;
          letters += 1;
        }
        index += 1;
        letter = alone ? SEPARATOR : letterOf(text.charCodeAt(index));
      } while (letter > SEPARATOR);
      if (this.#mayBegin(hash, letters)) this.#from(text, start, found);
      // The letter of a quoted line end (`\n`) belongs to no word.
      if (start > 0 && letters > 1 && text.charCodeAt(start - 1) === BACKSLASH && "nrt".includes(text.charAt(start))) this.#from(text, start + 1, found);
    }
  }

  #mayBegin(hash: number, letters: number): boolean {
    if (this.#paths.mayBegin(hash)) return true;
    if (!this.#inflects) return false;
    let ending = hashSeed;
    for (let length = letters - 1; length > 1 && length >= letters - longestSuffix; length -= 1) {
      ending = hashStep(ending, this.#letters[length & 31] ?? 0);
      if (endings[ending & endingsMask] !== 0 && this.#paths.mayBegin(this.#prefixes[(length - 1) & 31] ?? 0)) return true;
    }
    return false;
  }

  /** The longest match of each list that begins with the word at `start`. */
  #from(text: string, start: number, found: (match: Match) => void): void {
    const longest = new Map<number, Match>();
    const words: Word[] = [];
    let steps = 0;
    const follow = (node: number, at: number): void => {
      steps += 1;
      if (steps > mostSteps) return;
      const end = endOfWord(text, at);
      words.push({ start: at, end, text: plain(text.slice(at, end)) });
      this.#children(node, words.at(-1)?.text ?? "", (child) => {
        for (let entry = this.#entries[this.#entryAt[child] ?? -1]; entry !== undefined; entry = this.#entries[entry.next]) {
          const match = this.#verified(text, entry, words);
          if (match !== undefined && match.end > (longest.get(match.list)?.end ?? 0)) longest.set(match.list, match);
        }
        const next = nextWord(text, end);
        if (next !== -1 && words.length < mostWords) follow(child, next);
      });
      words.pop();
    };
    follow(root, start);
    for (const match of longest.values()) found(match);
  }

  /** Every node that a word leads to, as it stands or as a form. */
  #children(node: number, word: string, visit: (child: number) => void): void {
    const lower = withoutCase(word);
    let hash = hashSeed;
    const hashes: { hash: number; at: number }[] = [];
    for (let index = 0; index < lower.length; index += 1) {
      const letter = letterOf(lower.charCodeAt(index));
      if (letter === SEPARATOR || letter === SILENT) continue;
      hash = hashStep(hash, letter);
      hashes.push({ hash, at: index + 1 });
    }
    const child = this.#paths.child(node, hash, whole);
    if (child !== -1) visit(child);
    if (!this.#inflects) return;
    const visited = new Set([child]);
    for (const { hash: stem, at } of hashes.slice(-longestSuffix - 1, -1)) {
      const rest = lower.slice(at);
      this.#paths.edges(node, stem, (inflected, label) => {
        if (label === whole || visited.has(inflected) || this.#suffixes[label]?.has(rest) !== true) return;
        visited.add(inflected);
        visit(inflected);
      });
    }
  }

  /** The place of the entry in the text, if these words with what stands around them are its value. */
  #verified(text: string, { list, words: expected, gaps }: Entry, words: readonly Word[]): Match | undefined {
    const comparison = this.#lists[list];
    const [first] = words;
    const last = words.at(-1);
    if (comparison === undefined || first === undefined || last === undefined || expected.length !== words.length) return undefined;
    for (const [index, word] of words.entries()) {
      if (!isForm(word.text, expected[index] ?? "", comparison)) return undefined;
      const previous = words[index - 1];
      if (previous !== undefined && plain(text.slice(previous.end, word.start)) !== gaps[index]) return undefined;
    }
    const [before = ""] = gaps;
    const behind = gaps.at(-1) ?? "";
    const start = first.start - before.length;
    if (start < 0 || !text.startsWith(before, start) || !text.startsWith(behind, last.end)) return undefined;
    return { start, end: last.end + behind.length, list };
  }
}

/** Whether a word of a text is a word of a list. */
function isForm(word: string, expected: string, { ignoreCase, inflection }: Comparison): boolean {
  if (word === expected) return true;
  const lower = withoutCase(word);
  if (ignoreCase && lower === expected) return true;
  if (inflection === undefined) return false;
  const capital = word.charAt(0) !== lower.charAt(0);
  if (!ignoreCase && word.charAt(0) !== expected.charAt(0)) return false;
  const fits = ({ stem, suffixes }: Form): boolean =>
    (capital || stem.length >= tellingStem) && lower.startsWith(stem) && suffixes.has(lower.slice(stem.length));
  return inflection.forms(withoutCase(expected)).some(fits);
}
