import type { Row } from "./labelled.ts";

const identifiers = ["person_id", "document_id", "business_id", "vehicle"];

/** What a label is counted as, and the types of findings that answer to it. A number found as another kind of number is found. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  person: ["person"],
  address: ["address", "location"],
  location: ["location", "address"],
  organisation: ["organisation"],
  birth_date: ["birth_date"],
  phone: ["phone"],
  email: ["email"],
  iban: ["iban"],
  card: ["card"],
  ip: ["ip"],
  mac: ["mac"],
  vehicle: identifiers,
  person_id: identifiers,
  business_id: identifiers,
  document_id: identifiers,
  secret: ["secret"],
};

/** Labels of the sets, by what they mean here. What is in neither list is a kind that Freehold does not look for (ages, professions, events …). */
const meaning: Readonly<Record<string, string>> = {
  PERSON: "person",
  ADDRESS: "address",
  LOCATION: "location",
  POSTAL_CODE: "address",
  UK_POSTCODE: "address",
  DE_PLZ: "address",
  ORG: "organisation",
  DATE_OF_BIRTH: "birth_date",
  PHONE: "phone",
  TR_PHONE_NUMBER: "phone",
  PH_MOBILE_NUMBER: "phone",
  EMAIL: "email",
  EMAIL_ADDRESS: "email",
  IBAN: "iban",
  IBAN_CODE: "iban",
  CREDIT_CARD: "card",
  IP_ADDRESS: "ip",
  MAC_ADDRESS: "mac",
  VEHICLE_PLATE: "vehicle",
  VIN: "vehicle",
  SECRET: "secret",
  ID: "person_id",
  DRIVING_LICENCE: "document_id",
  PASSPORT: "document_id",
  NO_KONTONR: "iban",
};

/** Labels of kinds that are no name, number or secret of anybody. */
const notSought = new Set([
  ..."DATE DATE_TIME AGE GENDER FAMILY PROFESSION OTHER_PII LEGAL_REF NRP URL CRYPTO IT_AIC MEDICAL_LICENSE".split(" "),
  ..."OTHER_MISC OTHER_PRO OTHER_EVENT OTHER_NUMERIC OTHER_ORDINAL OTHER_WORK_OF_ART OTHER_LANGUAGE OTHER_PERIOD OTHER_MONEY OTHER_QUANTITY".split(" "),
  ..."PERSON_NOMINAL ORG_NOMINAL LOCATION_NOMINAL".split(" "),
]);

const byName: readonly (readonly [RegExp, string])[] = [
  [/PLATE|VEHICLE/, "vehicle"],
  [/PASSPORT|LICEN[CS]E|ID_CARD|IDENTITY_CARD|FUEHRERSCHEIN|PWNR/, "document_id"],
  [
    /VAT|TVA|DPH|DIC$|PIB|EDB|NIP|REGON|SIRE[NT]|ORG|KMKR|REGISTRIKOOD|ICO$|CVR|CUI|CIF|PVM|PVN|DDV|BTW|MVA|IVA|UID|EIK|EDRPOU|COE|BSNR|UEN|BRN|ABN|ACN|CNPJ/,
    "business_id",
  ],
];

/** What a label is counted as; undefined for what is not sought. */
export function meaningOf(label: string): string | undefined {
  if (notSought.has(label)) return undefined;
  const own = meaning[label];
  if (own !== undefined) return own;
  const name = label.replace(".", "_").toUpperCase();
  if (!/^[A-Z]{2}_/.test(name)) return undefined;
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? "person_id";
}

export const answers = (meaning: string, type: string): boolean => accepted[meaning]?.includes(type) === true;

const union = new Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO CH GB UK".split(" "));

/** Country of a label or target such as `PL_PESEL` and `pl.pesel`. */
export const countryOf = (label: string): string => label.slice(0, 2).toUpperCase().replace("UK", "GB");

/** The part of a set that is reported on its own. */
export function groupOf(set: string, row: Row): string {
  if (row.lane !== undefined) return row.lane;
  if (set !== "presidio-ids" && set !== "stdnum-vectors") return "";
  if (row.region === "generic") return "generic";
  const country = countryOf(row.target ?? "");
  if (union.has(country)) return "EU/EEA/CH/UK";
  return row.region === "europe" || row.eu === true ? "other Europe" : "elsewhere";
}

const names = ["person", "location", "organisation", "address"];

/** The name of the sentences that were written for this. */
export const fixtureSet = "fixtures";

/** Types of which every occurrence is labelled in a set, so that what is found beside the labels is wrong and precision has a meaning. */
export const exhaustive: ReadonlyMap<string, readonly string[]> = new Map([
  ["plpii-pl", Object.keys(accepted)],
  ["meddocan-es", ["person", "address", "location", "phone", "email", ...identifiers]],
  ["europeana-de", names],
  ["europeana-fr", names],
  ["europeana-nl", names],
  ["ler-de", names],
  ["nerkor-hu", names],
  ["ronec-ro", names],
  ["turku-fi", names],
  [fixtureSet, ["person"]],
]);

/** Sets whose negatives say: nothing of `target` is here. Anything else may be. */
export const ruleScoped = new Set(["presidio-ids", "stdnum-vectors", "gitleaks", "secretlint"]);
