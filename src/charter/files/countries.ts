import { anyCountry, isCountry } from "#registry";
import type { Complaint } from "./complaint.ts";
import { nearest, quoted } from "./spelling.ts";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Every officially assigned code of ISO 3166-1 alpha-2. */
export const countryCodes: readonly string[] = letters.flatMap((first) => letters.map((second) => first + second).filter(isCountry));

/** Groups that a charter may name in a list of countries; their members are facts of the registry. */
export const countryGroups: readonly string[] = ["EU", "EEA", "EFTA", "ADEQUATE", anyCountry];

const codes: ReadonlySet<string> = new Set(countryCodes);
const groups: ReadonlySet<string> = new Set(countryGroups);

/** Codes that people write although ISO 3166-1 has another. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["UK", "GB"],
  ["EL", "GR"],
  ["USA", "US"],
  ["ENGLAND", "GB"],
  ["GREAT BRITAIN", "GB"],
  ["HOLLAND", "NL"],
]);

let byName: ReadonlyMap<string, string> | undefined;

function codeOfName(name: string): string | undefined {
  if (byName === undefined) {
    const english = new Intl.DisplayNames(["en"], { type: "region" });
    byName = new Map(countryCodes.map((code) => [(english.of(code) ?? code).toUpperCase(), code]));
  }
  return byName.get(name.toUpperCase());
}

function suggestion(text: string, known: ReadonlySet<string>[]): string | undefined {
  const upper = text.trim().toUpperCase();
  const other = otherNames.get(upper);
  if (other !== undefined) return other;
  if (known.some((set) => set.has(upper))) return upper;
  return codeOfName(text.trim()) ?? (upper.length > 2 && known.includes(groups) ? nearest(upper, countryGroups) : undefined);
}

/** A country by its code, upper case. */
export function checkCountry(text: string): Complaint | undefined {
  if (codes.has(text)) return undefined;
  if (groups.has(text)) return { message: `${text} is a group of countries, and one country is wanted here`, hint: "name the country itself, such as DE" };
  const meant = suggestion(text, [codes]);
  return {
    message: `${quoted(text)} is not a country code of ISO 3166-1`,
    hint: meant === undefined ? "two capital letters, such as DE or FR" : `write ${meant}`,
  };
}

/** A country or a group, as the lists of a charter take them. */
export function checkCountryOrGroup(text: string): Complaint | undefined {
  if (codes.has(text) || groups.has(text)) return undefined;
  const meant = suggestion(text, [codes, groups]);
  return {
    message: `${quoted(text)} is neither a country code of ISO 3166-1 nor a group`,
    hint: meant === undefined ? `two capital letters, such as DE, or one of ${countryGroups.join(", ")}` : `write ${meant}`,
  };
}
