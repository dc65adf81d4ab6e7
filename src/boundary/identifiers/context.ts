/** Base letters in lower case of Latin, Greek and Cyrillic; digits as `#`; 0 for what separates words; 1 for marks that vanish. */
const table = new Uint16Array(0x530);
const special: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ß: "s", æ: "a", œ: "o", þ: "t", ð: "d", ı: "i", ς: "σ" };
for (let code = 0; code < table.length; code += 1) {
  const character = String.fromCharCode(code);
  if (code >= 48 && code <= 57) table[code] = 35;
  else if (code >= 0x300 && code < 0x370) table[code] = 1;
  else if (/\p{L}/u.test(character)) {
    const lower = character.toLowerCase().normalize("NFD").charAt(0);
    table[code] = (special[lower] ?? lower).charCodeAt(0);
  }
}

/** The longest window that is looked at, with the word that its edge cuts. */
const codes = new Uint16Array(160);
const bytes = Buffer.from(codes.buffer);

/** Words in lower case without accents, one space between two, one before and one after; digits become ` # `. */
function folded(text: string, start = 0, end = text.length): string {
  let length = 1;
  codes[0] = 32;
  for (let index = start; index < end && length < codes.length - 3; index += 1) {
    const code = text.charCodeAt(index);
    const letter = code < table.length ? (table[code] ?? 0) : 0;
    if (letter > 35) {
      codes[length] = letter;
      length += 1;
    } else if (letter !== 1) {
      if (codes[length - 1] !== 32) {
        codes[length] = 32;
        length += 1;
      }
      if (letter === 35 && codes[length - 2] !== 35) {
        codes[length] = 35;
        codes[length + 1] = 32;
        length += 2;
      }
    }
  }
  if (codes[length - 1] !== 32) {
    codes[length] = 32;
    length += 1;
  }
  return bytes.toString("utf16le", 0, length * 2);
}

const reach = 40;
const isLetter = (code: number): boolean => code < table.length && (table[code] ?? 0) > 35;

/** What announces a number: the folded text on both sides. */
interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** Up to 40 characters either side, by whole words. Behind it, a word that announces the next number is left out. */
function surroundings(text: string, start: number, end: number): Surroundings {
  let from = Math.max(0, start - reach);
  for (let step = 0; step < 20 && from > 0 && isLetter(text.charCodeAt(from - 1)); step += 1) from -= 1;
  let to = Math.min(text.length, end + reach);
  for (let step = 0; step < 20 && isLetter(text.charCodeAt(to)); step += 1) to += 1;
  const tail = text.slice(end, to);
  const stop = tail.search(/\d/) === -1 ? tail.search(/[\n;|]/) : tail.search(/[\n;|,.:(]/);
  return { before: folded(text, from, start), after: folded(stop === -1 ? tail.replace(/\d[\s\S]*/, "") : tail.slice(0, stop)) };
}

/** Where a phrase was met: its distance from the number in characters of folded text, by phrase. */
export interface Met {
  readonly surroundings: Surroundings;
  readonly distances: ReadonlyMap<string, number>;
}

/** Phrases by their first three characters. */
const phrases = new Map<number, string[]>();
const keyAt = (text: string, at: number): number => (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) | 0;

/** A word or several, made ready to be met in folded text: `pesel ` or, for every word that begins so, `dowod`. */
export function phrase(words: string): string {
  const one = words.endsWith("*") ? folded(words).trim() : folded(words).trimStart();
  const row = phrases.get(keyAt(one, 0)) ?? [];
  phrases.set(keyAt(one, 0), row);
  if (!row.includes(one)) row.push(one);
  return one;
}

/** Two letters, or single letters apart, are words of many meanings: they count only beside the number. */
const isShort = (one: string): boolean => one.trim().length <= 2 || /^(?:\S )+$/.test(one);
const beside = 4;

const none: ReadonlyMap<string, number> = new Map();

function meet(text: string, isBefore: boolean, distances: Map<string, number> | undefined): Map<string, number> | undefined {
  let met = distances;
  for (let at = 1; at > 0 && at < text.length; at = text.indexOf(" ", at) + 1) {
    const row = phrases.get(keyAt(text, at));
    if (row === undefined) continue;
    for (const one of row) {
      if (!text.startsWith(one, at)) continue;
      // What stands before is the usual label, so it wins over what stands behind at the same distance.
      const distance = isBefore ? text.length - at - one.length + 1 : at + 1;
      const known = met?.get(one);
      if ((known !== undefined && known <= distance) || (distance > beside && isShort(one))) continue;
      met ??= new Map();
      met.set(one, distance);
    }
  }
  return met;
}

/** All phrases around a number. */
export function wordsAround(text: string, start: number, end: number): Met {
  const around = surroundings(text, start, end);
  return { surroundings: around, distances: meet(around.after, false, meet(around.before, true, undefined)) ?? none };
}

/** How far the nearest of the phrases stands from the number; -1 where none does. */
export function nearest(words: readonly string[], { distances }: Met): number {
  if (distances.size === 0) return -1;
  let best = -1;
  for (const one of words) {
    const distance = distances.get(one);
    if (distance !== undefined && (best === -1 || distance < best)) best = distance;
  }
  return best;
}

/** Whether one of the phrases stands before the number with at most a short word, and no other number, between. */
export function isLabel(words: readonly string[], { surroundings: { before }, distances }: Met): boolean {
  return words.some((one) => {
    if (!distances.has(one)) return false;
    const at = before.lastIndexOf(` ${one}`);
    const gap = before.slice(at + one.length + 1);
    return at !== -1 && gap.length <= 14 && !gap.includes("#");
  });
}
