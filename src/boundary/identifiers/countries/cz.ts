import { isDay, pair } from "../checks/dates.ts";
import { remainder } from "../checks/iso7064.ts";
import { digitAt, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** Months of women are 50 higher; from 2004 on, when a day's numbers are spent, both may be 20 higher. */
function isBirthDay(value: string, overflow: boolean): boolean {
  const short = pair(value, 0);
  const year = value.length === 10 && short < 54 ? 2000 + short : 1900 + short;
  const shifted = pair(value, 2) % 50;
  const over = shifted > 20;
  return pair(value, 2) < 83 && (!over || (overflow && year >= 2004)) && year <= 2039 && isDay(year, over ? shifted - 20 : shifted, pair(value, 4));
}

/** Divisible by 11; until 1985 the digit 0 also stood for a remainder of 10. */
const isDivisible = (value: string): boolean => remainder(value, 11) === 0 || (value.endsWith("0") && remainder(value.slice(0, 9), 11) === 10);

const words = ["rodne cislo", "rodneho cisla", "rodnym cislem", "rodnom cisle", "rodne c", "r c", "rc"];

const companyCheck = (value: string): boolean => (11 - (weightedSum(value, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digitAt(value, 7);

export const czechiaAndSlovakia: readonly Scheme[] = [
  {
    subtype: "cz.rc",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: (value) => isDivisible(value) && isBirthDay(value, true),
    alone: (value) => isBirthDay(value, false),
    groups: "6-4",
    words,
  },
  // Until 1953 without check digit; from 80 on the century before the last.
  {
    subtype: "cz.rc",
    type: "person_id",
    format: /^[0-589]\d{8}$/,
    lengths: [9],
    check: (value) => (pair(value, 0) < 54 || pair(value, 0) >= 80) && isBirthDay(value, false),
    groups: "6-3",
    words,
  },
  {
    subtype: "cz.ico",
    type: "business_id",
    format: /^\d{8}$/,
    lengths: [8],
    check: companyCheck,
    groups: "3-2-3|2-3-3",
    words: ["ico", "ic", "i c o", "identifikacni cislo"],
  },
  {
    subtype: "cz.dic",
    type: "business_id",
    format: /^CZ\d{8}$/,
    lengths: [10],
    check: (value) => companyCheck(value.slice(2)),
    alone: always,
    groups: "2-8",
    words: ["dic", "dph"],
  },
  // Sole traders are registered under their birth number.
  {
    subtype: "cz.dic",
    type: "person_id",
    format: /^CZ\d{10}$/,
    lengths: [12],
    check: (value) => isDivisible(value.slice(2)) && isBirthDay(value.slice(2), true),
    alone: always,
    groups: "2-10",
    words: ["dic", "dph"],
  },
  {
    subtype: "sk.dph",
    type: "business_id",
    format: /^SK[1-9]\d[234789]\d{7}$/,
    lengths: [12],
    check: (value) => remainder(value.slice(2), 11) === 0,
    alone: always,
    groups: "2-10",
    words: ["dph", "ic dph", "dic"],
  },
  {
    subtype: "cz.op",
    type: "document_id",
    format: /^\d{9}$/,
    lengths: [9],
    words: ["obcansky prukaz", "obcanskeho prukazu", "cislo op", "cestovni pas", "cestovniho pasu"],
  },
  { subtype: "sk.op", type: "document_id", format: /^[A-Z]{2}\d{6}$/, lengths: [8], words: ["obciansky preukaz", "obcianskeho preukazu", "cislo op"] },
];
