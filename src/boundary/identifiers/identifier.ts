import type { Finding } from "../port.ts";
import type { Scan } from "../text/scanner.ts";
import { because, isLabelled, type Met, nearest, type Phrase, phrase, wordsAround } from "./context.ts";
import { schemes } from "./countries/index.ts";
import { type Reading, readingsAt } from "./reading.ts";
import type { Scheme } from "./scheme.ts";

interface Entry {
  readonly scheme: Scheme;
  readonly phrases: readonly Phrase[];
  readonly groups: ReadonlySet<string>;
}

const hasLetters = (scheme: Scheme): boolean => /[A-ZΑ-Ω]/.test(scheme.format.source);

type Table = readonly (readonly Entry[] | undefined)[];

function file(table: Entry[][], length: number, entry: Entry): void {
  const row = table[length] ?? [];
  table[length] = row;
  row.push(entry);
}

/** Schemes by length, those of digits alone apart from those with letters. */
const numeric: Entry[][] = [];
const mixed: Entry[][] = [];
for (const scheme of schemes) {
  const entry = { scheme, phrases: scheme.words.map(phrase), groups: new Set(scheme.groups?.split("|")) };
  for (const length of scheme.lengths) {
    if (scheme.either === true || !hasLetters(scheme)) file(numeric, length, entry);
    if (hasLetters(scheme)) file(mixed, length, entry);
  }
}
/** Those that need no word. */
const tellingOnly = (table: readonly Entry[][]): Table => table.map((row) => row.filter(({ scheme }) => scheme.alone !== undefined));
const numericAlone = tellingOnly(numeric);
const mixedAlone = tellingOnly(mixed);

/** Words that say that a number is something else, when they stand directly before it. */
const others = [
  ...["order*", "bestell*", "auftrag*", "zamowien*", "commande*", "pedido*", "ordine*", "invoice*", "rechnung*", "faktura*", "facture*", "factura*"],
  ...["article*", "artikel*", "art nr", "sku", "ean", "gtin", "isbn", "issn", "tracking*", "sendung*", "paket*", "timestamp*", "ticket*", "build", "version*"],
  ...["serial*", "seriennummer", "part no", "part number", "az", "aktenzeichen", "transaction*", "epoch", "ts"],
].map(phrase);

const followedByUnit = /^\s?(?:[€$£%°]|eur|usd|gbp|chf|pln|kg|km|mm|cm|ms|mb|gb|kb|bytes)/i;

/** Counting up (`12345678`), or a time in seconds since 1970: numbers that stand alone in many a field. */
const isStandIn = (value: string): boolean => "01234567890123456789".includes(value) || /^1[4-9]\d{8}$/.test(value);

interface Judgement {
  readonly confidence: number;
  readonly distance: number;
  readonly rule: string;
  readonly because?: string;
}

const aloneInText = { confidence: 0.5, distance: 100, rule: "lone", because: "it is all that the text holds" };

function judge({ scheme, phrases, groups }: Entry, reading: Reading, met: Met, lone: boolean, text: string): Judgement | undefined {
  const { value, sizes } = reading;
  if (!scheme.format.test(value)) return undefined;
  const passes = scheme.check?.(value) ?? false;
  if (scheme.check !== undefined && !passes && scheme.labelled !== true && scheme.lone === undefined) return undefined;
  const near = nearest(phrases, met);
  if (passes) {
    const telling = scheme.alone?.(value) ?? false;
    if (near !== undefined) return { confidence: telling ? 0.98 : 0.92, distance: near.place.distance, rule: "context", because: because(near) };
    const written = sizes.includes("-") ? groups.has(sizes) : scheme.apart !== true;
    if (telling && written && !reading.doubtful && text.charCodeAt(reading.start - 1) !== 43) {
      if (isLabelled(others, met) || followedByUnit.test(text.slice(reading.end, reading.end + 6))) return undefined;
      return { confidence: 0.82, distance: 100, rule: "check" };
    }
  } else if (near !== undefined) {
    const { distance, isLabel } = near.place;
    if (scheme.check !== undefined) return isLabel ? { confidence: 0.7, distance, rule: "label", because: because(near) } : undefined;
    return distance <= 24 ? { confidence: 0.8, distance, rule: "label", because: because(near) } : undefined;
  }
  if (!lone || isStandIn(value) || (/\D/.test(sizes) && !groups.has(sizes))) return undefined;
  return (scheme.lone?.(value) ?? (passes && (scheme.alone?.(value) ?? true))) ? aloneInText : undefined;
}

/** A few numbers with their spaces are no longer. */
const longestAlone = 80;
/** Nothing, or other numbers of a list: `, `, ` and AA0123456B`. */
const nothingElse = /^(?:[\s,;/]|(?:and|und|y|e|et|i|a|en|og|och|or|oder|ve) |(?<![A-Za-z0-9])(?=[A-Za-z]{0,3}\d)[A-Za-z0-9-]{6,20}(?![A-Za-z0-9-]))*$/;

/** Whether the text is this number, or a list of numbers, and nothing else. */
const isWholeText = (text: string, { start, end }: Reading): boolean =>
  text.length <= longestAlone && nothingElse.test(text.slice(0, start)) && nothingElse.test(text.slice(end));

/**
 * The best-founded reading of what begins at the digits as a number that some authority assigned: with check and word, with a word, by check
 * and date alone. Undefined when there is none.
 */
export function identifier({ text, words }: Scan, digits: number, digitsEnd: number): Finding | undefined {
  let best: Finding | undefined;
  let bestRank = 0;
  for (const reading of readingsAt(text, digits, digitsEnd)) {
    const met = wordsAround(text, words, reading.start, reading.end);
    const lone = isWholeText(text, reading);
    const wordless = met.size === 0 && !lone;
    const table: Table = wordless ? (reading.numeric ? numericAlone : mixedAlone) : reading.numeric ? numeric : mixed;
    for (const entry of table[reading.value.length] ?? []) {
      const judged = judge(entry, reading, met, lone, text);
      if (judged === undefined) continue;
      const rank = judged.confidence * 1000 - judged.distance + reading.value.length / 100;
      if (rank <= bestRank) continue;
      bestRank = rank;
      const { scheme } = entry;
      best = {
        type: scheme.type,
        subtype: scheme.subtype,
        start: reading.start,
        end: reading.end,
        confidence: judged.confidence,
        rule: `identifier.${judged.rule}`,
        class: scheme.type === "business_id" ? "public" : "sensitive",
        ...(judged.because === undefined ? {} : { because: judged.because }),
      };
    }
  }
  return best;
}
