import { continuesWord, DIGITS, inSet, isAlphanumeric, isDigit, isGroupSpace, LOWER, UPPER } from "../text/characters.ts";

/** One way to read what stands in the text as a number: its characters without separators. */
export interface Reading {
  readonly start: number;
  readonly end: number;
  /** In upper case. */
  readonly value: string;
  /** Sizes of the groups in which it is written: `6-4`; of one group just its size; `6~4` over a line's end. */
  readonly sizes: string;
  readonly numeric: boolean;
  /** It hangs on a word (`ZAM-0603213125`), or a letter had to be read as a digit: no number by itself. */
  readonly doubtful: boolean;
}

/** The longest number of all has 20 characters, and the most groups that are read are those of a number written digit by digit. */
const maxLength = 20;
const maxGroups = 14;
/** Letters before the digits, as a group of their own. */
const maxPrefix = 6;
/** No number that is recognised is shorter; those of four digits only behind their label. */
const minLength = 4;

/** Letters that scanners read in place of digits. */
const misread: Readonly<Record<string, string>> = { O: "0", o: "0", l: "1", I: "1" };
const asDigits = (value: string): string => value.replace(/[OolI]/g, (letter) => misread[letter] ?? letter);

const isSeparator = (code: number): boolean => isGroupSpace(code) || code === 45 || code === 46 || code === 47 || code === 10;
const isLetter = (code: number): boolean => inSet(code, LOWER | UPPER);

/** Whether a value that ends here is a piece of something longer: a decimal, a time, an address. */
function goesOn(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (code === 95 || code === 64 || code === 43) return true;
  const next = text.charCodeAt(end + 1);
  return (code === 45 || code === 46 || code === 47 || code === 44 || code === 58) && (isDigit(next) || (code === 45 && inSet(next, UPPER)));
}

/** Where the word with the first digits begins; -1 when they stand in the middle of something. */
function wordStart(text: string, digits: number): number {
  let start = digits;
  while (start > 0 && digits - start < maxLength && isLetter(text.charCodeAt(start - 1))) start -= 1;
  if (start < digits && text.charCodeAt(start - 1) === 92 && /[nrt]/.test(text.charAt(start))) start += 1;
  return continuesWord(text, start) ? -1 : start;
}

/** Where a prefix such as `CHE-` or `DE ` before the word begins; the word's own start when there is none. */
function prefixStart(text: string, word: number): number {
  let start = word - 1;
  while (start > 0 && word - 1 - start < maxPrefix && isLetter(text.charCodeAt(start - 1))) start -= 1;
  return start === word - 1 || isAlphanumeric(text.charCodeAt(start - 1)) || continuesWord(text, start) ? word : start;
}

function isOneDigit(value: string): boolean {
  for (let index = 1; index < value.length; index += 1) if (value.charCodeAt(index) !== value.charCodeAt(0)) return false;
  return true;
}

function add(readings: Reading[], start: number, end: number, value: string, sizes: string, numeric: boolean, doubtful: boolean): void {
  if (isOneDigit(value)) return;
  readings.push({ start, end, sizes, value: numeric ? value : value.toUpperCase(), numeric, doubtful });
  if (numeric) return;
  const series = /^[A-Za-z]{2,3}(?=[\dOolI]{6,7}$)/.exec(value)?.[0];
  if (/^(?:[OolI]*\d){5}[\dOolI]*$/.test(value)) readings.push({ start, end, sizes, value: asDigits(value), numeric: true, doubtful: true });
  else if (series !== undefined && /[OolI]/.test(value.slice(series.length)))
    readings.push({ start, end, sizes, value: series.toUpperCase() + asDigits(value.slice(series.length)), numeric: false, doubtful: true });
}

