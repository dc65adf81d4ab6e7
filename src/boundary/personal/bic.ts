import type { Finding } from "../port.ts";
import { lexicon } from "../text/lexicon.ts";
import type { Scan } from "../text/scanner.ts";
import { isoCountries } from "./iso-countries.ts";

const words: ReadonlySet<number> = new Set(["bic", "swift", "biccode", "swiftcode"].map((word) => lexicon.add(word)));

/** Bank, country, place, and optionally branch (ISO 9362). */
const shape = /(?<![A-Z0-9])[A-Z]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])/g;
/** Directly behind its word: `BIC: …`, `SWIFT/BIC-Code …`, `BIC | …`. */
const announced = /^[^A-Za-z0-9\n]{0,4}(?:(?:BIC|SWIFT|Swift|Code|code|kód|Nr|nr)[^A-Za-z0-9\n]{0,4}){0,3}\n?[ \t]*$/;

/** How far behind its word, and how far from an account on either side, a code is looked for. */
const reach = 40;
const besideAccount = 70;

function bicAt(start: number, end: number, confidence: number, because: string): Finding {
  return { type: "bic", subtype: undefined, start, end, confidence, rule: "bic", class: "public", because };
}

/** The first code of the country in a piece of text, or of any country. */
function codeIn(piece: string, country?: string): { readonly start: number; readonly end: number } | undefined {
  for (const match of piece.matchAll(shape)) {
    const own = match[1] ?? "";
    if (country === undefined ? isoCountries.has(own) : own === country) return { start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/**
 * Codes of banks (ISO 9362) behind a word for them, or beside an account of the same country: eight capitals alone are a word like any other.
 * A bank is no person: a code raises nothing.
 */
export function bankCodes({ text, words: sightings, found }: Scan): void {
  for (let index = 0; index < sightings.phrases.length; index += 1) {
    if (!words.has(sightings.phrases[index] ?? -1)) continue;
    const from = sightings.ends[index] ?? 0;
    const piece = text.slice(from, from + reach);
    const code = codeIn(piece);
    if (code === undefined || !announced.test(piece.slice(0, code.start))) continue;
    found.push(bicAt(from + code.start, from + code.end, 0.95, "a word for bank codes stands before it"));
  }
  const accounts = found.length;
  for (let index = 0; index < accounts; index += 1) {
    const account = found[index];
    if (account?.type !== "iban" || account.rule !== "iban") continue;
    const country = (account.subtype ?? "").slice(0, 2).toUpperCase();
    for (const from of [Math.max(0, account.start - besideAccount), account.end]) {
      const piece = text.slice(from, from === account.end ? from + besideAccount : account.start);
      const code = codeIn(piece, country);
      if (code !== undefined) found.push(bicAt(from + code.start, from + code.end, 0.85, "it stands beside an account of the same country"));
    }
  }
}
