import type { Scan } from "../text/scanner.ts";

/** Areas of British postcodes. */
const areas = new Set(
  (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE " +
    "KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS " +
    "TW UB W WA WC WD WF WN WR WS WV YO ZE"
  ).split(" "),
);
/** Routing keys of Irish Eircodes. */
const routing = new Set(
  (
    "A41 A42 A45 A63 A67 A75 A81 A82 A83 A84 A85 A86 A91 A92 A94 A96 A98 C15 D01 D02 D03 D04 D05 D06 D6W D07 D08 D09 D10 D11 D12 D13 D14 D15 D16 D17 D18 D20 D22 D24 " +
    "E21 E25 E32 E34 E41 E45 E53 E91 F12 F23 F26 F28 F31 F35 F42 F45 F52 F56 F91 F92 F93 F94 H12 H14 H16 H18 H23 H53 H54 H62 H65 H71 H91 K32 K34 K36 K45 K56 K67 K78 " +
    "N37 N39 N41 N91 P12 P14 P17 P24 P25 P31 P32 P36 P43 P47 P51 P56 P61 P67 P72 P75 P81 P85 R14 R21 R32 R35 R42 R45 R51 R56 R93 R95 T12 T23 T34 T45 T56 V14 V15 V23 " +
    "V31 V35 V42 V92 V93 V94 V95 W12 W23 W34 W91 X35 X42 X91 Y14 Y21 Y25 Y34 Y35"
  ).split(" "),
);

const british = /^([A-Z]{1,2})\d(?:\d|[A-Z])?( ?)\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d])/iu;
/** The only one without a digit before the space, of a bank that is no more. */
const girobank = /^GIR 0AA(?![\p{L}\d])/u;
/** A text that is a postcode alone, with its spaces. */
const longestAlone = 24;
const unit = /(?:GB|TB|PB)$/;
const irish = /^([A-Z]\d[\dW]) ?(?=[0-9AC-FHKNPRTV-Y]{0,3}[A-Z])(?=[A-Z]{0,3}\d)[0-9AC-FHKNPRTV-Y]{4}(?![\p{L}\d])/u;

/** Other forms that only postcodes have, with the town behind them: `80-244 Gdańsk`, `1250-096 Lisboa`, `D-80331 München`, `LV-1010`. */
const town = "[ \\u00a0][\\p{Lu}][\\p{L}\\p{M}'’-]{1,30}(?:[ -][\\p{Lu}][\\p{L}\\p{M}'’-]{1,30}){0,2}";
const polish = new RegExp(`^\\d\\d-\\d{3}${town}`, "u");
const portuguese = new RegExp(`^(?!19\\d\\d|20[0-3]\\d)\\d{4}-\\d{3}${town}`, "u");
const prefixed = new RegExp(`^\\d{4,5}(?:${town})`, "u");
const prefix = /(?<![\p{L}\d-])(?:D|A|CH|F|B|L|I|E|FIN|FI|S|N|DK|NL|LV|LT|EE|SI|HR|HU|H|BG|GR|P|CZ|SK|FL|IT|ES|PT|DE|AT|FR|BE|LU)-$/u;
/** Name and number before a postcode of five digits: `Gaspar Aguilar 90 46017 Valencia`, `Dorf 12, 39042 Brixen`. */
const five = new RegExp(`^\\d{5}${town}(?: ?[-–(] ?[\\p{Lu}][\\p{L}]+\\)?)?`, "u");
const houseBefore =
  /(?<![\p{L}])(?:[\p{Lu}](?:[\p{L}\p{M}'’-]{0,3}\.|[\p{L}\p{M}'’-]+) (?:(?:de|del|la|las|los|di|da|do|y) ){0,2}){1,4}(?:(?<![\p{L}])[\p{Lu}][\p{L}.]+)?,? ?(?:n[º°.]? ?)?(?:\d{1,3}(?![\d.])[A-Za-zºª]?|[sS]\/[nN])[.,]?[ \u00a0-]{1,3}(?:[A-Z]-)?$/u;

