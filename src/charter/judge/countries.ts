import { type CountryCode, expand, type Registry } from "#registry";
import type { CountryList } from "../charter.ts";

/** What is known of one side of a destination: countries, each with its explanation, and what could not be told. */
export interface Known {
  readonly countries: ReadonlyMap<CountryCode, string>;
  readonly unknown: readonly string[];
}

/** Why something does not lie inside a list of countries. */
export interface Shortfall {
  /** Countries that certainly lie outside, each with its explanation. */
  readonly outside: readonly (readonly [CountryCode, string])[];
  readonly unknown: readonly string[];
}

/** A list of countries and groups of the charter as it stands on one day. */
export interface Countries {
  /** As written: `[EEA, CH]`. */
  readonly text: string;
  /** The list holds `ANY`, which alone admits the unknown. */
  readonly any: boolean;
  /** `lapsed`: only through a membership whose entry is undated or expired, so nobody can tell any more. */
  standing(country: CountryCode): "inside" | "outside" | "lapsed";
  /** undefined when everything is known and lies inside. */
  shortfall(known: Known): Shortfall | undefined;
}

export const lapsedMembership = (country: CountryCode, list: Countries): string =>
  `Whether ${country} still belongs to ${list.text} is not known: the registry's entry on the group is out of date.`;

export function countriesOf(registry: Registry, list: CountryList, now: number): Countries {
  const matcher = expand(registry, list);
  const groups = list.flatMap((word) => registry.groups.get(word) ?? []);
  const standing: Countries["standing"] = (country) => {
    if (matcher.has(country, now)) return "inside";
    return groups.some((group) => group.members.includes(country)) ? "lapsed" : "outside";
  };
  const shortfall: Countries["shortfall"] = (known) => {
    if (matcher.any) return undefined;
    const places = [...known.countries].map(([country, why]) => ({ country, why, standing: standing(country) }));
    const outside = places.filter((place) => place.standing === "outside").map(({ country, why }) => [country, why] as const);
    const lapsed = places.filter((place) => place.standing === "lapsed").map(({ country }) => lapsedMembership(country, countries));
    const unknown = [...known.unknown, ...lapsed];
    if (known.countries.size === 0 && unknown.length === 0) unknown.push("Nothing is on record.");
    return outside.length === 0 && unknown.length === 0 ? undefined : { outside, unknown };
  };
  const countries: Countries = { text: `[${list.join(", ")}]`, any: matcher.any, standing, shortfall };
  return countries;
}