/** `YYYYMMDD`, `DDMMYYYY` or `MMDDYYYY`. */
const isDay = (value: string): boolean => /^(?:(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d|[0-3]\d[0-3]\d(?:19|20)\d\d)$/.test(value);

/** Adds every reading from `start` by whole groups. */
function read(text: string, start: number, single: boolean, hangs: boolean, readings: Reading[]): void {
  let value = "";
  let sizes = "";
  let digits = 0;
  let index = start;
  for (let group = 0; group < maxGroups; group += 1) {
    const from = index;
    const digitsBefore = digits;
    for (let code = text.charCodeAt(index); isAlphanumeric(code); index += 1, code = text.charCodeAt(index)) {
      if (isDigit(code)) digits += 1;
      if (index - from > maxLength) return;
    }
    const size = index - from;
    if (size === 0 || value.length + size > maxLength) return;
    // A word of letters alone is part of a number only in capitals, or where it is joined to it: `-z`.
    if (digits === digitsBefore && (size > maxPrefix || (inSet(text.charCodeAt(from), LOWER) && text.charCodeAt(from - 1) !== 45 && from !== start))) return;
    value += text.slice(from, index);
    sizes = sizes === "" ? String(size) : `${sizes}${text.charCodeAt(from - 1) === 10 ? "~" : "-"}${size}`;
    const isDate = sizes === "4-2-2" || sizes === "2-2-4" || sizes === "2-2-2";
    if (isDate && !isGroupSpace(text.charCodeAt(from - 1)) && isDay(value)) return;
    if (value.length >= minLength && !goesOn(text, index) && !isDate) add(readings, start, index, value, sizes, digits === value.length, hangs);
    if (single || !isSeparator(text.charCodeAt(index))) return;
    index += isGroupSpace(text.charCodeAt(index)) && isGroupSpace(text.charCodeAt(index + 1)) ? 2 : 1;
  }
}

/** Whether enough digits follow within a few characters for any number at all: a cheap look, since most numbers in a text are short. */
function hasDigits(text: string, from: number): boolean {
  let count = 0;
  for (let index = from; index < from + 24; index += 1) {
    const code = text.charCodeAt(index);
    if (isDigit(code)) {
      count += 1;
      if (count === minLength) return true;
    } else if (!isSeparator(code) && !isLetter(code)) return false;
    // The next word of a sentence ends the look.
    else if (inSet(code, LOWER) && isGroupSpace(text.charCodeAt(index - 1)) && isLetter(text.charCodeAt(index + 1))) return false;
  }
  return false;
}

/** A serial number of letters and digits may hold a single digit: `CWRN9FTPL`. */
const serialLength = 6;

/** Whether the word around the digits is long enough and has nothing but capitals and digits. */
function isSerial(text: string, word: number, digits: number): boolean {
  let end = digits;
  while (end - word < serialLength && inSet(text.charCodeAt(end), DIGITS | UPPER)) end += 1;
  return end - word >= serialLength && inSet(text.charCodeAt(word), DIGITS | UPPER);
}

/** Whether a short run of digits, as most in a text are, can go on to a number at all. */
function mayGoOn(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (isLetter(code)) return true;
  const next = text.charCodeAt(end + 1);
  return isSeparator(code) && (isDigit(next) || inSet(next, UPPER) || (code === 45 && isLetter(next)) || next === 111 || next === 108);
}

const shortRun = 4;

const nothing: readonly Reading[] = Object.freeze([]);

/** All readings of what begins with the run of digits from `digits` to `end`, or with the letters before it. */
export function readingsAt(text: string, digits: number, end: number): readonly Reading[] {
  if (end - digits < shortRun && !mayGoOn(text, end) && !inSet(text.charCodeAt(digits - 1), UPPER)) return nothing;
  const word = wordStart(text, digits);
  if (word === -1) return nothing;
  const before = text.charCodeAt(word - 1);
  const last = text.charCodeAt(word - 2);
  if ((before === 44 || before === 58) && isDigit(last)) return nothing;
  const space = isGroupSpace(before) || before === 10;
  const hangs = isSeparator(before) && !space && isAlphanumeric(last);
  // A later group of what has been read from its beginning.
  if ((hangs && isDigit(last)) || !(hasDigits(text, digits) || isSerial(text, word, digits))) return nothing;
  const readings: Reading[] = [];
  if (isSeparator(before) && isAlphanumeric(last)) {
    const prefix = prefixStart(text, word);
    if (prefix !== word) read(text, prefix, false, false, readings);
    else if (hangs) return readings;
  }
  read(text, word, space && isDigit(last), hangs, readings);
  // A word to which the space was lost: `code is030594-W903B`.
  if (digits - word >= 2 && /^[a-z]+$/.test(text.slice(word, digits))) read(text, digits, false, true, readings);
  return readings;
}
