import { hashOf } from "../lexicon/lexicon.ts";
import type { Words } from "../words.ts";

/** Languages whose spelling or order of names changes what a capital letter says. */
export type Language = "de" | "fi" | "fr" | "hu" | undefined;

const small: Readonly<Record<"de" | "fi" | "fr" | "hu", string>> = {
  de: "der die das und nicht ist mit den dem von ein eine auf sich auch wird werden nach",
  fr: "les des dans est une pour qui que du sur avec pas ont et la sont ce au",
  fi: "hän oli ovat joka että mutta kun kuin myös sitä kanssa ollut mukaan vuonna olen ei ja on se",
  hu: "hogy nem egy volt meg vagy csak mert nincs lesz az és már ezt azt",
};
const languages = ["de", "fi", "fr", "hu"] as const;
const telling = new Map(languages.flatMap((language) => small[language].split(" ").map((word) => [hashOf(word), language] as const)));

const looked = 400;

/** The language of a text as far as it matters here, told by its small words. */
export function languageOf(words: Words): Language {
  const counts = { de: 0, fi: 0, fr: 0, hu: 0 };
  const limit = Math.min(words.count, looked);
  for (let index = 0; index < limit; index += 1) {
    if (words.length(index) > 6) continue;
    const language = telling.get(words.hash(index));
    if (language !== undefined) counts[language] += 1;
  }
  // Finnish has few small words, so fewer of them tell it.
  const share = (count: number, one: number): boolean => count * one > limit && count > 1;
  const { de, fi, fr, hu } = counts;
  if (hu > fi && hu > de) return share(hu, 20) ? "hu" : undefined;
  if (fr > fi && fr > de && fr > hu) return share(fr, 12) || limit < 12 ? "fr" : undefined;
  if (fi > de) return share(fi, 20) ? "fi" : undefined;
  return share(de, 12) ? "de" : undefined;
}
