import { ALNUM, DASH, DIGITS, EQUALS_SIGN, FULL_STOP, HEX_LETTERS, LOWER, PLUS, SLASH, UNDERSCORE, UPPER } from "../../text/characters.ts";

/** A token that tells itself by its prefix. Sizes are those of the part after the prefix. */
export type TokenForm = readonly [
  subtype: string,
  prefix: string,
  /** The characters of the body, as sets of `characters.ts`. */
  body: number,
  min: number,
  max: number,
  /** What the body must contain or look like, where the vendor fixes it. */
  form?: string | RegExp,
];

export const HEX = DIGITS | HEX_LETTERS;
export const URL_SAFE = ALNUM | DASH | UNDERSCORE;
export const BASE64 = ALNUM | PLUS | SLASH | EQUALS_SIGN;
export const DOTTED = URL_SAFE | FULL_STOP;
export const DOTTED_EQUALS = DOTTED | EQUALS_SIGN;
export const LOWER_DIGITS = LOWER | DIGITS;
export const UPPER_DIGITS = UPPER | DIGITS;
