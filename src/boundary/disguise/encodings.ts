import { hexValue, isAlphanumeric } from "../text/characters.ts";
import { ENTITIES, ESCAPES, PERCENT, QUOTED_PRINTABLE, SPELLED_OUT } from "./kinds.ts";

/** What an encoded piece of text stands for: a code point (0 for nothing at all), and how many code units it took. */
export interface Decoded {
  readonly point: number;
  readonly size: number;
  readonly kind: number;
}

const latin =
  "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/** Named character references (HTML, section 13.5) for letters of western languages and for what identifiers are written with. */
const entities = new Map<string, number>([
  ...latin.split(" ").map((name, index) => [name, 0xc0 + index] as const),
  ["commat", 64],
  ["period", 46],
  ["colon", 58],
  ["semi", 59],
  ["comma", 44],
  ["sol", 47],
  ["bsol", 92],
  ["lowbar", 95],
  ["UnderBar", 95],
  ["hyphen", 45],
  ["dash", 45],
  ["ndash", 45],
  ["minus", 45],
  ["plus", 43],
  ["equals", 61],
  ["num", 35],
  ["percnt", 37],
  ["dollar", 36],
  ["excl", 33],
  ["quest", 63],
  ["ast", 42],
  ["lpar", 40],
  ["rpar", 41],
  ["lsqb", 91],
  ["rsqb", 93],
  ["amp", 38],
  ["lt", 60],
  ["gt", 62],
  ["quot", 34],
  ["apos", 39],
  ["nbsp", 32],
  ["thinsp", 32],
  ["ensp", 32],
  ["emsp", 32],
  ["Tab", 32],
  ["NewLine", 10],
  ["shy", 0],
  ["zwj", 0],
  ["zwnj", 0],
  ["lrm", 0],
  ["rlm", 0],
  ["ZeroWidthSpace", 0],
]);

const longestName = 14;

function entity(text: string, at: number): Decoded | undefined {
  let end = at + 1;
  if (text.charCodeAt(end) !== 35) {
    while (end <= at + longestName && isNamePart(text.charCodeAt(end))) end += 1;
    if (text.charCodeAt(end) !== 59) return undefined;
    const point = entities.get(text.slice(at + 1, end));
    return point === undefined ? undefined : { point, size: end + 1 - at, kind: ENTITIES };
  }
  end += 1;
  const isHex = (text.charCodeAt(end) | 32) === 120;
  if (isHex) end += 1;
  const first = end;
  let point = 0;
  for (let value = hexValue(text.charCodeAt(end)); value >= 0 && (isHex || value < 10) && end - first < 8; value = hexValue(text.charCodeAt(end))) {
    point = point * (isHex ? 16 : 10) + value;
    end += 1;
  }
  if (end === first || point > 0x10ffff) return undefined;
  // The semicolon may be missing, as browsers have it.
  return { point, size: end - at + (text.charCodeAt(end) === 59 ? 1 : 0), kind: ENTITIES };
}

