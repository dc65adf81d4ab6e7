import { isBirth, pair } from "../checks/dates.ts";
import { digitAt, documentCheck, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const pesel = (value: string): boolean => weightedSum(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;

/** The month is 20 higher for those born from 2000 on. */
function isPeselDay(value: string): boolean {
  const month = pair(value, 2);
  return month > 20 ? isBirth(2000 + pair(value, 0), month - 20, pair(value, 4)) : isBirth(1900 + pair(value, 0), month, pair(value, 4));
}

const nip = (value: string): boolean => weightedSum(value, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digitAt(value, 9);

const regon9 = (value: string): boolean => (weightedSum(value, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === digitAt(value, 8);
const regon = (value: string): boolean =>
  regon9(value) && (value.length === 9 || (weightedSum(value, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11) % 10 === digitAt(value, 13));

/** The digit after the letters makes the 7-3-1 sum of the others. */
const identityCard = (value: string): boolean => documentCheck(value.slice(0, 3) + value.slice(4)) === digitAt(value, 3);
const passport = (value: string): boolean => documentCheck(value.slice(0, 2) + value.slice(3)) === digitAt(value, 2);

export const poland: readonly Scheme[] = [
  {
    subtype: "pl.pesel",
    type: "person_id",
    format: /^\d{11}$/,
    lengths: [11],
    check: pesel,
    alone: isPeselDay,
    groups: "6-5",
    labelled: true,
    words: ["pesel*"],
  },
  {
    subtype: "pl.nip",
    type: "business_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: nip,
    alone: always,
    groups: "3-3-2-2|3-2-2-3",
    apart: true,
    labelled: true,
    words: ["nip*", "n i p", "identyfikacji podatkowej"],
  },
  {
    subtype: "pl.nip",
    type: "business_id",
    format: /^PL\d{10}$/,
    lengths: [12],
    check: (value) => nip(value.slice(2)),
    alone: always,
    groups: "2-10|2-3-3-2-2|5-3-2-2|5-2-2-3",
    words: ["nip*", "vat*"],
  },
  { subtype: "pl.regon", type: "business_id", format: /^\d{9}$|^\d{14}$/, lengths: [9, 14], check: regon, labelled: true, words: ["regon*"] },
  { subtype: "pl.krs", type: "business_id", format: /^0\d{9}$/, lengths: [10], words: ["krs*", "krajowego rejestru sadowego"] },
  {
    subtype: "pl.dowod",
    type: "document_id",
    format: /^[A-Z]{3}\d{6}$/,
    lengths: [9],
    check: identityCard,
    labelled: true,
    words: ["dowod*", "seria i n*", "serii", "legitymuj*", "d o"],
  },
  { subtype: "pl.paszport", type: "document_id", format: /^[A-Z]{2}\d{7}$/, lengths: [9], check: passport, labelled: true, words: ["paszport*"] },
  { subtype: "pl.prawo-jazdy", type: "document_id", format: /^\d{9}$|^\d{11}$/, lengths: [9, 11], words: ["prawo jazdy", "prawa jazdy", "prawem jazdy"] },
];