/** Postcodes that their form tells, or what stands before them; asked at their first digits. */
export function postcode(scan: Scan, digits: number, end: number): number {
  const { text } = scan;
  const size = end - digits;
  if (size > 5) return 0;
  const last = text.charCodeAt(digits - 1);
  const isLetterBefore = (last >= 65 && last <= 90) || (last >= 97 && last <= 122);
  if (isLetterBefore) return size <= 2 ? lettered(scan, digits) : 0;
  if (size === 1 && girobank.test(text.slice(Math.max(0, digits - 4), digits + 3))) return push(scan, digits - 4, digits + 3, 0.85, "gb");
  if (size === 2 && text.charCodeAt(end) === 45) return add(scan, digits, digits, polish, 0.8);
  if (size === 4 && text.charCodeAt(end) === 45) return add(scan, digits, digits, portuguese, 0.8);
  if (size < 4 || text.charCodeAt(end) !== 32) return 0;
  if (last === 45) {
    const lead = prefix.exec(text.slice(Math.max(0, digits - 5), digits))?.[0];
    const next = lead === undefined ? 0 : add(scan, digits - lead.length, digits, prefixed, 0.8);
    if (next === 0 || size === 4) return next;
  }
  if (size !== 5) return 0;
  const lead = text.slice(Math.max(0, digits - 60), digits);
  const house = houseBefore.exec(lead)?.[0];
  if (house === undefined) return 0;
  const next = add(scan, digits, digits, five, 0.75);
  if (next === 0) return 0;
  const street = house.replace(/(?:[A-Z]-)?$/, "").replace(/[.,\s-]+$/, "");
  const from = digits - house.length;
  scan.found.push({
    type: "address",
    subtype: undefined,
    start: from,
    end: from + street.length,
    confidence: 0.7,
    rule: "address",
    class: "sensitive",
    because: "a postcode stands behind it",
  });
  return next;
}

function add(scan: Scan, start: number, from: number, pattern: RegExp, confidence: number): number {
  const { text } = scan;
  if (/[\p{L}\d]/u.test(text.charAt(start - 1)) || /\d[-./]$/.test(text.slice(Math.max(0, start - 2), start))) return 0;
  const match = pattern.exec(text.slice(from, from + 64));
  if (match === null) return 0;
  return push(scan, start, from + match[0].length, confidence, undefined);
}

function push(scan: Scan, start: number, end: number, confidence: number, country: string | undefined): number {
  scan.found.push({
    type: "address",
    subtype: country === undefined ? "town" : `${country}.postcode`,
    start,
    end,
    confidence,
    rule: "address.postcode",
    class: "sensitive",
    because: "only postcodes have this form",
  });
  return end;
}

/** `SW1A 1AA`, `D02 X285`. */
function lettered(scan: Scan, digits: number): number {
  const { text } = scan;
  let start = digits;
  while (start > digits - 3 && /[A-Za-z]/.test(text.charAt(start - 1))) start -= 1;
  if (digits - start > 2 || /[\p{L}\d_-]/u.test(text.charAt(start - 1))) return 0;
  const piece = text.slice(start, start + 9);
  const eircode = irish.exec(piece);
  if (eircode !== null && routing.has(eircode[1] ?? "")) return push(scan, start, start + eircode[0].length, 0.85, "ie");
  const code = british.exec(piece);
  if (code === null || !areas.has((code[1] ?? "").toUpperCase())) return 0;
  const alone = text.length <= longestAlone && text.trim().length === code[0].length;
  const isCapital = code[0] === code[0].toUpperCase();
  // Without its space it is any code, and `2GB` is a size.
  if (!alone && (code[2] === "" || !isCapital || unit.test(code[0]))) return 0;
  return push(scan, start, start + code[0].length, alone ? 0.6 : 0.85, "gb");
}
