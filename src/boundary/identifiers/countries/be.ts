import { isDay, pair } from "../checks/dates.ts";
import { remainder } from "../checks/iso7064.ts";
import { always, type Scheme } from "../scheme.ts";

/** 97 less the remainder of the first nine digits; for those born from 2000 on a 2 stands before them. */
const check = (value: string, century: string): boolean => 97 - remainder(century + value.slice(0, 9), 97) === Number(value.slice(9));

/** The month of a BIS number is 20 higher, or 40 when the sex is known. */
function isBirthDay(value: string): boolean {
  const month = pair(value, 2) % 20;
  const [year, day] = [pair(value, 0), pair(value, 4)];
  return pair(value, 2) < 60 && ((check(value, "") && isDay(1900 + year, month, day)) || (year <= 39 && check(value, "2") && isDay(2000 + year, month, day)));
}

export const belgium: readonly Scheme[] = [
  {
    subtype: "be.nn",
    type: "person_id",
    format: /^\d{11}$/,
    lengths: [11],
    check: (value) => check(value, "") || check(value, "2"),
    alone: isBirthDay,
    // Of those who do not know their day of birth the month is 0.
    lone: (value) => (check(value, "") || (pair(value, 0) <= 39 && check(value, "2"))) && pair(value, 2) % 20 <= 12,
    groups: "2-2-2-3-2|6-3-2|6-5",
    words: [
      "rijksregister*",
      "numero national",
      "numero de registre national",
      "registre national",
      "nationalregister*",
      "niss",
      "insz",
      "rrn",
      "nn",
      "bis nummer",
    ],
  },
  {
    subtype: "be.eid",
    type: "document_id",
    format: /^\d{12}$/,
    lengths: [12],
    check: (value) => (remainder(value.slice(0, 10), 97) || 97) === Number(value.slice(10)),
    words: ["kaartnummer", "identiteitskaart*", "numero de carte", "carte d identite", "eid"],
  },
  {
    subtype: "be.vat",
    type: "business_id",
    format: /^BE[01]\d{9}$/,
    lengths: [12],
    check: (value) => 97 - remainder(value.slice(2, 10), 97) === Number(value.slice(10)),
    alone: always,
    groups: "2-10|2-4-3-3|6-3-3",
    words: ["btw*", "tva", "kbo", "bce", "ondernemingsnummer", "numero d entreprise"],
  },
];
