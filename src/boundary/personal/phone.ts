import { ALNUM, continuesWord, inSet, isDigit, isGroupSpace, isWordCharacter, PLUS } from "../text/characters.ts";
import { before } from "../text/context.ts";
import type { Scan } from "../text/scanner.ts";
import { isAssigned, isAssignedWithTrunkZero, isPossibleInternational } from "./numbering-plans.ts";

/** Words that announce a phone or fax number, lower-cased, in the languages of the EEA, the UK, Switzerland and Türkiye. */
const phoneWords =
  /(?<!\p{L})tel(?:[.:\s]|s(?!\p{L})|no(?!\p{L})|nr(?!\p{L})|fs?(?!\p{L}))|t[eé]l[eéè]?(?:ph|f)|(?<!\p{L})(?:tlfn?o?|tfno?|telfn?o?|tlfs)(?!\p{L})|(?<!i|micro|ear|head)phone|mobil[ea]?(?!\p{L})|mobiel|mobil(?:nummer|tel|szám|ní)|m[oó]vil|telem[oó]ve|handy(?:nummer|nr)|(?<!\p{L})fa(?:x|ks)|whatsapp|puhelin|(?<!\p{L})puh\.|matkapuh|rufnummer|durchwahl|hotline|(?<!\p{L})cell(?:ulare|phone)?\s?(?:[.:#]|n)|komórk|(?<!\p{L})kom\.|τηλ|κινητ|тел\.|телефон|моб\.|cep\s?(?:no|tel)/u;

/** Words that speak of calling, or of other things too: enough for a number of nine digits and more. */
const callWords =
  /(?<!\p{L})call(?: me| us|ing)?(?!\p{L})|(?<!\p{L})ring(?!\p{L})|(?<!\p{L})handy(?!\p{L})|(?<!\p{L})gsm(?!\p{L})|(?<!\p{L})cell(?!\p{L})|(?<!\p{L})portable(?!\p{L})|(?<!\p{L})sms(?!\p{L})|(?<!\p{L})signal(?!\p{L})|(?<!\p{L})viber(?!\p{L})|anruf|rückruf|erreich|dzwo[nń]|appel|(?<!\p{L})llam|chiam|(?<!\p{L})bel(?!\p{L})|(?<!\p{L})mob(?!\p{L})/u;

/** Between two numbers of one list: `…, …`, `… / …`, `… und …`. */
const listGap = /^[\s,;/|&+()]*(?:y|e|o|u|i|a|und|oder|or|and|et|ou|en|of|lub|och|og|ja|tai)?[\s,;/|&+()]*$/;

const date =
  /^(?:\d{1,5}\/\d{1,2}\/(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?!\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?!\d)|(?:19|20)\d{2}\s?[-–/]\s?(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))/;

const embeddedDate = /\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?!\d)/;

const maxDigits = 17;
const maxLength = 32;

/** Groups of digits as they stand: `digits` up to each group and where it ends in the text. */
interface Written {
  readonly start: number;
  readonly groups: { readonly digits: string; readonly end: number }[];
  readonly plus: boolean;
}

const isPhoneSeparator = (code: number): boolean =>
  isGroupSpace(code) || code === 45 || code === 46 || code === 47 || code === 40 || code === 41 || code === 0x2011 || code === 0x2013;

/** Where the number begins: before `+`, `(` and `(+`; and whether a plus leads it. */
function lead(text: string, digits: number): { start: number; plus: boolean } {
  let start = digits;
  let plus = false;
  if (text.charCodeAt(start - 1) === 40) start -= 1;
  const gap = isGroupSpace(text.charCodeAt(start - 1)) && text.charCodeAt(start - 2) === 43 ? 1 : 0;
  if (text.charCodeAt(start - 1 - gap) === 43 && !inSet(text.charCodeAt(start - 2 - gap), ALNUM | PLUS)) {
    start -= 1 + gap;
    plus = true;
    if (text.charCodeAt(start - 1) === 40) start -= 1;
  }
  return { start, plus };
}

const fewestDigits = 6;

/** A cheap look ahead, since most numbers in a text are short and alone. */
function hasDigits(text: string, first: number): boolean {
  let count = 0;
  for (let index = first; index < first + maxLength; index += 1) {
    const code = text.charCodeAt(index);
    if (isDigit(code)) {
      count += 1;
      if (count === fewestDigits) return true;
    } else if (!isPhoneSeparator(code)) return false;
  }
  return false;
}

function readGroups(text: string, first: number): Written | undefined {
  const { start, plus } = lead(text, first);
  const groups: { digits: string; end: number }[] = [];
  let digits = "";
  let index = first;
  let gap = 0;
  const limit = Math.min(text.length, first + maxLength);
  for (; index < limit && digits.length <= maxDigits; index += 1) {
    const code = text.charCodeAt(index);
    if (isDigit(code)) {
      digits += text[index];
      gap = 0;
      if (!isDigit(text.charCodeAt(index + 1))) groups.push({ digits, end: index + 1 });
    } else if (isPhoneSeparator(code) && gap < 3) gap += 1;
    else break;
  }
  const last = groups.at(-1);
  if (last === undefined) return undefined;
  const next = text.charCodeAt(last.end);
  // `12:30`, `2,50`, `7a`, `3@x`: the last group belongs to something else. A comma before a space merely ends the number.
  const joined = isWordCharacter(next) || next === 64 || ((next === 58 || next === 44) && isDigit(text.charCodeAt(last.end + 1)));
  if (joined) groups.pop();
  return groups.length === 0 ? undefined : { start, groups, plus };
}

/** The longest reading, by whole groups, whose digits satisfy the test. */
function longest(written: Written, test: (digits: string, groups: number) => boolean): { digits: string; end: number } | undefined {
  for (let count = written.groups.length; count > 0; count -= 1) {
    const group = written.groups[count - 1];
    if (group !== undefined && test(group.digits, count)) return group;
  }
  return undefined;
}

/** `teléfono de atención y citas previas del hospital …` */
const contextReach = 60;

function hasPhoneContext(scan: Scan, start: number, digits: number): boolean {
  const last = scan.found.at(-1);
  if (last?.type === "phone" && start >= last.end && start - last.end <= 10 && listGap.test(scan.text.slice(last.end, start))) return true;
  const words = before(scan.text, start, contextReach);
  // Only what stands after the digits of an earlier thing speaks about this one.
  const cut = words.search(/\d\D*$/);
  const near = cut === -1 ? words : words.slice(cut + 1);
  return phoneWords.test(near) || (digits >= 9 && callWords.test(near));
}

/** France writes five pairs; the others group freely after the area code. */
const frenchShape = /^0[1-9](?:[ .\u00a0\u202f-]\d{2}){4}$/;
/** Pairs may as well be bytes or lottery numbers, so they count only where exactly five stand together. */
const pairs = /^\d\d(?:[ .-]\d\d)+$/;
const trunkShape = /^(?:\(0[1-9]\d{0,4}\)\s?|0[1-9]\d{1,4}(?:\s?[/–-]\s?|[ \u00a0]))\d[\d \u00a0/-]*\d$|^0[ -]\(?\d{3}\)?[ -]\d{3}[ -]?\d{2}[ -]?\d{2}$/;
/** Spain writes two numbers out of three so. */
const spanishShape = /^[6-9]\d\d(?:[ .\u00a0-]\d\d){3}$/;
const americanShape = /^\([2-9]\d{2}\)\s?\d{3}-\d{4}$/;

/**
 * Phone numbers: international ones (`+`, `00`) of a length that the country uses; national ones near a word for a telephone, or in a
 * shape that only phone numbers have and that a numbering plan assigns (ITU-T E.164; plans from libphonenumber's metadata).
 */
export function phone(scan: Scan, first: number, runEnd: number): number {
  const { text } = scan;
  if (runEnd - first > maxDigits) return 0;
  const previous = text.charCodeAt(first - 1);
  if (continuesWord(text, first)) return 0;
  const last = scan.found.at(-1);
  const afterPhone = last?.type === "phone" && first - last.end === 1;
  if (!afterPhone && continues(text, first, previous)) return 0;
  if (last !== undefined && first < last.end) return 0;
  if (!hasDigits(text, first)) return 0;
  const written = readGroups(text, first);
  const all = written?.groups.at(-1);
  if (written === undefined || all === undefined || all.digits.length < fewestDigits) return 0;
  const { start, plus } = written;
  if (plus || (text.startsWith("00", first) && /^00[1-9]/.test(all.digits))) {
    const found = international(scan, written, first);
    if (found !== undefined) return found;
  }
  if (date.test(text.slice(first, first + 24))) return 0;
  return national(scan, written, start);
}

/** A digit group in the middle of something longer: a decimal, a date, a grouped number. */
function continues(text: string, first: number, previous: number): boolean {
  if (previous === 45 || previous === 47 || previous === 0x2013) return isWordCharacter(text.charCodeAt(first - 2));
  if (previous === 46 || previous === 44 || previous === 58) return isDigit(text.charCodeAt(first - 2));
  return isGroupSpace(previous) && isDigit(text.charCodeAt(first - 2));
}

function add(scan: Scan, start: number, end: number, confidence: number, rule: string): number {
  const because = rule === "phone.context" ? { because: "a word for a telephone or another number stands before it" } : {};
  scan.found.push({ type: "phone", subtype: undefined, start, end, confidence, rule, class: "sensitive", ...because });
  return end;
}

function international(scan: Scan, written: Written, first: number): number | undefined {
  const { start, plus } = written;
  const strip = /^00/.test(written.groups.at(-1)?.digits ?? "") ? 2 : 0;
  const reading = longest(written, (digits) => digits.length - strip <= 16 && isPossibleInternational(digits.slice(strip)));
  if (reading === undefined || reading.digits.length - strip < 7) return undefined;
  const grouped = reading.end - first > reading.digits.length;
  if (plus && (grouped || hasPhoneContext(scan, start, 9))) return add(scan, start, reading.end, 0.9, "phone.international");
  if (!isAssigned(scan, `+${reading.digits.slice(strip)}`)) return undefined;
  return add(scan, start, reading.end, plus ? 0.9 : 0.75, "phone.international");
}

function national(scan: Scan, written: Written, start: number): number {
  const { text } = scan;
  const reading = longest(written, (digits) => digits.length >= fewestDigits && digits.length <= 12);
  if (reading === undefined || embeddedDate.test(text.slice(start, reading.end))) return 0;
  if (hasPhoneContext(scan, start, reading.digits.length)) return add(scan, start, reading.end, 0.85, "phone.context");
  const told = longest(written, (digits, count) => digits.length >= 9 && digits.length <= 12 && (count > 1 || text.charCodeAt(start) === 40));
  if (told === undefined || followedByUnit(text, told.end)) return 0;
  const shape = text.slice(start, told.end);
  if (pairs.test(shape) && written.groups.length !== 5) return 0;
  const assigned = frenchShape.test(shape)
    ? isAssigned(scan, told.digits, "FR")
    : americanShape.test(shape)
      ? isAssigned(scan, told.digits, "US")
      : spanishShape.test(shape)
        ? isAssigned(scan, told.digits, "ES")
        : trunkShape.test(shape) && isAssignedWithTrunkZero(scan, told.digits);
  return assigned ? add(scan, start, told.end, 0.7, "phone.shape") : 0;
}

const followedByUnit = (text: string, end: number): boolean => /^\s?(?:[€$£%°]|eur|usd|kg|km|mm|cm|pln|chf|mb|gb|kb)/i.test(text.slice(end, end + 5));
