import { isAlphanumeric } from "../text/characters.ts";
import { INVISIBLE, LOOK_ALIKE, OTHER_DIGITS, SPACING } from "./kinds.ts";

/** Letters of other scripts that look like Latin ones, pair by pair (Unicode Technical Standard 39, confusables). */
const lookAlikes =
  "аaвbсcԁdеeёeһhіiїiјjкkӏlмmнhоoрpԛqгrѕsтtуyцuѵvԝwхxүyАAВBСCЕEЁEНHІIЇIЈJКKМMОOРPЅSТTУYХXҮYԌGԚQԜW" +
  "αaγyεeιiκkνvοoρpτtυuχxωwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCϲcϳjͿJόoίi" +
  "ոnսuօoցgհhՏSՕOԼL" +
  "ɑaɡgɩiʏyᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢz";

/** The digit 0 of each script that writes numbers in tens (Unicode general category Nd), in the basic plane. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946,
  0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/** Characters that nobody sees: soft hyphen, joiners, directional marks, fillers, variation selectors. First and last of each range. */
const invisible = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
] as const;

/** Signs that stand for another one: dashes, full stops, colons, slashes; the rarer spaces. */
const signs: readonly (readonly [characters: string, plain: string])[] = [
  ["\u2010\u2011\u2012\u2013\u2014\u2212", "-"],
  ["\u3002\uff61\u2024\u00b7", "."],
  ["\u2236\ua789", ":"],
  ["\u2044\u2215", "/"],
  ["\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000", " "],
];

/** Ranges whose characters may be a letter, a digit or a sign in another form (Unicode compatibility decompositions). */
const forms = [
  [0xb2, 0xb3],
  [0xb9, 0xb9],
  [0x2070, 0x208e],
  [0x210a, 0x2115],
  [0x2119, 0x211d],
  [0x2124, 0x2139],
  [0x2460, 0x2468],
  [0x24b6, 0x24ea],
  [0xfe50, 0xfe6b],
  [0xff01, 0xff5e],
] as const;

/** What one UTF-16 code unit is read as, and the kind of disguise that this is; a plain 0 is nothing at all. */
const plainUnits = new Uint16Array(65_536);
const kindUnits = new Uint8Array(65_536);

/** What the pass over a text does at a code unit beyond ASCII. */
const ORDINARY = 0;
/** It is a disguise wherever it stands. */
const DOUBTFUL = 1;
/** It is one beside an ASCII letter or digit. */
const DOUBTFUL_BESIDE_ASCII = 2;
/** It is one between ASCII letters or digits. */
const DOUBTFUL_BETWEEN_ASCII = 3;
/** It joins emoji too, so it is one behind text only. */
const DOUBTFUL_BEHIND_TEXT = 4;
const SURROGATE = 5;

const doubts = new Uint8Array(65_536);

function set(code: number, plain: number, kind: number, doubt: number): void {
  plainUnits[code] = plain;
  kindUnits[code] = kind;
  doubts[code] = doubt;
}

