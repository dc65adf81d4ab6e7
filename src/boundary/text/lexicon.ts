import { classCount, classOf, FIGURE, LETTER, MARK, SEPARATOR } from "./folding.ts";

const hash = (first: number, second: number, third: number): number => (first * 9973 + second * 101 + third) & 0xffff;

/** How many separators may stand between two words of a phrase: `P. IVA`, `n° SS`. */
const longestGap = 4;

/**
 * Words and phrases that are looked for, as one tree over folded letters: however many there are, a text is read once. They are added
 * while modules load; each gets a number.
 */
export class Lexicon {
  /** By node and class the next node; 0 where there is none. */
  #next = new Uint16Array(classCount * 1024);
  /** By node the phrase that ends there, plus one. */
  #ends = new Uint16Array(1024);
  #nodes = 1;
  /** Which words may begin a phrase, by a hash of their first three classes: most words of a text end here. */
  readonly #openings = new Uint8Array(1 << 16);
  readonly #phrases: string[] = [];

  /** Adds a word or several, of which the last may stand for every word that begins so: `dowod*`. Equal phrases have equal numbers. */
  add(phrase: string): number {
    const isStem = phrase.endsWith("*");
    const length = isStem ? phrase.length - 1 : phrase.length;
    let node = 0;
    let gap = true;
    const opening: number[] = [];
    for (let index = 0; index < length; index += 1) {
      const one = classOf(phrase.charCodeAt(index));
      if (one === MARK) continue;
      if (one < LETTER) {
        if (!gap) {
          node = this.#step(node, SEPARATOR);
          opening.push(SEPARATOR);
        }
        gap = true;
      } else {
        node = this.#step(node, one);
        opening.push(one);
        gap = false;
      }
    }
    if (node === 0 || phrase.slice(0, length).includes("*")) throw new Error(`No phrase: "${phrase}"`);
    if (!isStem && !gap) {
      node = this.#step(node, SEPARATOR);
      opening.push(SEPARATOR);
    }
    this.#open(opening);
    const known = this.#ends[node] ?? 0;
    if (known !== 0) return known - 1;
    this.#phrases.push(phrase);
    this.#ends[node] = this.#phrases.length;
    return this.#phrases.length - 1;
  }

  /** How the phrase of a number was written when it was added. */
  phrase(number: number): string {
    return this.#phrases[number] ?? "";
  }

  #open([first = SEPARATOR, second, third]: readonly number[]): void {
    for (let two = second ?? 0; two < (second === undefined ? classCount : second + 1); two += 1) {
      for (let three = third ?? 0; three < (third === undefined ? classCount : third + 1); three += 1) this.#openings[hash(first, two, three)] = 1;
    }
  }

  /** Whether a phrase may begin with the word at `start`, whose first letter has the class `first`. */
  mayBegin(text: string, start: number, first: number): boolean {
    const second = classOf(text.charCodeAt(start + 1));
    const third = classOf(text.charCodeAt(start + 2));
    if (second === MARK || third === MARK || second === SEPARATOR) return true;
    return this.#openings[hash(first, second === FIGURE ? SEPARATOR : second, third === FIGURE ? SEPARATOR : third)] === 1;
  }

  #step(node: number, one: number): number {
    const slot = node * classCount + one;
    const known = this.#next[slot] ?? 0;
    if (known !== 0) return known;
    if (this.#nodes === this.#ends.length) this.#grow();
    const made = this.#nodes;
    this.#nodes += 1;
    this.#next[slot] = made;
    return made;
  }

  #grow(): void {
    const nodes = Math.min(this.#ends.length * 2, 0xffff);
    if (nodes === this.#ends.length) throw new Error("The lexicon is full");
    const next = new Uint16Array(nodes * classCount);
    next.set(this.#next);
    this.#next = next;
    const ends = new Uint16Array(nodes);
    ends.set(this.#ends);
    this.#ends = ends;
  }

  /** Hands every phrase that begins with the word at `start` to `meet`, shortest first, with where its last letter ends. */
  walk(text: string, start: number, meet: (phrase: number, start: number, end: number) => void): void {
    const next = this.#next;
    let node = 0;
    let index = start;
    for (;;) {
      const one = classOf(text.charCodeAt(index));
      if (one === MARK) {
        index += 1;
        continue;
      }
      node = next[node * classCount + (one === FIGURE ? SEPARATOR : one)] ?? 0;
      if (node === 0) return;
      const met = this.#ends[node] ?? 0;
      if (met !== 0) meet(met - 1, start, one < LETTER ? index : index + 1);
      index += 1;
      if (one >= LETTER) continue;
      if (one === FIGURE || index > text.length) return;
      const limit = index + longestGap;
      while (index < limit && classOf(text.charCodeAt(index)) === SEPARATOR) index += 1;
    }
  }
}

/** Everything that recognisers look for by its words. */
export const lexicon = new Lexicon();

/** The phrases that a text holds, in the order in which they begin. */
export class Sightings {
  readonly phrases: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  /** The first sighting that begins at `place` or behind it. */
  from(place: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether the sightings that begin from `start` on and end before `end` hold one of the phrases. */
  some(phrases: ReadonlySet<number>, start: number, end: number): boolean {
    return this.last(phrases, start, end) !== -1;
  }

  /** The last sighting of one of the phrases that begins from `start` on and ends at or before `end`; -1 where there is none. */
  last(phrases: ReadonlySet<number>, start: number, end: number): number {
    let best = -1;
    for (let index = this.from(start); index < this.starts.length && (this.starts[index] ?? 0) < end; index += 1) {
      if ((this.ends[index] ?? 0) <= end && phrases.has(this.phrases[index] ?? -1)) best = index;
    }
    return best;
  }
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isLower = (code: number): boolean => code >= 97 && code <= 122;

/** Finds the phrases of the lexicon at the beginnings of words, and at capitals behind small letters (`patientName`). One pass. */
export function sight(text: string): Sightings {
  const sightings = new Sightings();
  const meet = (phrase: number, start: number, end: number): void => {
    sightings.phrases.push(phrase);
    sightings.starts.push(start);
    sightings.ends.push(end);
  };
  let inside = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const one = classOf(code);
    if (one < LETTER) {
      inside = inside && one === MARK;
      continue;
    }
    if ((!inside || (isUpper(code) && isLower(text.charCodeAt(index - 1)))) && lexicon.mayBegin(text, index, one)) lexicon.walk(text, index, meet);
    inside = true;
  }
  return sightings;
}
