import { pair } from "../checks/dates.ts";
import { luhn } from "../checks/luhn.ts";
import { always, type Scheme } from "../scheme.ts";

/** Letters in place of digits, where two people would have the same code (omocodia). */
const unclash = (characters: string): string => characters.replace(/[LMNPQRSTUV]/g, (letter) => String("LMNPQRSTUV".indexOf(letter)));

/** Values of characters at odd places, by their value 0 to 25. */
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function codiceFiscale(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index += 1) {
    const code = value.charCodeAt(index);
    const one = code >= 65 ? code - 65 : code - 48;
    sum += index % 2 === 0 ? (odd[one] ?? 0) : one;
  }
  return value.charCodeAt(15) - 65 === sum % 26;
}

/** The day of women is 40 higher. */
function hasDay(value: string): boolean {
  const day = pair(unclash(value.slice(9, 11)), 0) % 40;
  return day >= 1 && day <= 31;
}

const code = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

export const italy: readonly Scheme[] = [
  {
    subtype: "it.codicefiscale",
    type: "person_id",
    format: code,
    lengths: [16],
    check: (value) => codiceFiscale(value) && hasDay(value),
    alone: always,
    groups: "3-3-5-5|6-5-5|3-3-2-1-2-1-3-1",
    labelled: true,
    words: ["codice fiscale", "c f", "cf", "cod fisc", "cod fiscale"],
  },
  {
    subtype: "it.carta-identita",
    type: "document_id",
    format: /^[A-Z]{2}(?:\d{5}[A-Z]{2}|\d{7})$|^\d{7}[A-Z]{2}$/,
    lengths: [9],
    lone: always,
    words: ["carta d identita", "carta di identita", "carta identita", "cie", "documento n", "documento di identita"],
  },
  {
    subtype: "it.patente",
    type: "document_id",
    format: /^[A-Z][A-Z0-9]\d{7}[A-Z]$|^U1[A-Z0-9]{7}[A-Z]$/,
    lengths: [10],
    lone: always,
    words: ["patente*", "license", "licence", "guida"],
  },
  { subtype: "it.passaporto", type: "document_id", format: /^[A-Z]{2}\d{7}$/, lengths: [9], lone: always, words: ["passaporto*"] },
  {
    subtype: "it.piva",
    type: "business_id",
    format: /^\d{11}$/,
    lengths: [11],
    check: (value) => luhn(value) && !value.startsWith("0000000"),
    words: ["p iva", "piva", "partita iva", "part iva", "iva"],
  },
  {
    subtype: "it.vat",
    type: "business_id",
    format: /^IT\d{11}$/,
    lengths: [13],
    check: (value) => luhn(value.slice(2)),
    alone: always,
    groups: "2-11",
    words: ["p iva", "partita iva", "iva", "vat"],
  },
];