for (const [first, last] of forms) {
  for (let code = first; code <= last; code += 1) {
    const plain = String.fromCharCode(code).normalize("NFKC");
    if (plain.length === 1 && plain.charCodeAt(0) < 128) set(code, plain.charCodeAt(0), /\d/.test(plain) ? OTHER_DIGITS : LOOK_ALIKE, DOUBTFUL);
  }
}
for (const zero of zeros) for (let digit = 0; digit < 10; digit += 1) set(zero + digit, 48 + digit, OTHER_DIGITS, DOUBTFUL);
for (const [first, last] of invisible) for (let code = first; code <= last; code += 1) set(code, 0, INVISIBLE, DOUBTFUL);
for (const code of [0x200d, 0xfe0e, 0xfe0f]) doubts[code] = DOUBTFUL_BEHIND_TEXT;
for (const [characters, plain] of signs) {
  for (const character of characters) {
    const doubt = plain === "-" || plain === " " ? DOUBTFUL : DOUBTFUL_BETWEEN_ASCII;
    set(character.charCodeAt(0), plain.charCodeAt(0), SPACING, doubt);
  }
}
// Dashes stand between words, and the spaces that typesetters use are read everywhere anyway.
for (const code of [0x2013, 0x2014]) doubts[code] = DOUBTFUL_BETWEEN_ASCII;
for (const code of [0xa0, 0x2007, 0x2009, 0x202f]) set(code, 32, 0, ORDINARY);
doubts[0x3000] = DOUBTFUL_BETWEEN_ASCII;
for (let index = 0; index < lookAlikes.length; index += 2) {
  set(lookAlikes.charCodeAt(index), lookAlikes.charCodeAt(index + 1), LOOK_ALIKE, DOUBTFUL_BESIDE_ASCII);
}
for (let code = 0x300; code <= 0x36f; code += 1) if (code !== 0x34f) doubts[code] = DOUBTFUL;
for (let code = 0xd800; code <= 0xdfff; code += 1) doubts[code] = SURROGATE;

export const isCombining = (code: number): boolean => code >= 0x300 && code <= 0x36f;

/** What the code unit is read as: 0 for nothing at all, itself where it is no disguise. */
export const plainOf = (code: number): number => (kindUnits[code] === 0 ? plainUnits[code] || code : (plainUnits[code] ?? 0));

export const kindOf = (code: number): number => kindUnits[code] ?? 0;

/** Whether it counts as a look-alike only in a word with Latin letters or digits. */
export const needsCompany = (code: number): boolean => doubts[code] === DOUBTFUL_BESIDE_ASCII;

const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** What a pair of surrogates is read as: letters and digits of mathematics and in boxes; 0 where it is invisible; -1 where it is itself. */
export function plainOfPair(high: number, low: number): number {
  if (high === 0xdb40) return 0;
  if (high !== 0xd835 && !(high === 0xd83c && low >= 0xdd10 && low <= 0xdd89) && high !== 0xd83e) return -1;
  if (high === 0xd83e) return low >= 0xdff0 && low <= 0xdff9 ? 48 + low - 0xdff0 : -1;
  const plain = String.fromCharCode(high, low).normalize("NFKC");
  if (plain.length === 1 && plain.charCodeAt(0) < 128) return plain.charCodeAt(0);
  // Letters on a dark ground have no decomposition.
  if (high === 0xd83c && low >= 0xdd50 && low <= 0xdd69) return 65 + low - 0xdd50;
  return high === 0xd83c && low >= 0xdd70 && low <= 0xdd89 ? 65 + low - 0xdd70 : -1;
}

/** Whether the code unit is never a disguise, whatever stands beside it. */
export const isOrdinary = (code: number): boolean => doubts[code] === ORDINARY;

/** Whether what stands at the place may be a disguise; the answer must be cheap, since the pass asks at every character beyond ASCII. */
export function isDoubtful(text: string, at: number, code: number): boolean {
  switch (doubts[code]) {
    case ORDINARY:
      return false;
    case DOUBTFUL:
      return at > 0 || code !== 0xfeff;
    case DOUBTFUL_BESIDE_ASCII:
      return isAlphanumeric(text.charCodeAt(at - 1)) || isAlphanumeric(text.charCodeAt(at + 1));
    case DOUBTFUL_BETWEEN_ASCII:
      return isAlphanumeric(text.charCodeAt(at - 1)) && isAlphanumeric(text.charCodeAt(at + 1));
    case DOUBTFUL_BEHIND_TEXT:
      return text.charCodeAt(at - 1) < 0x2000;
    default: {
      if (isLow(code)) return (text.charCodeAt(at - 1) & 0xfc00) !== 0xd800;
      const low = text.charCodeAt(at + 1);
      return !isLow(low) || (code !== 0xd83d && plainOfPair(code, low) !== -1);
    }
  }
}
