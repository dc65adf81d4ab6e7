import type { Finding } from "../port.ts";
import type { Scan } from "../text/scanner.ts";
import { isLabel, type Met, nearest, phrase, wordsAround } from "./context.ts";
import { schemes } from "./countries/index.ts";
import { type Reading, readingsAt } from "./reading.ts";
import type { Scheme } from "./scheme.ts";

interface Entry {
  readonly scheme: Scheme;
  readonly phrases: readonly string[];
  readonly groups: ReadonlySet<string>;
}

const hasLetters = (scheme: Scheme): boolean => /[A-ZΑ-Ω]/.test(scheme.format.source);

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

/** Words that say that a number is something else, when they stand directly before it. */
const others = [
  ...["order*", "bestell*", "auftrag*", "zamowien*", "commande*", "pedido*", "ordine*", "invoice*", "rechnung*", "faktura*", "facture*", "factura*"],
  ...["article*", "artikel*", "art nr", "sku", "ean", "gtin", "isbn", "issn", "tracking*", "sendung*", "paket*", "timestamp*", "ticket*", "build", "version*"],
  ...["serial*", "seriennummer", "part no", "part number", "az", "aktenzeichen", "transaction*", "epoch", "ts"],
].map(phrase);

const followedByUnit = /^\s?(?:[€$£%°]|eur|usd|gbp|chf|pln|kg|km|mm|cm|ms|mb|gb|kb|bytes)/i;

interface Judgement {
  readonly confidence: number;
  readonly distance: number;
  readonly rule: string;
}

function judge(entry: Entry, reading: Reading, around: () => Met, text: string): Judgement | undefined {
  const { scheme, phrases, groups } = entry;
  const { value, sizes } = reading;
  if (!scheme.format.test(value)) return undefined;
  const passes = scheme.check?.(value) ?? false;
  if (scheme.check !== undefined && !passes && scheme.labelled !== true) return undefined;
  const met = around();
  const far = nearest(phrases, met);
  if (passes) {
    const telling = scheme.alone?.(value) ?? false;
    if (far !== -1) return { confidence: telling ? 0.98 : 0.92, distance: far, rule: "context" };
    const written = sizes.includes("-") ? groups.has(sizes) : scheme.apart !== true;
    if (!telling || !written || reading.doubtful || text.charCodeAt(reading.start - 1) === 43) return undefined;
    if (isLabel(others, met) || followedByUnit.test(text.slice(reading.end, reading.end + 6))) return undefined;
    return { confidence: 0.82, distance: 100, rule: "check" };
  }
  if (far === -1) return undefined;
  if (scheme.check !== undefined) return isLabel(phrases, met) ? { confidence: 0.7, distance: far, rule: "label" } : undefined;
  return far <= 24 ? { confidence: 0.8, distance: far, rule: "label" } : undefined;
}

/**
 * The best-founded reading of what begins at the digits as a number that some authority assigned: with check and word, with a word, by check
 * and date alone. Undefined when there is none.
 */
export function identifier({ text }: Scan, digits: number, digitsEnd: number): Finding | undefined {
  let best: Finding | undefined;
  let bestRank = 0;
  for (const reading of readingsAt(text, digits, digitsEnd)) {
    const table = reading.numeric ? numeric : mixed;
    let context: Met | undefined;
    const around = (): Met => {
      context ??= wordsAround(text, reading.start, reading.end);
      return context;
    };
    for (const entry of table[reading.value.length] ?? []) {
      const judged = judge(entry, reading, around, text);
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
      };
    }
  }
  return best;
}
