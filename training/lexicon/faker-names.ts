import { allLocales } from "@faker-js/faker";
import { COMMON_WORD, FEMALE, FIRST_NAME, LAST_NAME, MALE, PLACE } from "../../src/boundary/names/lexicon/masks.ts";

interface Entry {
  readonly word: string;
  readonly mask: number;
}

/** Ancient or invented text in place of words: the pseudo-Latin that many locales share. */
const pseudoLatin = new Set(allLocales.de.lorem?.word ?? []);

/** Locales whose cities are too many and too far away to be worth their place. */
const withoutCities = new Set(["en_IN", "en_NG", "en_GH", "id_ID", "bn_BD", "he", "th"]);

function* strings(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* strings(item);
}

function* gendered(value: unknown, mask: number): Generator<Entry> {
  if (typeof value !== "object" || value === null) return;
  for (const [kind, words] of Object.entries(value)) {
    const gender = mask !== FIRST_NAME ? 0 : kind === "female" ? FEMALE : kind === "male" ? MALE : 0;
    for (const word of strings(words)) yield { word, mask: mask | gender };
  }
}

/** Of a city with several words, the small ones (`und`, `de la`) are no places. */
function* cities(value: unknown): Generator<Entry> {
  for (const city of strings(value))
    for (const word of city.split(/[\s-]+/u)) if (word === city || (word.length > 3 && /^\p{Lu}/u.test(word))) yield { word, mask: PLACE };
}

/** Names, cities and common words of the locales of @faker-js/faker. */
export function* fakerNames(): Generator<Entry> {
  for (const [locale, definition] of Object.entries(allLocales)) {
    if (locale === "en_BORK" || locale === "eo") continue;
    yield* gendered(definition.person?.first_name, FIRST_NAME);
    yield* gendered(definition.person?.last_name, LAST_NAME);
    if (!withoutCities.has(locale)) yield* cities(definition.location?.city_name);
    for (const words of Object.values(definition.word ?? {})) for (const word of strings(words)) yield { word, mask: COMMON_WORD };
    for (const word of strings(definition.lorem?.word)) if (!pseudoLatin.has(word)) yield { word, mask: COMMON_WORD };
  }
}