const isNamePart = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** The byte of two hexadecimal digits, or -1. */
function byteAt(text: string, at: number): number {
  const high = hexValue(text.charCodeAt(at));
  const low = hexValue(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** A character in UTF-8 whose bytes are written as two hexadecimal digits behind a sign (RFC 3986 section 2.1, RFC 2045 section 6.7). */
function bytes(text: string, at: number, kind: number): Decoded | undefined {
  const lead = byteAt(text, at + 1);
  if (lead < 9) return undefined;
  if (lead < 128) return { point: lead, size: 3, kind };
  const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
  if (more === 0) return undefined;
  let point = lead & (0x3f >> more);
  for (let index = 1; index <= more; index += 1) {
    const byte = text.charCodeAt(at + 3 * index) === text.charCodeAt(at) ? byteAt(text, at + 3 * index + 1) : -1;
    if ((byte & 0xc0) !== 0x80 || byte < 0) return undefined;
    point = (point << 6) | (byte & 0x3f);
  }
  return point > 0x10ffff ? undefined : { point, size: 3 + 3 * more, kind };
}

/** Quoted-printable: capital hexadecimal digits, or a line that goes on behind its end. */
function quotedPrintable(text: string, at: number): Decoded | undefined {
  const next = text.charCodeAt(at + 1);
  if (next === 10) return { point: 0, size: 2, kind: QUOTED_PRINTABLE };
  if (next === 13) return text.charCodeAt(at + 2) === 10 ? { point: 0, size: 3, kind: QUOTED_PRINTABLE } : undefined;
  if (next >= 97 || text.charCodeAt(at + 2) >= 97) return undefined;
  const decoded = bytes(text, at, QUOTED_PRINTABLE);
  // A letter or digit alone is no more likely to be encoded than `X=48…` is to be an assignment.
  const isPlain = decoded !== undefined && isAlphanumeric(decoded.point);
  return isPlain && text.charCodeAt(at + 3) !== 61 && text.charCodeAt(at - 3) !== 61 ? undefined : decoded;
}

/** `\u0040`, `\u{40}`, `\x40`: escapes of programming languages. */
function escapeSequence(text: string, at: number): Decoded | undefined {
  const letter = text.charCodeAt(at + 1);
  if (letter === 120) {
    const point = byteAt(text, at + 2);
    return point < 32 ? undefined : { point, size: 4, kind: ESCAPES };
  }
  if (letter !== 117 && letter !== 85) return undefined;
  let end = at + 2;
  const braced = text.charCodeAt(end) === 123;
  if (braced) end += 1;
  const most = braced ? 6 : letter === 85 ? 8 : 4;
  let point = 0;
  let size = 0;
  for (let value = hexValue(text.charCodeAt(end)); size < most && value >= 0; value = hexValue(text.charCodeAt(end))) {
    point = point * 16 + value;
    end += 1;
    size += 1;
  }
  if ((braced ? size === 0 || text.charCodeAt(end) !== 125 : size !== most) || point < 32 || point > 0x10ffff) return undefined;
  return { point, size: end + (braced ? 1 : 0) - at, kind: ESCAPES };
}

/** ` [at] `, `(at)`, `{dot}` and their like in other languages, as addresses are hidden from collectors. */
const spelled =
  /^ {0,2}[([{] {0,2}(?:(at|ät|arroba|chiocciola|a-?tão|kukac|małpa|zavináč|à)|(dot|punkt|point|punto|kropka|tečka|pont|ponto))[ ]{0,2}[)\]}] {0,2}/i;

function spelledOut(text: string, at: number): Decoded | undefined {
  const match = spelled.exec(text.slice(at, at + 24));
  return match === null ? undefined : { point: match[1] === undefined ? 46 : 64, size: match[0].length, kind: SPELLED_OUT };
}

/** What is encoded at the place; undefined when it is what it is. */
export function decodeAt(text: string, at: number): Decoded | undefined {
  switch (text.charCodeAt(at)) {
    case 37:
      return bytes(text, at, PERCENT);
    case 38:
      return entity(text, at);
    case 61:
      return quotedPrintable(text, at);
    case 92:
      return escapeSequence(text, at);
    case 40:
    case 91:
    case 123:
      return spelledOut(text, at);
    case 32: {
      const next = text.charCodeAt(at + 1);
      return next === 40 || next === 91 || next === 123 ? spelledOut(text, at) : undefined;
    }
    default:
      return undefined;
  }
}

/** Letters that the words for at and dot begin with. */
const spelledLetters = new Set(["a", "d", "p", "c", "k", "m", "z", "t", "ä", "à", " "].map((letter) => letter.charCodeAt(0)));

/** Whether something may be encoded at the place: a look at the next characters, since the pass asks at every such sign. */
export function mayBeEncoded(text: string, at: number, sign: number): boolean {
  const next = text.charCodeAt(at + 1);
  switch (sign) {
    case 37:
      return hexValue(next) >= 0 && hexValue(text.charCodeAt(at + 2)) >= 0;
    case 38:
      return next === 35 || (isNamePart(next) && entity(text, at) !== undefined);
    case 61: {
      if (next === 10 || next === 13) return at > 0 && text.charCodeAt(at - 1) > 32;
      return next < 97 && hexValue(next) >= 2 && text.charCodeAt(at + 2) < 97 && hexValue(text.charCodeAt(at + 2)) >= 0;
    }
    case 92:
      return (next === 117 || next === 120 || next === 85) && escapeSequence(text, at) !== undefined;
    default:
      return spelledLetters.has(next | 32) && spelledOut(text, at) !== undefined;
  }
}
