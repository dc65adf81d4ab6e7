import type { Finding } from "../port.ts";
import { isDigit } from "../text/characters.ts";
import { lexicon } from "../text/lexicon.ts";
import type { Scan } from "../text/scanner.ts";
import { germanDistricts, plateShapes } from "./plate-shapes.ts";

interface Shape {
  readonly country: string;
  readonly telling: boolean;
  /** From a place on, and of a text as a whole. */
  readonly here: RegExp;
  readonly whole: RegExp;
}

const end = "(?![\\p{L}\\d])(?!-[\\p{L}\\d])";

const shapes: readonly Shape[] = plateShapes.map(({ country, shape, telling }) => {
  const source = shape.replaceAll("_", "[ -]?");
  return { country, telling: telling === true, here: new RegExp(`(?:${source})${end}`, "uy"), whole: new RegExp(`^(?:${source})$`, "u") };
});

/** By phrase the countries in whose language it is a word for a plate. */
const words = new Map<number, Set<string>>();
for (const { country, words: own } of plateShapes) {
  for (const word of own ?? []) {
    const phrase = lexicon.add(word);
    words.set(phrase, (words.get(phrase) ?? new Set()).add(country));
  }
}

const plate = (country: string, start: number, stop: number, confidence: number, because: string): Finding => ({
  type: "vehicle",
  subtype: `${country}.plate`,
  start,
  end: stop,
  confidence,
  rule: "vehicle.plate",
  class: "sensitive",
  because,
});

/** The plate that begins at a place; shapes of the given countries go before all others. */
function plateAt(text: string, at: number, countries: ReadonlySet<string>): { readonly country: string; readonly end: number } | undefined {
  let other: { readonly country: string; readonly end: number } | undefined;
  for (const { country, here } of shapes) {
    if (other !== undefined && !countries.has(country)) continue;
    here.lastIndex = at;
    const match = here.exec(text);
    if (match === null) continue;
    const found = { country, end: here.lastIndex };
    if (countries.has(country)) return found;
    other = found;
  }
  return other;
}

