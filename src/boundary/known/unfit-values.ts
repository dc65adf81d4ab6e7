import { commonWords } from "./everyday-words.ts";
import { mostWords } from "./matcher.ts";
import { withoutCase, wordsIn } from "./words.ts";

/** Why a value is not taken onto a list. */
export type Unfit = "too short" | "common word" | "no word" | "too long";

/** Characters. */
const longestValue = 200;
const shortestValue = 3;

/** Undefined for a value that can be looked for and finds little else. `forced` admits short and common ones. */
export function unfitness(value: string, forced: boolean): Unfit | undefined {
  const spelling = withoutCase(value);
  const words = wordsIn(spelling);
  if (words.length === 0) return "no word";
  if (value.length > longestValue || words.length > mostWords) return "too long";
  if (forced) return undefined;
  if ([...spelling].filter((character) => /[\p{L}\p{N}]/u.test(character)).length < shortestValue) return "too short";
  return commonWords.has(spelling) ? "common word" : undefined;
}
