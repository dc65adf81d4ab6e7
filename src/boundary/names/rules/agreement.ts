import type { Finding } from "../../port.ts";
import { CALENDAR, COMMON_WORD, INFLECTED, NAME, ORGANISATION_HINT, PLACE, ROLE, SALUTATION, TITLE } from "../lexicon/lexicon.ts";
import type { TaggedSpan } from "../tagger/port.ts";
import { INITIAL, SENTENCE_START, SPACE, type Words } from "../words.ts";
import type { PersonRule } from "./candidate.ts";
import { isVetoed } from "./evidence.ts";
import { hasArticle, isOfThing } from "./grammar.ts";
import type { Language } from "./profile.ts";

/** What the tagger says of the place where a rule found a name. */
export interface Opinion {
  /** How sure it is of a person there; 0 when it names none. */
  readonly person: number;
  /** Whether it holds the place for a location's or an organisation's. */
  readonly other: boolean;
}

/** From this score on, the tagger is believed alone. */
const believed = (language: Language): number => (language === "fi" ? 0.45 : language === "hu" ? 0.3 : 0.2);

const alone: ReadonlySet<PersonRule> = new Set(["person.label", "person.salutation", "person.closing"]);

/** Whether a rule's candidate stands, given what the tagger says: rules that are sure stand alone, the others need it not to object or to agree. */
export function stands(rule: PersonRule, confidence: number, { person, other }: Opinion, language: Language): boolean {
  if (alone.has(rule)) return true;
  const foreign = language === "hu" || language === "fi";
  if (rule === "person.title") return foreign || !other;
  if (other) return false;
  if (confidence >= 0.9) return true;
  // The tagger has learnt neither language; what the lexicon knows weighs more there.
  if (foreign) return confidence >= 0.75 || person >= (rule === "person.capital" ? 0 : 0.1);
  return person >= (confidence >= 0.8 ? 0.1 : 0.25);
}

/** Whether the name of a candidate that stands is looked for elsewhere too. */
export const teaches = (rule: PersonRule, { person }: Opinion, language: Language): boolean =>
  alone.has(rule) || rule === "person.title" || person >= 0.3 || language === "hu" || language === "fi";

/** Looks up sorted tagger's spans by place; asked in the order of the text. */
export function opinions(spans: readonly TaggedSpan[]): (start: number, end: number) => Opinion {
  return (start, end) => {
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    let person = 0;
    let other = false;
    for (let span = spans[low]; span !== undefined && span.start < end; span = spans[low]) {
      if (span.label === "person") person = Math.max(person, span.score);
      else other = true;
      low += 1;
    }
    return { person, other: other && person === 0 };
  };
}

/** What is known of a word and speaks against its being a name. */
const against = COMMON_WORD | PLACE | CALENDAR | TITLE | ROLE | ORGANISATION_HINT | SALUTATION;
/** From this score on, the tagger is believed about words that the lexicon holds for something else. */
const overruling = 0.85;

/** A place that is known by its stem alone may as well be a strange name. */
const overrulingGuess = 0.7;

export type Belief = "yes" | "no" | "when seen elsewhere";

/** Whether the tagger's span is taken for a name: its own score, with what the lexicon and the grammar say of its words. */
export function believes(words: Words, { start, end, score }: TaggedSpan, language: Language): Belief {
  const first = words.from(start);
  let index = first;
  let names = 0;
  let others = 0;
  let guessed = 0;
  for (; index < words.count && words.start(index) < end; index += 1) {
    const mask = words.mask(index);
    const isName = (mask & NAME) !== 0 && (mask & CALENDAR) === 0;
    const isLetter = words.length(index) === 1 && !words.has(index, INITIAL) && end - start > 1;
    if (isName) names += 1;
    else if ((mask & against) !== 0 || isLetter) others += 1;
    if (!isName && (mask & INFLECTED) !== 0) guessed += 1;
  }
  if (isVetoed(words, first, index, undefined, language)) return "no";
  // `I`, `A`: words of one letter that begin a sentence, or stand in English.
  if (end - start === 1 && !words.has(first, INITIAL) && words.gap(first + 1) === SPACE) return "no";
  const single = index === first + 1;
  const begins = words.has(first, SENTENCE_START);
  if (single && begins && words.is(first, COMMON_WORD) && score < (words.is(first, NAME) ? 0.5 : 0.95))
    return words.is(first, NAME) ? "when seen elsewhere" : "no";
  if (names === 0 && others > 0 && others >= index - first && score < (guessed > 0 ? overrulingGuess : overruling)) return "no";
  if (language !== "hu" && language !== "fi") return score >= believed(language) ? "yes" : "no";
  if (score < overruling && isOfThing(words, first, index, language)) return "no";
  const sure = score + (names > 0 ? 0.2 : 0) - (language === "hu" && names === 0 && hasArticle(words, first) ? 0.2 : 0);
  if (begins && single) return sure >= overruling ? "yes" : sure >= 0.3 ? "when seen elsewhere" : "no";
  return sure >= believed(language) ? "yes" : "no";
}

/** The tagger's span without the titles and common words at its head. */
export function fromTagger(words: Words, { start, end, score }: TaggedSpan): Finding {
  let head = words.from(start);
  while (words.end(head) < end && (words.mask(head) & NAME) === 0 && (words.mask(head) & against) !== 0 && head < words.count - 1) head += 1;
  return {
    type: "person",
    subtype: undefined,
    start: Math.max(start, words.start(head)),
    end,
    confidence: Math.min(0.95, Math.round((0.4 + score / 2) * 100) / 100),
    rule: "person.tagger",
    class: "sensitive",
    because: "a tagger that was trained on names holds it for one",
  };
}
