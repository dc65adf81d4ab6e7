import { continuesWord, isDigit, isGroupSpace, isWordCharacter } from "../text/characters.ts";
import { after, before } from "../text/context.ts";
import type { Scan } from "../text/scanner.ts";

interface Brand {
  readonly name: string;
  /** First and last number prefix, of equal length. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly lengths: readonly number[];
  /** Lengths that are told from other long numbers without a word nearby or the grouping of a card. */
  readonly plain: readonly number[];
}

/** Issuer identification numbers (ISO/IEC 7812) as the schemes publish them. */
const brands: readonly Brand[] = [
  {
    name: "amex",
    ranges: [
      [34, 34],
      [37, 37],
    ],
    lengths: [15],
    plain: [15],
  },
  {
    name: "mastercard",
    ranges: [
      [51, 55],
      [2221, 2720],
    ],
    lengths: [16],
    plain: [16],
  },
  { name: "visa", ranges: [[4, 4]], lengths: [13, 16, 19], plain: [16] },
  { name: "jcb", ranges: [[3528, 3589]], lengths: [16, 17, 18, 19], plain: [16] },
  {
    name: "diners",
    ranges: [
      [300, 305],
      [3095, 3095],
      [36, 36],
      [38, 39],
    ],
    lengths: [14, 15, 16, 17, 18, 19],
    plain: [14],
  },
  {
    name: "discover",
    ranges: [
      [6011, 6011],
      [644, 649],
      [65, 65],
    ],
    lengths: [16, 17, 18, 19],
    plain: [16],
  },
  {
    name: "unionpay",
    ranges: [
      [62, 62],
      [81, 81],
    ],
    lengths: [16, 17, 18, 19],
    plain: [16],
  },
  { name: "mir", ranges: [[2200, 2204]], lengths: [16, 17, 18, 19], plain: [16] },
  {
    name: "dankort",
    ranges: [
      [5019, 5019],
      [4571, 4571],
    ],
    lengths: [16],
    plain: [16],
  },
  { name: "uatp", ranges: [[1, 1]], lengths: [15], plain: [] },
  { name: "troy", ranges: [[9792, 9792]], lengths: [16], plain: [16] },
  {
    name: "maestro",
    ranges: [
      [5018, 5018],
      [5020, 5020],
      [5038, 5038],
      [5893, 5893],
      [6304, 6304],
      [6759, 6759],
      [6761, 6763],
      [6799, 6799],
    ],
    lengths: [12, 13, 14, 15, 16, 17, 18, 19],
    plain: [16],
  },
];

const near = /card|kart|carte|tarjeta|carta|cart[aã]o|kort|kaart|visa|master|amex|maestro|credit|debit|kredit|κάρτα|карт|\bpan\b|\bcc\b/;

function brandOf(digits: string): Brand | undefined {
  for (const brand of brands) {
    if (!brand.lengths.includes(digits.length)) continue;
    for (const [first, last] of brand.ranges) {
      const lead = Number(digits.slice(0, String(first).length));
      if (lead >= first && lead <= last) return brand;
    }
  }
  return undefined;
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = digits.length - 1, double = false; index >= 0; index -= 1, double = !double) {
    let digit = digits.charCodeAt(index) - 48;
    if (double) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

/** The groupings in which cards are embossed and written. */
const groupings: readonly (readonly number[])[] = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
];

const isCardSeparator = (code: number): boolean => isGroupSpace(code) || code === 45;

interface Written {
  readonly digits: string;
  readonly end: number;
}

function readGrouping(text: string, start: number, grouping: readonly number[]): Written | undefined {
  let digits = "";
  let index = start;
  for (const size of grouping) {
    if (digits !== "") {
      if (!isCardSeparator(text.charCodeAt(index))) return undefined;
      index += 1;
    }
    for (const stop = index + size; index < stop; index += 1) {
      if (!isDigit(text.charCodeAt(index))) return undefined;
      digits += text[index];
    }
    if (isDigit(text.charCodeAt(index))) return undefined;
  }
  return { digits, end: index };
}

/** Payment card numbers: an issuer's range and length and the Luhn digit; unusual lengths only as cards are grouped or near a word for a card. */
export function card(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  const length = end - start;
  if (length !== 4 && (length < 12 || length > 19)) return 0;
  const previous = text.charCodeAt(start - 1);
  if (continuesWord(text, start) || ((previous === 45 || previous === 46) && isDigit(text.charCodeAt(start - 2)))) return 0;
  if (length !== 4) return single(scan, start, end);
  for (const grouping of groupings) {
    const written = readGrouping(text, start, grouping);
    if (written === undefined || isWordCharacter(text.charCodeAt(written.end))) continue;
    const brand = brandOf(written.digits);
    if (brand === undefined || !passesLuhn(written.digits)) continue;
    scan.found.push({ type: "card", subtype: brand.name, start, end: written.end, confidence: 0.98, rule: "card.grouped", class: "sensitive" });
    return written.end;
  }
  return 0;
}

function single(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  const next = text.charCodeAt(end);
  if (isWordCharacter(next) || ((next === 45 || next === 46 || next === 44) && isDigit(text.charCodeAt(end + 1)))) return 0;
  const digits = text.slice(start, end);
  const brand = brandOf(digits);
  if (brand === undefined || !passesLuhn(digits)) return 0;
  const told = brand.plain.includes(digits.length);
  if (!told && !near.test(before(text, start, 40)) && !near.test(after(text, end, 24))) return 0;
  const because = told ? {} : { because: "a word for a card stands near it" };
  scan.found.push({ type: "card", subtype: brand.name, start, end, confidence: told ? 0.95 : 0.85, rule: "card", class: "sensitive", ...because });
  return end;
}
