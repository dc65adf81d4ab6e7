import type { Finding } from "../port.ts";
import { classOf, LETTER } from "../text/folding.ts";
import { Lexicon, lexicon } from "../text/lexicon.ts";
import type { Scan } from "../text/scanner.ts";
import { cues, general, labels } from "./cues.ts";
import { type Category, terms } from "./terms.ts";

const isCategory = (name: string): name is Category => Object.hasOwn(terms, name);

const categories = new Map<number, Category>();
for (const [category, rows] of Object.entries(terms)) {
  if (isCategory(category)) for (const word of rows.flatMap((row) => row.split(", "))) categories.set(lexicon.add(word), category);
}
/** Without its own letter it is a word of another language: `Kraft`. */
const crab = lexicon.add("kræft*");
const labelled = new Map<number, Category>();
for (const [category, rows] of Object.entries(labels)) {
  if (isCategory(category)) for (const word of rows.flatMap((row) => row.split(", "))) labelled.set(lexicon.add(word), category);
}
/** Looked for in the sentence of a term only: such words stand everywhere. */
const people = new Lexicon();
for (const word of cues.flatMap((row) => row.split(", "))) people.add(word);
const subjects = new Lexicon();
for (const word of general.flatMap((row) => row.split(", "))) subjects.add(word);

/** A sentence is looked at this far on both sides of a term. */
const reach = 160;
/** A person that was found this near speaks for the paragraph. */
const nearby = 200;
const tellsPerson = new Set(["person", "person_id", "email", "phone", "birth_date", "document_id", "known_value"]);
/** Names stand in all prose: one speaks for its own sentence only, and from nearby. */
const nearName = 60;

const endsSentence = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code === 33 || code === 63 || code === 59) return true;
  if (code === 10) return text.charCodeAt(at + 1) === 10 || text.charCodeAt(at - 1) === 10;
  // The dot of `Dr.` and `12.` ends none.
  return code === 46 && text.charCodeAt(at + 1) <= 32 && classOf(text.charCodeAt(at - 1)) >= LETTER && classOf(text.charCodeAt(at - 3)) >= LETTER;
};

interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly tellsPerson: boolean;
  /** It asks or tells about a thing in general. */
  readonly isGeneral: boolean;
}

/** The sentence around a place, as far as it is looked at, and whether its words speak of a person. */
function sentenceAt(text: string, start: number, end: number): Sentence {
  let from = start;
  while (from > Math.max(0, start - reach) && !endsSentence(text, from - 1)) from -= 1;
  let to = end;
  while (to < Math.min(text.length, end + reach) && !endsSentence(text, to)) to += 1;
  let met = false;
  let isGeneral = false;
  let inside = classOf(text.charCodeAt(from - 1)) >= LETTER;
  for (let at = from; at < to && !isGeneral; at += 1) {
    const isLetter = classOf(text.charCodeAt(at)) >= LETTER;
    if (isLetter && !inside) {
      people.walk(text, at, (_, __, stop) => {
        met ||= stop <= to;
      });
      subjects.walk(text, at, (_, __, stop) => {
        isGeneral ||= stop <= to;
      });
    }
    inside = isLetter;
  }
  return { start: from, end: to, tellsPerson: met && !isGeneral, isGeneral };
}

/** Whether someone was found near the place, in the same paragraph. `persons` is sorted by place. */
function isNearPerson(text: string, persons: readonly Finding[], namesCount: boolean, start: number, end: number): boolean {
  let low = 0;
  let high = persons.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((persons[middle]?.end ?? 0) < start - nearby) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < persons.length && index < low + 8; index += 1) {
    const one = persons[index];
    if (one === undefined || one.start > end + nearby) return false;
    const between = one.end <= start ? text.slice(one.end, start) : text.slice(end, one.start);
    if (one.type === "person" ? namesCount && between.length <= nearName && !/[.!?;]\s|\n/.test(between) : !/\n\s*\n/.test(between)) return true;
  }
  return false;
}

const labelGap = /^[^\n:.;?!0-9]{0,20}[:=|][ \t]{0,8}(?=[\p{L}\d])/u;
const labelValue = /^(?:[^\n.;|]|\.(?=\d)){2,60}/;

/** What stands behind a label and its colon, to the end of the sentence or the line. */
function labelledValue(text: string, from: number): { readonly start: number; readonly end: number } | undefined {
  const gap = labelGap.exec(text.slice(from, from + 32))?.[0].length;
  if (gap === undefined) return undefined;
  const value = labelValue.exec(text.slice(from + gap, from + gap + 60))?.[0].trimEnd();
  return value === undefined ? undefined : { start: from + gap, end: from + gap + value.length };
}

function finding(category: Category, start: number, end: number, confidence: number, because: string): Finding {
  return { type: "special_category", subtype: category, start, end, confidence, rule: "special-category", class: "sensitive", because };
}

/** The whole word, where a stem was met. */
function wordEnd(text: string, end: number): number {
  let stop = end;
  while (stop < end + 24 && classOf(text.charCodeAt(stop)) >= LETTER) stop += 1;
  return stop;
}

/**
 * Words for health, religion, union, politics, origin, sexuality, genes, biometrics and convictions, where the text speaks of a person:
 * in the words of the sentence, or because someone was found in the paragraph. What is said in general is left alone.
 */
export function specialCategories({ text, words, found }: Scan): void {
  let persons: readonly Finding[] | undefined;
  let sentence: Sentence = { start: 0, end: -1, tellsPerson: false, isGeneral: false };
  for (let index = 0; index < words.phrases.length; index += 1) {
    const phrase = words.phrases[index] ?? -1;
    const start = words.starts[index] ?? 0;
    const label = labelled.get(phrase);
    const value = label === undefined ? undefined : labelledValue(text, words.ends[index] ?? 0);
    // A network has its diagnosis too.
    if (label !== undefined && label !== "health" && value !== undefined)
      found.push(finding(label, value.start, value.end, 0.75, "its label stands before it"));
    if (phrase === crab && !/æ/i.test(text.slice(start, words.ends[index]))) continue;
    const category = categories.get(phrase) ?? (value === undefined ? undefined : label);
    if (category === undefined) continue;
    const place = categories.has(phrase) || value === undefined ? { start, end: wordEnd(text, words.ends[index] ?? 0) } : value;
    if (place.start < sentence.start || place.end > sentence.end) sentence = sentenceAt(text, place.start, place.end);
    if (sentence.tellsPerson) {
      found.push(finding(category, place.start, place.end, 0.7, "its sentence speaks of a person"));
      continue;
    }
    persons ??= found.filter(({ type }) => tellsPerson.has(type)).sort((one, other) => one.start - other.start);
    // Who is named beside a party or a union mostly speaks about it.
    const namesCount = !sentence.isGeneral && category !== "politics" && category !== "union";
    if (isNearPerson(text, persons, namesCount, place.start, place.end))
      found.push(finding(category, place.start, place.end, 0.6, "someone was found near it"));
  }
}
