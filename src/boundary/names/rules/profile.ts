import { hashOf } from "../lexicon/lexicon.ts";
import type { Words } from "../words.ts";

/** Languages whose spelling or order of names changes what a capital letter says. */
export type Language = "de" | "fi" | "hu" | undefined;

const small: Readonly<Record<"de" | "fi" | "hu", string>> = {
  de: "der die das und nicht ist mit den dem von ein eine auf sich auch wird werden nach",
  fi: "hän oli ovat joka että mutta kun kuin myös sitä kanssa ollut mukaan vuonna olen ei ja on se",
  hu: "hogy nem egy volt meg vagy csak mert nincs lesz az és már ezt azt",
};
const telling = new Map(Object.entries(small).flatMap(([language, list]) => list.split(" ").map((word) => [hashOf(word), language] as const)));

const looked = 400;

/** The language of a text as far as it matters here, told by its small words. */
export function languageOf(words: Words): Language {
  const counts = { de: 0, fi: 0, hu: 0 };
  const limit = Math.min(words.count, looked);
  for (let index = 0; index < limit; index += 1) {
    if (words.length(index) > 6) continue;
    const language = telling.get(words.hash(index));
    if (language === "de" || language === "fi" || language === "hu") counts[language] += 1;
  }
  // Finnish has few small words, so fewer of them tell it.
  const share = (count: number, one: number): boolean => count * one > limit && count > 1;
  const { de, fi, hu } = counts;
  if (hu > fi && hu > de) return share(hu, 20) ? "hu" : undefined;
  if (fi > de) return share(fi, 20) ? "fi" : undefined;
  return share(de, 12) ? "de" : undefined;
}