/** How far behind its word a plate may begin. */
const reach = 48;
const mayBegin = /[\p{Lu}\d]/u;
/** Between a label and its value. */
const labelGap = /^[\s:.|#№()="'–-]{1,8}/;
/** Words of up to three letters are words of many meanings: their plate stands directly behind them. */
const shortWord = 3;
const longestPlate = 12;

/** Between the two plates of a list. */
const listGap = /^(?:, ?|; ?| \/ | (?:and|und|et|y|e|i|a|ve|og|och|ja|en|și|και|и) )/;

const announced = "a word for number plates stands before it";

/** The plate directly behind its word, in small letters too where the word is no short one. */
function labelledPlate(text: string, from: number, countries: ReadonlySet<string>, isShort: boolean): Finding | undefined {
  const gap = labelGap.exec(text.slice(from, from + 8))?.[0].length;
  if (gap === undefined) return undefined;
  const start = from + gap;
  const value = text.slice(start, start + longestPlate + 2);
  const found = plateAt(isShort ? value : value.toUpperCase(), 0, countries);
  return found === undefined ? undefined : plate(found.country, start, start + found.end, 0.9, announced);
}

/** The first plate behind a word, on the same line or the next; where words stand between, one of the word's own countries. */
function plateBehind(text: string, from: number, countries: ReadonlySet<string>): Finding | undefined {
  const stop = Math.min(text.length, from + reach);
  for (let at = from; at < stop; at += 1) {
    if (!mayBegin.test(text.charAt(at)) || /[\p{L}\d]/u.test(text.charAt(at - 1))) continue;
    const found = plateAt(text, at, countries);
    if (found !== undefined && countries.has(found.country)) return plate(found.country, at, found.end, 0.85, announced);
    // Another number stands between.
    if (isDigit(text.charCodeAt(at)) && /\d{5}/.test(text.slice(at, at + 5))) return undefined;
  }
  return undefined;
}

/** Plates behind a word for them, and those in a shape that a whole text has and little else. */
export function announcedPlates({ text, words: sightings, found }: Scan): void {
  for (let index = 0; index < sightings.phrases.length; index += 1) {
    const countries = words.get(sightings.phrases[index] ?? -1);
    if (countries === undefined) continue;
    const stop = sightings.ends[index] ?? 0;
    const isShort = stop - (sightings.starts[index] ?? 0) <= shortWord;
    const finding = labelledPlate(text, stop, countries, isShort) ?? (isShort ? undefined : plateBehind(text, stop, countries));
    if (finding === undefined) continue;
    found.push(finding);
    const list = listGap.exec(text.slice(finding.end, finding.end + 8))?.[0].length;
    const next = list === undefined ? undefined : plateAt(text, finding.end + list, countries);
    if (list !== undefined && next !== undefined) found.push(plate(next.country, finding.end + list, next.end, 0.8, announced));
  }
  const alone = text.length > 3 * longestPlate ? "" : text.trim();
  if (alone.length < 5 || alone.length > longestPlate) return;
  const upper = alone.toUpperCase();
  const shape = shapes.find(({ telling, whole }) => telling && whole.test(upper));
  if (shape === undefined) return;
  const start = text.indexOf(alone);
  found.push(plate(shape.country, start, start + alone.length, 0.5, "it is all that the text holds"));
}

/** `M-AB 1234`, `K-A 1H`: the district is one of those that there are. */
const german = /(?<![\p{L}\d-])([A-ZÄÖÜ]{1,3})-[A-Z]{1,2} ?$/u;
const french = /(?<![\p{L}\d-])[A-HJ-NP-TV-Z]{2}-$/u;
const frenchEnd = /^-[A-HJ-NP-TV-Z]{2}(?![\p{L}\d-])/u;
const british = /(?<![\p{L}\d-])[A-HJ-PR-Y]{2}$/u;
const britishAge = /^(?:0[2-9]|1\d|2\d|5[1-9]|6\d|7\d)$/;
const britishEnd = /^ [A-HJ-PR-Z]{3}(?![\p{L}\d-])/u;

/** Plates that their shape alone tells, asked at their digits. */
export function tellingPlate(scan: Scan, digits: number, stop: number): number {
  const { text } = scan;
  const size = stop - digits;
  if (size > 4 || digits < 2) return 0;
  const last = text.charCodeAt(digits - 1);
  const isUpper = last >= 65 && last <= 90;
  if (!isUpper && last !== 32 && last !== 45) return 0;
  const lead = text.slice(Math.max(0, digits - 8), digits);
  const tail = text.slice(stop, stop + 6);
  const add = (country: string, start: number, end: number, confidence: number, because: string): number => {
    scan.found.push(plate(country, start, end, confidence, because));
    return end;
  };
  if (size === 3 && last === 45 && french.test(lead) && frenchEnd.test(tail))
    return add("fr", digits - 3, stop + 3, 0.75, "only plates of France have this form");
  if (size === 2 && isUpper && british.test(lead) && britishAge.test(text.slice(digits, stop)) && britishEnd.test(tail)) {
    return add("gb", digits - 2, stop + 4, 0.65, "plates of the United Kingdom have this form");
  }
  const district = last === 45 ? null : german.exec(lead);
  if (district === null || text.charCodeAt(digits) === 48 || !germanDistricts.has(district[1] ?? "")) return 0;
  const suffix = /^[EH](?![\p{L}\d])/u.test(tail) ? 1 : 0;
  // `A-B 12` is a name for many things.
  if (district[0].trim().length <= 3 && size < 3) return 0;
  if (/^(?:[\p{L}\d]|-[\p{L}\d]|[.,]\d)/u.test(tail.slice(suffix))) return 0;
  return add("de", digits - district[0].length, stop + suffix, 0.8, "a district of Germany and the form of its plates");
}
