import { caseOf, LOWER_CASE } from "../lexicon/letters.ts";
import { lastHash, NAME } from "../lexicon/lexicon.ts";
import { readWord } from "../lexicon/table.ts";
import { CAPITAL, SPACE, type Words } from "../words.ts";
import type { Language } from "./profile.ts";
import { articles, officeStems, thingStems } from "./vetoes.ts";

/** Languages in which hardly anything but names has capitals within a sentence, and whose words have many endings. */
export const fewCapitals = (language: Language): boolean => language === "hu" || language === "fi";

/** Whether the word is one of these with any ending. */
export function beginsWith(words: Words, index: number, stems: ReadonlySet<number>): boolean {
  const length = readWord(words.text, words.start(index), words.end(index));
  for (let stem = length; stem >= 3 && stem >= length - 5; stem -= 1) if (stems.has(lastHash(stem))) return true;
  return false;
}

export const hasArticle = (words: Words, index: number): boolean => words.gap(index) === SPACE && articles.has(words.hash(index - 1));

/** `Mozart-opera`, `Henninger Turm -klassikon`, `Duodecim-palkinto`: what hangs on by a hyphen and is longer than an ending makes it a thing. */
function hasThingBehind(text: string, end: number): boolean {
  const hyphen = text.charCodeAt(end) === 32 ? end + 1 : end;
  if (text.charCodeAt(hyphen) !== 45) return false;
  for (let index = hyphen + 1; index < hyphen + 5; index += 1) if (caseOf(text.charCodeAt(index)) !== LOWER_CASE) return false;
  return true;
}

/** Cases that tell a place: `-ban`, `-ból`, `-on`; `-ssa`, `-sta`. */
const localCases = { hu: /(?:ban|ben|ból|ből|ba|be|on|en|ön|i|s|ország|falva|háza|föld)$/u, fi: /(?:ssa|ssä|sta|stä)$/u };

/** Endings of those cases that hardly any name has of itself. */
const surelyLocal = { hu: /(?:ban|ben|ból|ből|ország|országon|földön|falva|háza)$/u, fi: /(?:ssa|ssä|sta|stä)$/u };

export const hasLocalCase = (words: Words, index: number, language: Language): boolean =>
  (language === "hu" || language === "fi") && localCases[language].test(words.word(index));

/** In Hungarian and Finnish: whether the grammar around the words from `first` to before `behind` makes them a thing's or a place's name. */
export function isOfThing(words: Words, first: number, behind: number, language: Language): boolean {
  if (hasThingBehind(words.text, words.end(behind - 1))) return true;
  if (words.gap(behind) === SPACE && !words.has(behind, CAPITAL) && beginsWith(words, behind, thingStems)) return true;
  const last = behind - 1;
  if (beginsWith(words, last, thingStems) && behind - first > 1) return true;
  for (let index = first; index < behind; index += 1) if (language === "hu" && beginsWith(words, index, officeStems)) return true;
  return !words.is(last, NAME) && surelyLocal[language === "hu" ? "hu" : "fi"].test(words.word(last));
}
