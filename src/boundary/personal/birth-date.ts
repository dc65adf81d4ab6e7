import { lexicon, type Sightings } from "../text/lexicon.ts";
import type { Scan } from "../text/scanner.ts";
import { dateAt } from "./calendar-date.ts";

/** Words for being born, by language; what begins so is meant too where a star stands. */
const wordsByLanguage: readonly string[] = [
  // German, Dutch, Luxembourgish
  "geboren*, geb, geburtsdatum, geburtstag*, geburtsdat*, geburts, gebdat, geburt, geboorte*, gebuer*, gebuertsdatum",
  // English, Irish, Maltese
  "born, date of birth, birth date, birthdate*, dateofbirth, birthday, dob, d o b, rugadh, dáta breithe, twieled*, twelid*, data tat twelid",
  // French
  "né, née, nés, nées, naissance*, ddn",
  // Spanish, Catalan, Galician, Portuguese
  "nacido, nacida, nació, nacimiento*, f nac, fecha nac, fnac, nascut, nascuda, naixement, nacemento, nascido, nascida, nascimento, nasceu, data nasc",
  // Italian, Romanian
  "nato, nata, nati, nascita, născut*, nascuta, nașter*, naștere, născând",
  // Polish, Czech, Slovak
  "urodzon*, urodzen*, urodził*, ur, data ur, narozen*, nar, dat nar, naroden*, narodil*",
  // Croatian, Serbian, Slovenian, Macedonian, Bulgarian, Ukrainian
  "rođen*, rođenja, rodjen*, rojen*, rojstva, rođendan, роден*, рођен*, раждан*, рожден*, народжен*, народив*",
  // Greek
  "γεννήθηκ*, γεννημέν*, γέννηση*, γεννηθ*, ημ γεν, ημ γέννησης, γενέθλια",
  // Hungarian, Finnish, Estonian
  "született*, születés*, szül, szülidő, syntyn*, syntymäaika*, syntymäpäivä*, syntyi, synt, sündinud, sünniaeg, sünnikuupäev*, sünd",
  // Latvian, Lithuanian
  "dzimis, dzimusi, dzimšanas*, dzim, gimęs, gimusi*, gimimo, gim",
  // Swedish, Danish, Norwegian, Icelandic
  "född, fött, födda, födelsedatum, födelsedag*, födelsetid, født, fødsels*, fødd, fæddur, fædd, fæðingar*",
  // Turkish
  "doğum*, doğdu, doğumlu",
];

const words: ReadonlySet<number> = new Set(wordsByLanguage.flatMap((row) => row.split(", ").map((word) => lexicon.add(word))));
/** Without their accent they are other words: `ne`, `nes`. */
const accented: ReadonlySet<number> = new Set(["né", "nés"].map((word) => lexicon.add(word)));
/** Two or three letters, which are words of other languages too: only directly before a date. */
const short: ReadonlySet<number> = new Set(["ur", "nar", "geb", "gim", "dzim", "né", "geburt"].map((word) => lexicon.add(word)));
const atlantic = lexicon.add("nato");

const reach = 48;
const longestWord = 24;
const reachBehind = 22;

/** Between word and date stand neither another date nor the end of a paragraph. */
const isNear = (gap: string): boolean => !/\d{4}|\d[./]\d|\n\s*\n/.test(gap) && (gap.match(/\n/g)?.length ?? 0) <= 1;

function speaksBefore(text: string, sightings: Sightings, start: number): boolean {
  for (let index = sightings.from(start - reach - longestWord); (sightings.starts[index] ?? start) < start; index += 1) {
    const phrase = sightings.phrases[index] ?? -1;
    const from = sightings.starts[index] ?? 0;
    const to = sightings.ends[index] ?? 0;
    if (!words.has(phrase) || to > start || start - to > reach) continue;
    const raw = text.slice(from, to);
    if (accented.has(phrase) && !/[éÉ]/.test(raw)) continue;
    if (phrase === atlantic && raw === "NATO") continue;
    const gap = text.slice(to, start);
    if (short.has(phrase) && gap.length > 6 && !/^\S* ?(?:le|am|dnia|den|:)/.test(gap) && !accented.has(phrase)) continue;
    if (isNear(gap)) return true;
  }
  return false;
}

/** Behind the date the word stands directly, and no other date follows to which it could belong. */
function speaksBehind(text: string, sightings: Sightings, end: number): boolean {
  const first = sightings.from(end);
  for (let index = first; (sightings.starts[index] ?? Number.POSITIVE_INFINITY) < end + reachBehind; index += 1) {
    const phrase = sightings.phrases[index] ?? -1;
    if (!words.has(phrase) || accented.has(phrase)) continue;
    const gap = text.slice(end, sightings.starts[index]);
    const tail = text.slice(sightings.ends[index], (sightings.ends[index] ?? 0) + 30);
    if (/^[\s()"']{0,3}(?:r\.|[\p{L}-]{1,9})?[\s(:"'=–-]{0,3}$/u.test(gap) && !/^\D{0,24}\d{1,2}\D{1,12}\d|^\D{0,24}\d{4}/.test(tail)) return true;
  }
  return false;
}

function isBirthNear(sightings: Sightings, start: number, end: number): boolean {
  for (let index = sightings.from(start); (sightings.starts[index] ?? end) < end; index += 1) {
    if (words.has(sightings.phrases[index] ?? -1)) return true;
  }
  return false;
}

/** Digits that a scanner read a letter for begin a date too: `l5.07.1990`. */
function firstDigit(text: string, start: number): number {
  return /[OolI]/.test(text.charAt(start - 1)) && !/[\p{L}\d]/u.test(text.charAt(start - 2)) ? start - 1 : start;
}

/** Dates beside a word for being born. A date says nothing by itself, and an age is no date. */
export function birthDate(scan: Scan, digits: number, end: number): number {
  const { text, words: sightings } = scan;
  if (end - digits > 8 || sightings.phrases.length === 0) return 0;
  if (!isBirthNear(sightings, digits - reach - longestWord, end + reach)) return 0;
  const start = firstDigit(text, digits);
  if (/[\p{L}\d]/u.test(text.charAt(start - 1))) return 0;
  const date = dateAt(text, start);
  if (date === undefined) return 0;
  const isBefore = speaksBefore(text, sightings, date.start);
  if (!isBefore && !speaksBehind(text, sightings, date.end)) return 0;
  scan.found.push({
    type: "birth_date",
    subtype: undefined,
    start: date.start,
    end: date.end,
    confidence: isBefore ? 0.9 : 0.8,
    rule: "birth-date",
    class: "sensitive",
    because: `a word for being born stands ${isBefore ? "before" : "behind"} it`,
  });
  return date.end;
}
