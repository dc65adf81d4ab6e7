import {
  CALENDAR,
  COMMON_WORD,
  FIRST_NAME,
  INFLECTED,
  LAST_NAME,
  NAME,
  ORGANISATION_HINT,
  PARTICLE,
  PLACE,
  ROLE,
  SALUTATION,
  SURNAME_SHAPE,
  TITLE,
} from "../lexicon/lexicon.ts";
import { ALL_CAPITALS, CAPITAL, DOT, DOTTED, HYPHEN, INITIAL, SENTENCE_START, SPACE, type Words } from "../words.ts";
import type { Candidate, PersonRule } from "./candidate.ts";
import { beginsWith, fewCapitals, hasArticle, hasLocalCase, isOfThing } from "./grammar.ts";
import type { Language } from "./profile.ts";
import { doubtfulTitles, officeStems, sayingWords, shortTitles, streetWords, thingStems, thingWords } from "./vetoes.ts";

/** What was made of a run: a name, and whether it waits for the same name elsewhere in the text. */
export interface Judgement extends Candidate {
  readonly pending: boolean;
}

type Announcement = "title" | "role" | undefined;

/** Titles of one or two letters (`M.`, `p.`, `d.`) are none without their full stop. */
const isTitle = (words: Words, index: number): boolean =>
  words.is(index, TITLE) && (words.length(index) > 2 || words.has(index, DOTTED)) && !doubtfulTitles.has(words.hash(index));

function announced(words: Words, first: number): Announcement {
  const gap = words.gap(first);
  if (gap !== SPACE && gap !== DOT) return undefined;
  const before = first - 1;
  if (isTitle(words, before) && (gap === SPACE || shortTitles.has(words.hash(before)))) return "title";
  return gap === SPACE && words.is(before, ROLE) ? "role" : undefined;
}

/** How much a word speaks for being part of a name; -2 and below end it. */
function weight(words: Words, index: number): number {
  const mask = words.mask(index);
  if (words.has(index, INITIAL)) return 1;
  if (!words.has(index, CAPITAL)) return 0;
  if ((mask & ORGANISATION_HINT) !== 0) return -5;
  const common = (mask & COMMON_WORD) !== 0;
  if ((mask & CALENDAR) !== 0 && (mask & FIRST_NAME) === 0) return -5;
  if ((mask & FIRST_NAME) !== 0) return common ? 1 : (mask & INFLECTED) !== 0 ? 1.5 : 2;
  if ((mask & LAST_NAME) !== 0) return common ? 0.75 : (mask & PLACE) !== 0 ? 1 : (mask & INFLECTED) !== 0 ? 1.25 : 1.75;
  if ((mask & SURNAME_SHAPE) !== 0) return 1.25;
  if ((mask & PLACE) !== 0) return -1;
  if (common || (mask & (ROLE | SALUTATION | TITLE)) !== 0) return -2;
  return words.length(index) < 2 ? 0 : 0.5;
}

/** Judges the run of words from `first` to `end`; undefined when it is no person's name. */
export function judgeRun(words: Words, first: number, end: number, language: Language): Judgement | undefined {
  let from = first;
  let kind = announced(words, from);
  let stripped = false;
  // Titles, roles and common words at the head are no part of the name.
  while (from < end - 1) {
    // `M.` is an initial everywhere but in French.
    if (language === "fr" && words.has(from, INITIAL) && words.word(from) === "M") kind = "title";
    else if (isTitle(words, from) && !(kind !== undefined && words.is(from, NAME) && end - from === 2)) kind = "title";
    else if (words.is(from, ROLE) && !words.is(from, NAME)) kind = kind ?? "role";
    else if (isHeadWord(words, from, language)) {
      kind = undefined;
      stripped = true;
    } else break;
    from += 1;
    while (from < end - 1 && !words.has(from, CAPITAL)) from += 1;
  }
  const mixed = !words.has(from, ALL_CAPITALS);
  let given = kind === "title";
  let to = from;
  let sum = 0;
  for (; to < end; to += 1) {
    // A particle joins what a first name, an initial or a title began; elsewhere it is a preposition.
    if (!words.has(to, CAPITAL) && !given && to > from) break;
    given ||= words.has(to, INITIAL) || (words.is(to, FIRST_NAME) && !words.is(to, INFLECTED | COMMON_WORD));
    const value = weight(words, to);
    if (value <= -2 && words.gap(to) !== HYPHEN) break;
    // Behind a name in small letters, capitals are an acronym, unless they are its family name: `Jean DUPONT`.
    if (mixed && to > from && words.has(to, ALL_CAPITALS) && !words.is(to, NAME) && (to !== end - 1 || words.length(to) < 5)) break;
    sum += value;
  }
  while (to > from && (!words.has(to - 1, CAPITAL) || (to - from > 1 && words.is(to - 1, PARTICLE) && !words.is(to - 1, NAME)))) to -= 1;
  if (to === from) return undefined;
  const found = verdict(words, from, to, sum, kind, language, stripped || to < end);
  return found === undefined || isVetoed(words, from, to, kind, language) ? undefined : found;
}

