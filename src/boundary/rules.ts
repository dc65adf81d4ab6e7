import type { Finding } from "./port.ts";

/**
 * Why a rule takes a text for what it calls it: one sentence each, without any of the text. A recogniser's new rule is a new row;
 * a row without a dot stands for all rules that begin so and have none of their own.
 */
const sentences: Readonly<Record<string, string>> = {
  address: "A street and a house number, or a labelled address, as the country writes them.",
  "address.postcode": "A postal code of a country's form, with a place or a word for it beside it.",
  bic: "A bank, a country and a place in the form of ISO 9362, behind its word or beside an account.",
  "birth-date": "A date beside a word for being born.",
  card: "A number in an issuer's range and of its length, whose check digit (Luhn) is right.",
  "card.grouped": "A number in an issuer's range, in the groups in which cards print it, whose check digit (Luhn) is right.",
  "document.mrz": "Lines of a machine-readable zone (ICAO 9303) whose check digits are right.",
  email: "A local part, an at sign and a domain name, as RFC 5321 and RFC 6531 write an address.",
  "email.label": "An address behind the word that announces one, although it is not written as one is.",
  iban: "A country code, the length that the ISO 13616 registry gives for it, and right check digits (mod 97).",
  "iban.misread": "An account number in which digits were read as letters: with the digits, its check digits (mod 97) are right.",
  "iban.pl-domestic": "A Polish account number without its country code, whose check digits (mod 97) are right.",
  "identifier.check": "A number whose check digits are right, and whose date or shape hardly any other number has.",
  "identifier.context": "A number of this scheme's form that passes its check, near a word that announces it.",
  "identifier.label": "A number of this scheme's form directly behind the word that announces it; no check confirms it.",
  "identifier.lone": "A number of this scheme's form that passes its check and is all that the text holds.",
  "ip.v4": "Four numbers up to 255 between dots, that no word around them makes a version or a section.",
  "ip.v6": "Groups of hexadecimal digits between colons, as RFC 4291 writes an address.",
  location: "A place beside an address, or behind a word that announces one.",
  mac: "Six pairs of hexadecimal digits in one of the three notations for hardware addresses.",
  "organisation.tagger": "Words that the trained tagger takes for an organisation in their sentence.",
  "person.capital": "An unknown word with a capital letter within a Hungarian sentence, without an article or a case for places.",
  "person.closing": "The name under a letter.",
  "person.initials": "Initials before or behind a surname.",
  "person.label": "What stands in a field that is meant for a name.",
  "person.lexicon": "Given names and surnames that the lists hold, as they stand or with a case ending.",
  "person.propagated": "A part of a name that was found elsewhere in the same text.",
  "person.role": "Capitalised words beside a word for what a person does or is to another.",
  "person.salutation": "The name in a salutation.",
  "person.tagger": "Words that the trained tagger takes for a name in their sentence.",
  "person.title": "Capitalised words behind a title or a form of address.",
  "phone.context": "Digits of a telephone number's length near a word for a telephone.",
  "phone.international": "A plus or 00, a country's calling code, and a number that its numbering plan allows.",
  "phone.shape": "Digits written as only telephone numbers are, which a national numbering plan assigns.",
  "pseudonym.again": "The same value was found elsewhere in the text.",
  "secret.announced": "Random letters and digits behind words for a key.",
  "secret.assignment": "A value of a secret's randomness behind a name that is given to secrets.",
  "secret.encoded-login": "A name, a colon and a password in base64, as HTTP sends them.",
  "secret.jwt": "Three parts in base64url between dots, the first of which decodes to the header of a JSON Web Token.",
  "secret.kubernetes": "A value in the data of a Kubernetes manifest whose kind is Secret.",
  "secret.login": "A password in the place where a command, a driver's address or a password file has it.",
  "secret.named-value": "A value under a member whose name is given to secrets.",
  "secret.private-key": "The opening line of a private key.",
  "secret.token": "A prefix, an alphabet and a length by which a vendor's keys are known.",
  "secret.url-password": "A password before the at sign of a URL.",
  "special-category": "A word for health, religion, union, politics, origin, sexuality, genes, biometrics or a conviction, in a text that speaks of a person.",
  "unreadable.data-url": "An image, a recording or another file in base64 within the text: it cannot be read, so nothing is known of it.",
  "unreadable.part": "A part of the request that is no text: it cannot be read, so nothing is known of it.",
  "vehicle.plate": "A number plate of a country's form, beside a word for a vehicle or its registration.",
};

/** Rules that a tenant made, by what stands before their own name. */
const ofTenant: Readonly<Record<string, string>> = {
  known: "It stands on one of the tenant's own lists.",
  pattern: "It fits one of the tenant's own patterns.",
};

/** The names of all rules, in alphabetical order. */
export const ruleNames: readonly string[] = Object.keys(sentences).sort();

/** The sentence of one rule; undefined for a rule that a tenant made. */
export const sentenceOf = (rule: string): string | undefined => sentences[rule];

/** Why this was found, for a person: the rule's sentence and what beside the value spoke for it. Holds none of the text. */
export function whyOf({ rule, because }: Pick<Finding, "rule" | "because">): string {
  const family = rule.slice(0, rule.indexOf("."));
  const sentence = sentences[rule] ?? sentences[family] ?? ofTenant[family] ?? `It fits the rule ${rule}.`;
  return because === undefined ? sentence : `${sentence.slice(0, -1)}: ${because}.`;
}
