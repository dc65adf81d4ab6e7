import { caseOf } from "../../src/boundary/names/lexicon/letters.ts";

export { fold } from "../../src/boundary/names/lexicon/letters.ts";

/** Latin, Greek and Cyrillic words of two letters and more: the scripts of the languages that this house reads names in. */
export function isFoldedWord(word: string): boolean {
  if (word.length < 2 || !/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u.test(word)) return false;
  for (let index = 0; index < word.length; index += 1) if (caseOf(word.charCodeAt(index)) === 0) return false;
  return true;
}
