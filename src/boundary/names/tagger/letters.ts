/** What a UTF-16 code unit is to the tagger. Everything beyond U+1FFF, surrogates too, is OTHER: no word begins, ends or goes on there. */
export const OTHER = 0;
export const LOWER_LETTER = 1;
export const UPPER_LETTER = 2;
export const DIGIT = 3;
/** Letters of scripts without case. */
export const PLAIN_LETTER = 4;
/** Combining marks, soft hyphens and joiners: go on with a word, begin none. */
export const JOINER = 5;

const size = 0x2000;
const kinds = new Uint8Array(size);
const folded = new Uint16Array(size);

const upper = /^[\p{Lu}\p{Lt}]$/u;
const lower = /^\p{Ll}$/u;
const letter = /^\p{L}$/u;
const mark = /^\p{M}$/u;

function kindOf(character: string): number {
  if (upper.test(character)) return UPPER_LETTER;
  if (lower.test(character)) return LOWER_LETTER;
  if (character >= "0" && character <= "9") return DIGIT;
  if (mark.test(character) || character === "\u00ad") return JOINER;
  return letter.test(character) ? PLAIN_LETTER : OTHER;
}

for (let code = 0; code < size; code += 1) {
  const character = String.fromCharCode(code);
  kinds[code] = kindOf(character);
  folded[code] = character.toLowerCase().charCodeAt(0);
}

/** Whether a soft hyphen or a zero-width joiner: visible to nobody, so it has no part in a word's hash. */
export const isInvisible = (code: number): boolean => code === 0xad || code === 0x200b || code === 0x200c || code === 0x200d || code === 0x2060;

export function letterKind(code: number): number {
  if (code < size) return kinds[code] ?? OTHER;
  return isInvisible(code) ? JOINER : OTHER;
}

/** The lower-case code unit of a letter below U+2000. */
export const foldCode = (code: number): number => folded[code] ?? code;
