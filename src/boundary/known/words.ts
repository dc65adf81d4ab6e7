/**
 * What a word is to known values: letters and digits, with marks, soft hyphens and zero-width characters inside it passed over. An
 * underscore separates, so that `project_nightjar` holds a word `nightjar`. Scripts without spaces give one word a character.
 */

/** Separates words. */
export const SEPARATOR = 0;
/** Belongs to the word that it stands in and says nothing. */
export const SILENT = 1;

const tableSize = 0x2000;
/** Base letters in lower case; digits as they are. */
const table = new Uint16Array(tableSize);

for (let code = 0; code < tableSize; code += 1) {
  const character = String.fromCharCode(code);
  if (/[\p{L}\p{N}]/u.test(character)) table[code] = base(character);
  else if (/\p{M}/u.test(character) || code === 0xad) table[code] = SILENT;
}

function base(character: string): number {
  const lower = character.normalize("NFKD").charAt(0).toLowerCase();
  return lower === "ς" ? 0x3c3 : lower.charCodeAt(0);
}

/** Han, Kana, Hangul and their kin, and the halves of what lies beyond the basic plane, emoji too: each is a word of its own. */
const standsAlone = (code: number): boolean => (code >= 0x3040 && code < 0xe000) || (code >= 0xf900 && code < 0xfb00);

/** Zero-width space, joiners, word joiner and byte order mark. */
const zeroWidth = (code: number): boolean => (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff;

/** The base letter of a UTF-16 code unit, or `SEPARATOR`, or `SILENT`; negative where the letter is a word of its own. NaN, which is beyond the text, separates. */
export function letterOf(code: number): number {
  if (code < tableSize) return table[code] ?? SEPARATOR;
  if (standsAlone(code)) return -code;
  if (zeroWidth(code)) return SILENT;
  // Full-width forms of Latin letters and digits.
  if (code >= 0xff10 && code < 0xffdd) {
    const letter = String.fromCharCode(code).normalize("NFKC").charCodeAt(0);
    return letter < tableSize ? (table[letter] ?? SEPARATOR) : letter;
  }
  return SEPARATOR;
}

const beginsWord = (letter: number): boolean => letter > SILENT || letter < SEPARATOR;

/** The end of the word that begins at `start`. */
export function endOfWord(text: string, start: number): number {
  let end = start + 1;
  if (letterOf(text.charCodeAt(start)) < SEPARATOR) return end;
  while (letterOf(text.charCodeAt(end)) > SEPARATOR) end += 1;
  return end;
}

/** Between two words of a value there may be at most so many characters in a text. */
const longestGap = 8;

/** Where the next word after `end` begins; -1 when it does not begin within a gap. */
export function nextWord(text: string, end: number): number {
  const limit = Math.min(text.length, end + longestGap + 1);
  for (let index = end; index < limit; index += 1) if (beginsWord(letterOf(text.charCodeAt(index)))) return index;
  return -1;
}

const silent = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const unusual = /[^\u0020-\u007e]| {2}/;

/** One spelling for what reads the same: composed, without invisible characters, one space for all blanks, plain hyphens and apostrophes. */
export function plain(text: string): string {
  if (!unusual.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(silent, "")
    .replace(/\s+/g, " ")
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/[\u2019\u02bc]/g, "'");
}

const greek = /[\u0370-\u03ff]/;
const unaccented: Readonly<Record<string, string>> = { ά: "α", έ: "ε", ή: "η", ί: "ι", ό: "ο", ύ: "υ", ώ: "ω", ς: "σ" };

/** The same without the difference between upper and lower case; Greek without accents, which capitals lack and declension moves. */
export function withoutCase(text: string): string {
  const lower = plain(text).toLowerCase();
  return greek.test(lower) ? lower.replace(/[άέήίόύώς]/g, (letter) => unaccented[letter] ?? letter) : lower;
}

/** The words of a short text with their places. */
export function wordsIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  const words: { start: number; end: number }[] = [];
  for (let index = 0; index < text.length; ) {
    if (!beginsWord(letterOf(text.charCodeAt(index)))) index += 1;
    else {
      const end = endOfWord(text, index);
      words.push({ start: index, end });
      index = end;
    }
  }
  return words;
}
