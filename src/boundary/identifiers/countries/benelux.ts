import { isBirth, pair } from "../checks/dates.ts";
import { mod9710 } from "../checks/iso7064.ts";
import { luhn } from "../checks/luhn.ts";
import { verhoeff } from "../checks/verhoeff.ts";
import { weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** Both check digits of Luxembourg are over the first eleven: Luhn's and Verhoeff's. */
const matricule = (value: string): boolean =>
  isBirth(Number(value.slice(0, 4)), pair(value, 4), pair(value, 6)) && luhn(value.slice(0, 12)) && verhoeff(value.slice(0, 11) + value.slice(12));

/** The "eleven test", on nine digits. */
const bsn = (value: string): boolean => value !== "000000000" && weightedSum(value.padStart(9, "0"), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;

/** Numbers of sole traders since 2020 hide the citizen's number behind mod 97 over all. */
const btw = (value: string): boolean => bsn(value.slice(2, 11)) || mod9710(value);

export const netherlandsAndLuxembourg: readonly Scheme[] = [
  {
    subtype: "nl.bsn",
    type: "person_id",
    format: /^\d{8,9}$/,
    lengths: [8, 9],
    check: bsn,
    groups: "4-2-3|3-3-3|3-2-4",
    words: ["bsn*", "burgerservicenummer*", "burger service nummer", "sofi*", "persoonsnummer", "citizen service number"],
  },
  {
    subtype: "nl.document",
    type: "document_id",
    format: /^[A-NP-Z]{2}[A-NP-Z0-9]{6}\d$/,
    lengths: [9],
    words: ["paspoort*", "identiteitskaart*", "documentnummer", "id kaart", "rijbewijs*"],
  },
  {
    subtype: "nl.onderwijsnummer",
    type: "person_id",
    format: /^10\d{7}$/,
    lengths: [9],
    check: (value) => ((weightedSum(value, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11) + 11) % 11 === 5,
    words: ["onderwijsnummer*", "pgn", "persoonsgebonden nummer"],
  },
  { subtype: "nl.rijbewijs", type: "document_id", format: /^\d{10}$/, lengths: [10], words: ["rijbewijs*"] },
  { subtype: "nl.kvk", type: "business_id", format: /^\d{8}$/, lengths: [8], words: ["kvk*", "k v k", "kamer van koophandel", "handelsregister*"] },
  {
    subtype: "nl.btw",
    type: "business_id",
    format: /^NL\d{7,9}B\d{2}$/,
    lengths: [12, 13, 14],
    check: (value) => btw(`NL${value.slice(2, -3).padStart(9, "0")}${value.slice(-3)}`),
    alone: always,
    groups: "2-12|2-9-3|2-4-2-3-3|2-9-1-2|6-2-3-3",
    words: ["btw*", "vat", "omzetbelasting*"],
  },
  {
    subtype: "nl.btw",
    type: "business_id",
    format: /^\d{9}B\d{2}$/,
    lengths: [12],
    check: (value) => btw(`NL${value}`),
    alone: always,
    groups: "9-3|9-1-2",
    words: ["btw*", "omzetbelasting*"],
  },
  {
    subtype: "lu.matricule",
    type: "person_id",
    format: /^(?:19|20)\d{11}$/,
    lengths: [13],
    check: matricule,
    alone: always,
    groups: "8-5|4-4-5|4-2-2-5|4-2-2-3-2",
    words: ["matricule*", "numero d identification", "identification nationale", "sozialversicherungsnummer"],
  },
  {
    subtype: "lu.tva",
    type: "business_id",
    format: /^LU\d{8}$/,
    lengths: [10],
    check: (value) => Number(value.slice(2, 8)) % 89 === pair(value, 8),
    alone: always,
    groups: "2-8|2-3-3-2",
    words: ["tva*", "vat"],
  },
];
