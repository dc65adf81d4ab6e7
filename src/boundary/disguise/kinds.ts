/** Ways in which a value can be written so that it is not read as what it is. Bits, since one value may be written in several. */
export const INVISIBLE = 1;
export const LOOK_ALIKE = 2;
export const OTHER_DIGITS = 4;
export const SPACING = 8;
export const MARKS = 16;
export const ENTITIES = 32;
export const PERCENT = 64;
export const QUOTED_PRINTABLE = 128;
export const ESCAPES = 256;
export const SPELLED_OUT = 512;

const phrases: readonly (readonly [kind: number, phrase: string])[] = [
  [INVISIBLE, "written with invisible characters"],
  [LOOK_ALIKE, "written with look-alike characters"],
  [OTHER_DIGITS, "written with digits of another script"],
  [MARKS, "written with combining marks"],
  [ENTITIES, "written with HTML entities"],
  [PERCENT, "URL-encoded"],
  [QUOTED_PRINTABLE, "encoded as quoted-printable"],
  [ESCAPES, "written with escape sequences"],
  [SPELLED_OUT, "written with spelled-out signs"],
  [SPACING, "written with unusual spaces or dashes"],
];

/** What a finding's `because` says, from the kinds that were met in it. */
export const phraseOf = (kinds: number): string => phrases.find(([kind]) => (kinds & kind) !== 0)?.[1] ?? "";
