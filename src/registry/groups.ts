import { isCountry } from "./countries.ts";
import { inForce, isOver } from "./days.ts";
import type { CountryCode, Registry } from "./facts.ts";

/** The one word in a list of countries that admits everything, the unknown too. It is a keyword, not a group of the registry. */
export const anyCountry = "ANY";

/** A list of countries and groups, ready to be asked. */
export interface CountryMatcher {
  /** True where the list says `ANY`: it admits the unknown as well. */
  readonly any: boolean;
  /** Whether the country is in the list at `now` (milliseconds): members of a group leave it when their, or the group's, last day is over. */
  has(country: CountryCode, now: number): boolean;
}

/** Whether the word may stand in a list of countries: an ISO 3166-1 alpha-2 code, a group of the registry, or `ANY`. */
export const isCountryOrGroup = (registry: Registry, word: string): boolean => word === anyCountry || registry.groups.has(word) || isCountry(word);

/** Makes a matcher of a list such as `[EEA, CH]`. A word that is neither country nor group admits nothing. */
export function expand(registry: Registry, list: readonly string[]): CountryMatcher {
  const any = list.includes(anyCountry);
  const groups = list.flatMap((word) => registry.groups.get(word) ?? []);
  const countries = new Set(list.filter((word) => !registry.groups.has(word)));
  const members = groups.map((group) => ({
    group,
    ends: new Map(group.caveats?.map((caveat) => [caveat.country, caveat.until])),
    all: new Set(group.members),
  }));
  const has = (country: CountryCode, now: number): boolean => {
    if (any || countries.has(country)) return true;
    return members.some(({ group, ends, all }) => {
      if (!all.has(country) || inForce(group, now) !== "known") return false;
      const end = ends.get(country);
      return end === undefined || !isOver(end, now);
    });
  };
  return { any, has };
}
