/** What the one pass over a text does at a character. Letters, `_` and `-` merely lengthen a run and are the commonest: 0. */
export const WORD = 0;
export const DIGIT = 1;
export const BREAK = 2;
export const SPACE = 3;
export const AT = 4;
export const COLON = 5;
export const EQUALS = 6;
export const DOT = 7;
export const TILDE_SIGN = 8;
/** `%`, `&`, `\`, `(`, `[`, `{`: what an encoded character may begin with. */
export const ENCODER = 9;
/** A character beyond ASCII that may disguise another one. */
export const FOREIGN = 10;

/** Kinds of ASCII characters; what is beyond ASCII is a BREAK to the pass, or FOREIGN. */
export const kinds = new Uint8Array(128).fill(BREAK);

/** Sets of ASCII characters as bits, for alphabets of tokens and for boundary checks. */
export const DIGITS = 1;
export const LOWER = 2;
export const UPPER = 4;
export const DASH = 8;
export const UNDERSCORE = 16;
export const FULL_STOP = 32;
export const SLASH = 64;
export const PLUS = 128;
export const EQUALS_SIGN = 256;
export const HEX_LETTERS = 512;
export const TILDE = 1024;
export const ALNUM = DIGITS | LOWER | UPPER;

const sets = new Uint16Array(128);

function mark(characters: string, kind: number, set: number): void {
  for (let index = 0; index < characters.length; index += 1) {
    const code = characters.charCodeAt(index);
    kinds[code] = kind;
    sets[code] = (sets[code] ?? 0) | set;
  }
}

mark("abcdefghijklmnopqrstuvwxyz", WORD, LOWER);
mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", WORD, UPPER);
mark("abcdefABCDEF", WORD, HEX_LETTERS);
mark("0123456789", DIGIT, DIGITS);
mark("-", WORD, DASH);
mark("_", WORD, UNDERSCORE);
mark(".", DOT, FULL_STOP);
mark("/", BREAK, SLASH);
mark("+", BREAK, PLUS);
mark("=", EQUALS, EQUALS_SIGN);
mark("~", TILDE_SIGN, TILDE);
mark(" ", SPACE, 0);
mark("@", AT, 0);
mark(":", COLON, 0);
mark("%&\\([{", ENCODER, 0);

/** Whether the UTF-16 code unit is in one of the sets; NaN (beyond the text) and non-ASCII are in none. */
export const inSet = (code: number, set: number): boolean => code < 128 && ((sets[code] ?? 0) & set) !== 0;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export const isAlphanumeric = (code: number): boolean => inSet(code, ALNUM);

/** Letters, digits, `_`, and letters beyond ASCII: what a word or an identifier is made of. */
export const isWordCharacter = (code: number): boolean => inSet(code, ALNUM | UNDERSCORE) || isForeignLetter(code);

/** Whether a word goes on across `start`. The letter of an escape (`\n`, `\r`, `\t`, as text quotes them) belongs to no word. */
export function continuesWord(text: string, start: number): boolean {
  const code = text.charCodeAt(start - 1);
  if (!isWordCharacter(code)) return false;
  return !((code === 110 || code === 114 || code === 116) && text.charCodeAt(start - 2) === 92);
}

/** Where a run begins once the letter of an escape (`\n`, `\r`, `\t`, as text quotes them) is left out of it. */
export function pastEscape(text: string, start: number): number {
  const code = text.charCodeAt(start);
  return text.charCodeAt(start - 1) === 92 && (code === 110 || code === 114 || code === 116) ? start + 1 : start;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  return -1;
}

/**
 * Letters beyond ASCII in scripts that separate words by spaces (Latin, Greek, Cyrillic, Hebrew, Arabic and so on, up to U+1FFF).
 * Han, Kana and Hangul are left out: there an address stands against the next word without a space.
 */
export const isForeignLetter = (code: number): boolean => code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7;

/** Space, no-break space and its narrow kin: what may stand between groups of digits. */
export const isGroupSpace = (code: number): boolean => code === 32 || code === 0xa0 || code === 0x202f || code === 0x2009 || code === 0x2007;
