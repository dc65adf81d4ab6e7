import { classOf, LETTER, MARK } from "../text/folding.ts";
import { lexicon, type Sightings } from "../text/lexicon.ts";

/** A word or several that announce a number, as a number of the lexicon: `pesel`, or for every word that begins so `dowod*`. */
export interface Phrase {
  readonly id: number;
  readonly text: string;
  /** Two letters, or single letters apart, are words of many meanings: they count only beside the number. */
  readonly isShort: boolean;
}

const known = new Map<number, Phrase>();

export function phrase(words: string): Phrase {
  const id = lexicon.add(words);
  const one = known.get(id) ?? { id, text: words.replace("*", "…"), isShort: words.length <= 2 || /^(?:\S )+\S$/.test(words) };
  known.set(id, one);
  return one;
}

const reach = 40;
const longestPhrase = 60;
const beside = 4;
/** How far a label may stand before its number. */
const labelGap = 14;

const isLetter = (code: number): boolean => classOf(code) >= LETTER;

/** How many characters stand between two places, runs of what separates words counted as one. */
function foldedGap(text: string, start: number, end: number): number {
  let gap = 0;
  let separated = false;
  for (let index = start; index < end; index += 1) {
    const one = classOf(text.charCodeAt(index));
    if (one === MARK) continue;
    if (one >= LETTER) gap += 1;
    else if (!separated) gap += 1;
    separated = one < LETTER;
  }
  return gap;
}

/** Where a phrase was met around a number. */
export interface Place {
  /** In characters, separators counted once. */
  readonly distance: number;
  readonly isBefore: boolean;
  /** It stands before the number with at most a short word, and no other number, between. */
  readonly isLabel: boolean;
}

/** The phrases around a number, by their numbers. */
export type Met = ReadonlyMap<number, Place>;

const none: Met = new Map();

/** Where the look behind a number ends: by whole words, and before the word that announces the next number. */
function lookEnd(text: string, end: number): number {
  let to = Math.min(text.length, end + reach);
  for (let step = 0; step < 20 && isLetter(text.charCodeAt(to)); step += 1) to += 1;
  const tail = text.slice(end, to);
  const digit = tail.search(/\d/);
  const stop = tail.search(digit === -1 ? /[\n;|]/ : /[\n;|,.:(]/);
  if (stop !== -1) return end + stop;
  return digit === -1 ? to : end + digit;
}

/** All phrases within 40 characters either side of a number, each where it stands nearest; before it wins over behind it. */
export function wordsAround(text: string, sightings: Sightings, start: number, end: number): Met {
  const { phrases, starts, ends } = sightings;
  const first = sightings.from(start - longestPhrase);
  if ((starts[first] ?? Number.POSITIVE_INFINITY) > end + reach) return none;
  let met: Map<number, Place> | undefined;
  let index = first;
  for (; (starts[index] ?? end) < start; index += 1) {
    const stop = ends[index] ?? 0;
    const one = known.get(phrases[index] ?? -1);
    if (stop <= start - reach || stop > start || one === undefined) continue;
    const distance = foldedGap(text, stop, start);
    if (one.isShort && distance > beside) continue;
    met ??= new Map();
    met.set(one.id, { distance, isBefore: true, isLabel: distance <= labelGap && !/\d/.test(text.slice(stop, start)) });
  }
  if (index === starts.length) return met ?? none;
  const limit = lookEnd(text, end);
  for (; (starts[index] ?? limit) < limit; index += 1) {
    const from = starts[index] ?? 0;
    const one = known.get(phrases[index] ?? -1);
    if (from < end || (ends[index] ?? 0) > limit || one === undefined) continue;
    const distance = foldedGap(text, end, from) + 1;
    if ((one.isShort && distance > beside) || (met?.get(one.id)?.distance ?? Number.POSITIVE_INFINITY) <= distance) continue;
    met ??= new Map();
    met.set(one.id, { distance, isBefore: false, isLabel: false });
  }
  return met ?? none;
}

/** The one of the phrases that stands nearest to the number, and where. */
export function nearest(words: readonly Phrase[], met: Met): { readonly phrase: Phrase; readonly place: Place } | undefined {
  if (met.size === 0) return undefined;
  let best: { readonly phrase: Phrase; readonly place: Place } | undefined;
  for (const phrase of words) {
    const place = met.get(phrase.id);
    if (place !== undefined && (best === undefined || place.distance < best.place.distance)) best = { phrase, place };
  }
  return best;
}

/** Whether one of the phrases stands directly before the number. */
export const isLabelled = (words: readonly Phrase[], met: Met): boolean => met.size > 0 && words.some((one) => met.get(one.id)?.isLabel === true);

/** What a finding says of the word that spoke for it. */
export const because = ({ phrase, place }: { readonly phrase: Phrase; readonly place: Place }): string =>
  `the word "${phrase.text}" stands ${place.isBefore ? "before" : "behind"} it`;