/** A word that begins a sentence or a phrase and is commoner as a word than as a name. */
function isHeadWord(words: Words, index: number, language: Language): boolean {
  const mask = words.mask(index);
  if ((mask & (COMMON_WORD | SALUTATION | CALENDAR)) === 0 || words.has(index, INITIAL)) return false;
  // `Nagy Péter`, `Müller Hans`: the family name may stand first.
  if ((mask & LAST_NAME) !== 0 && words.is(index + 1, FIRST_NAME)) return language !== "hu" && words.has(index, SENTENCE_START) && (mask & FIRST_NAME) === 0;
  // `Will Smith` keeps its head; `May I` does not. Within a sentence the capital letter says that it is a name.
  return (mask & FIRST_NAME) === 0 || (words.has(index, SENTENCE_START) && !words.is(index + 1, LAST_NAME | SURNAME_SHAPE));
}

/** Whether what stands around the words from `from` to before `to` makes them the name of a street, a school, a prize. */
export function isVetoed(words: Words, from: number, to: number, kind: Announcement, language: Language): boolean {
  if (kind === "title") return false;
  const gap = words.gap(from);
  if ((gap === SPACE || gap === DOT) && streetWords.has(words.hash(from - 1))) return true;
  if (to - from > 1 && streetWords.has(words.hash(from))) return true;
  if (thingWords.has(words.hash(to - 1)) || (fewCapitals(language) && isOfThing(words, from, to, language) && !words.is(to - 1, NAME))) return true;
  const after = words.gap(to);
  if (to >= words.count || (after !== SPACE && after !== HYPHEN)) return false;
  if (thingWords.has(words.hash(to)) || (fewCapitals(language) && !words.has(to, CAPITAL) && beginsWith(words, to, thingStems))) return true;
  if (words.is(to, ORGANISATION_HINT) && words.has(to, CAPITAL) && to - from < 4) return true;
  // `Albert modell`, `Mozart-opera`: another word hangs on it.
  return after === HYPHEN && to - from === 1 && !words.has(to, CAPITAL) && words.length(to) > 3;
}

function verdict(words: Words, from: number, to: number, sum: number, kind: Announcement, language: Language, cut: boolean): Judgement | undefined {
  let full = 0;
  let allCapitals = 0;
  let first = 0;
  let last = 0;
  let initials = 0;
  let inflected = 0;
  let sure = 0;
  for (let index = from; index < to; index += 1) {
    if (!words.has(index, CAPITAL)) continue;
    if (words.has(index, INITIAL)) {
      initials += 1;
      continue;
    }
    full += 1;
    if (words.has(index, ALL_CAPITALS)) allCapitals += 1;
    if (words.is(index, FIRST_NAME)) first += 1;
    if (words.is(index, LAST_NAME | SURNAME_SHAPE)) last += 1;
    if (words.is(index, INFLECTED)) inflected += 1;
    if (words.is(index, FIRST_NAME) && !words.is(index, INFLECTED | COMMON_WORD | PLACE | CALENDAR)) sure += 1;
  }
  const named = (rule: PersonRule, confidence: number, because: string, strong: boolean, pending = false): Judgement => ({
    start: words.start(from),
    end: words.end(to - 1) + (words.has(to - 1, INITIAL) ? 1 : 0),
    first: from,
    behind: to,
    rule,
    confidence,
    because,
    strong,
    pending,
  });
  if (full === 0) return kind === "title" && initials > 0 ? named("person.title", 0.7, "a title stands before initials", false) : undefined;
  const mask = words.mask(from);
  if (kind === "title") {
    if (full === 1 && (mask & (COMMON_WORD | PLACE | CALENDAR | ROLE)) !== 0 && (mask & NAME) === 0) return undefined;
    return named("person.title", 0.92, "a title stands before it", true);
  }
  // Among capitals, only names that are known say something.
  if (allCapitals === full && words.length(from) > 1) {
    const known = full > 1 && first > 0 && first + last >= 2 && inflected === 0 && sum >= 2.5;
    return known ? named("person.lexicon", 0.75, "a first name and a family name stand together", true) : undefined;
  }
  if (full === 1 && initials > 0) return initialsWith(words, from, to, mask, named);
  if (full === 1) return single(words, from, kind, language, cut, named);
  if (first > 0 && sum >= 1.5) {
    if (sure > 0 && (first + last > 1 || fewCapitals(language))) return named("person.lexicon", 0.9, "a first name and a family name stand together", true);
    return named(
      "person.lexicon",
      sure > 0 ? 0.8 : inflected < full ? 0.75 : 0.6,
      "a first name stands in it",
      fewCapitals(language) && (inflected < full || first > 1),
    );
  }
  if (kind === "role" && sum >= 0.75) return named("person.role", 0.75, "a profession or an office stands before it", true);
  if (last > 0 && sum >= 1.75) return named("person.lexicon", 0.6, "a family name stands in it", false);
  if (language === "hu" && !cut && full <= 3 && isBareCapital(words, from, language) && isBareCapital(words, from + 1, language))
    return named("person.capital", 0.4, "capital letters within a sentence, without an article", false);
  return undefined;
}

