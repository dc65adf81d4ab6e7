import type { Scan } from "../text/scanner.ts";
import { addTown } from "./addresses.ts";
import { houseEnd } from "./street.ts";
import { endings, noStreets } from "./street-words.ts";

interface Ending {
  readonly joined: boolean;
  readonly apart: boolean;
}

const known = new Map<string, Ending>();
for (const { words, joined, apart } of endings) for (const word of words.split(" ")) known.set(word, { joined, apart });
/** The last two characters of the words above, as one number: most words of a text end otherwise. */
const pairOf = (one: number, two: number): number => (one << 16) | two;
const tails = new Set(
  [...known.keys()].map((word) => (word.length < 2 ? word.charCodeAt(0) : pairOf(word.charCodeAt(word.length - 2), word.charCodeAt(word.length - 1)))),
);
const small = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

const longestEnding = Math.max(...[...known.keys()].map((word) => word.length));
const shortestEnding = 3;

/** Finnish names before `tie`; Dutch and German have many words that end so: `Obligatie`, `Aktien`. */
const finnishRoad =
  /(?:[nsäöy]|ndra|ranta|lahti|järvi|mäki|lehti|kuusi|kivi|niemi|koski|joki|asema|satama|koulu|koivu|harju|metsä|mylly|kallio|laakso|pelto|puisto|kirkko|suo|aho|lammi)tie/;

const isLetter = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 0xc0 && code < 0x530) || code === 45 || code === 39;
const longestWord = 36;

/** `Am Alten`, `Drottning Kristinas`, `Kossuth Lajos`: what stands before a word for a street that stands apart. */
const nameBefore = /(?:(?:Am|An der|Im|Zum|Zur|Unter den|Auf dem|Auf der|Van|De) )?(?:(?<![\p{L}.-])[\p{Lu}][\p{L}\p{M}'.-]{1,24} ){1,3}$/u;
const article =
  /^(?:Der|Die|Das|Dem|Den|Des|Ein|Eine|Einen|Einem|Einer|Diese|Dieser|Diesem|Jeder|Jede|Auf|In|Im|Am|An|A|Az|The|Ez|Egy|Den|Det|En|Een|De|Het|Od|Na|V|U) $/u;

/** A street whose word for one stands behind its name, asked at the number of the house: `Hauptstraße 12`, `Kossuth Lajos utca 5`. */
export function joinedStreet(scan: Scan, digits: number, end: number): number {
  const { text } = scan;
  if (end - digits > 4 || digits < 5) return 0;
  let last = digits - 1;
  const space = text.charCodeAt(last);
  if (space !== 32 && space !== 0xa0 && space !== 46) return 0;
  if (space !== 46) last -= 1;
  const dotted = text.charCodeAt(last) === 46;
  if (dotted) last -= 1;
  const lastCode = small(text.charCodeAt(last));
  if (!isLetter(lastCode)) return 0;
  if (lastCode < 128 && !tails.has(pairOf(small(text.charCodeAt(last - 1)), lastCode)) && !tails.has(lastCode)) return 0;
  const wordEnd = last + 1;
  let start = wordEnd;
  while (start > 0 && wordEnd - start < longestWord) {
    const code = text.charCodeAt(start - 1);
    // The dots of `Dr.-Külz-Str.`.
    if (!isLetter(code) && !(code === 46 && text.charCodeAt(start) === 45)) break;
    start -= 1;
  }
  const word = text.slice(start, wordEnd).toLowerCase();
  let ending: Ending | undefined;
  let size = Math.min(longestEnding, word.length);
  for (; size > 0 && ending === undefined; size -= 1) {
    const one = known.get(word.slice(-size));
    if (one !== undefined && (size === word.length ? one.apart && (size > 1 || dotted) : one.joined && size >= shortestEnding)) ending = one;
  }
  if (ending === undefined) return 0;
  size += 1;
  if (noStreets.test(word) || (/tie[nl]?(?:lle|llä|ltä|lä)?$/.test(word) && !finnishRoad.test(word))) return 0;
  if (size === word.length) {
    const name = nameBefore.exec(text.slice(Math.max(0, start - 60), start))?.[0];
    if (name === undefined || article.test(name) || !/[\p{Lu}][\p{L}]{2}/u.test(name)) return 0;
    start -= name.length;
  } else if (!/[\p{Lu}]/u.test(text.charAt(start)) || (word.length - size < 2 && !word.includes("-"))) return 0;
  const house = houseEnd(text, digits);
  if (house === -1) return 0;
  scan.found.push({
    type: "address",
    subtype: undefined,
    start,
    end: house,
    confidence: 0.85,
    rule: "address",
    class: "sensitive",
    because: "a word for a street stands in it",
  });
  addTown(text, house, scan.found);
  return house;
}
