/** Letters up to U+1FFF lie in the table; what lies beyond (Han, Kana, symbols) has no case and no accents to fold. */
const size = 0x2000;

/** Letters that Unicode does not decompose, and the final sigma. */
const undecomposed: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ð: "d", ı: "i", ß: "s", ħ: "h", ς: "σ", œ: "o", æ: "a", þ: "t" };

export const LOWER_CASE = 1;
export const UPPER_CASE = 2;
/** Letters of scripts without case. */
const NO_CASE = 3;

const folded = new Uint16Array(size);
const letterCase = new Uint8Array(size);

for (let code = 0; code < size; code += 1) {
  const character = String.fromCharCode(code);
  const lower = character.toLowerCase();
  const base = undecomposed[lower] ?? (lower.normalize("NFD")[0] || lower);
  folded[code] = (undecomposed[base] ?? base).charCodeAt(0);
  if (/\p{Lu}|\p{Lt}/u.test(character)) letterCase[code] = UPPER_CASE;
  else if (/\p{Ll}/u.test(character)) letterCase[code] = LOWER_CASE;
  else if (/\p{L}/u.test(character)) letterCase[code] = NO_CASE;
}

/** The lower-case letter without its accents: one code unit for one code unit, so that offsets stay. */
export const foldCode = (code: number): number => (code < size ? (folded[code] ?? code) : code);

/** `LOWER_CASE`, `UPPER_CASE`, `NO_CASE`, or 0 for what is no letter. NaN, beyond the text, is no letter. */
export const caseOf = (code: number): number => (code < size ? (letterCase[code] ?? 0) : 0);

/** Accents that stand as code units of their own behind their letter belong to the word. */
export const isCombining = (code: number): boolean => code >= 0x300 && code < 0x370;

/** Lower-case and without accents, as the lexicon has its words: `Müller` is `muller`, `Łukasz` is `lukasz`. */
export function fold(word: string): string {
  let text = "";
  for (let index = 0; index < word.length; index += 1) text += String.fromCharCode(foldCode(word.charCodeAt(index)));
  return text;
}