type Named = (rule: PersonRule, confidence: number, because: string, strong: boolean, pending?: boolean) => Judgement;

/** `J. Müller`, `Müller J.`; the initial of a company or a section is followed by other things. */
function initialsWith(words: Words, from: number, to: number, mask: number, named: Named): Judgement | undefined {
  const leads = words.has(from, INITIAL);
  const name = leads ? words.mask(to - 1) : mask;
  if ((name & (LAST_NAME | SURNAME_SHAPE | FIRST_NAME)) !== 0 && (leads || (name & COMMON_WORD) === 0))
    return named("person.initials", 0.85, "initials stand beside a family name", true);
  if (!leads || (name & (COMMON_WORD | PLACE | CALENDAR | TITLE | ROLE)) !== 0 || words.has(to - 1, ALL_CAPITALS)) return undefined;
  return named("person.initials", 0.65, "initials stand before it", true);
}

function single(words: Words, index: number, kind: Announcement, language: Language, cut: boolean, named: Named): Judgement | undefined {
  const mask = words.mask(index);
  if (words.length(index) < 3 || (mask & (COMMON_WORD | CALENDAR | ORGANISATION_HINT | TITLE | ROLE)) !== 0) return undefined;
  const place = (mask & PLACE) !== 0;
  const inflected = (mask & INFLECTED) !== 0;
  const begins = words.has(index, SENTENCE_START);
  const few = fewCapitals(language);
  if (
    !place &&
    language === "hu" &&
    words.gap(index + 1) === SPACE &&
    words.is(index + 1, TITLE) &&
    !words.has(index + 1, CAPITAL) &&
    words.length(index + 1) > 1
  )
    return named("person.title", 0.85, "a title stands behind it", true);
  if (kind === "role" && !place && (mask & (NAME | SURNAME_SHAPE)) !== 0) return named("person.role", 0.7, "a profession or an office stands before it", true);
  const article = language === "hu" && hasArticle(words, index);
  if ((mask & FIRST_NAME) !== 0 && !(place && inflected)) {
    if (!inflected)
      return named("person.lexicon", place ? 0.5 : begins ? 0.6 : 0.7, "it is a first name", !place && !begins && !article, place && (begins || article));
    if (language !== "de") return named("person.lexicon", 0.5, "it is a first name with a case ending", false, begins || article);
    return undefined;
  }
  if ((mask & (LAST_NAME | SURNAME_SHAPE)) !== 0 && !place && language !== "de")
    return named(
      "person.lexicon",
      0.5,
      inflected ? "it is a family name with a case ending" : "it is a family name",
      false,
      begins || article || (inflected && !few),
    );
  if (place) return undefined;
  if (!begins && (saysBeside(words, index - 1, index) || saysBeside(words, index + 1, index + 1)))
    return named("person.role", 0.6, "a verb of saying stands beside it", true);
  const spoken = kind === "role" && language !== "de" && !words.has(index - 1, CAPITAL);
  if (spoken && mask === 0 && !words.has(index, ALL_CAPITALS)) return named("person.role", 0.6, "a profession or an office stands before it", true);
  if (language === "hu" && !cut && isBareCapital(words, index, language))
    return named("person.capital", 0.4, "a capital letter within a sentence, without an article", false);
  return undefined;
}

/** An unknown word with a capital within a Hungarian sentence, without article or local case: rather a person than a thing. */
function isBareCapital(words: Words, index: number, language: Language): boolean {
  if (words.mask(index) !== 0 || !words.has(index, CAPITAL) || words.has(index, ALL_CAPITALS | SENTENCE_START) || words.gap(index + 1) === HYPHEN) return false;
  if (language === "hu" && hasArticle(words, index)) return false;
  return !hasLocalCase(words, index, language) && !beginsWith(words, index, officeStems);
}

const saysBeside = (words: Words, index: number, gapAt: number): boolean => words.gap(gapAt) === SPACE && sayingWords.has(words.hash(index));
