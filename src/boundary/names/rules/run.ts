import { PARTICLE } from "../lexicon/lexicon.ts";
import { APOSTROPHE, CAPITAL, DOT, HYPHEN, INITIAL, SPACE, type Words } from "../words.ts";

/** Words that may be parts of one name. */
const longestRun = 9;
const mostParticles = 3;

/** The index behind the last word of the run of capitalised words that begins at `first`, particles and initials within it included. */
export function runEnd(words: Words, first: number): number {
  let end = first + 1;
  while (end < words.count && end - first < longestRun) {
    const next = joined(words, end, end - 1);
    if (next === 0) break;
    end = next;
  }
  return end;
}

/** Where the run goes on when the word at `index` belongs to it, else 0. */
function joined(words: Words, index: number, previous: number): number {
  const gap = words.gap(index);
  if (words.has(index, CAPITAL)) {
    if (gap === SPACE || gap === HYPHEN) return index + 1;
    if (gap === DOT && words.has(previous, INITIAL)) return index + 1;
    // O'Neill, D'Angelo; behind a longer word, the apostrophe ends it.
    return gap === APOSTROPHE && words.length(previous) <= 2 ? index + 1 : 0;
  }
  if (gap !== SPACE) return 0;
  for (let particle = index; particle < index + mostParticles && words.is(particle, PARTICLE); particle += 1) {
    const after = words.gap(particle + 1);
    if (after !== SPACE && after !== APOSTROPHE && after !== HYPHEN) return 0;
    if (words.has(particle + 1, CAPITAL)) return particle + 2;
  }
  return 0;
}
