import { isBirth, isDayMonthYear, pair } from "../checks/dates.ts";
import { digitAt, twoRoundsOfEleven, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const personCheck = (value: string): boolean => twoRoundsOfEleven(value, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) === digitAt(value, 10);

/** The first digit gives century and sex: 3 and 4 for those born in the last century, 5 and 6 in this. */
const isBirthDay = (value: string): boolean => isBirth((digitAt(value, 0) < 5 ? 1900 : 2000) + pair(value, 1), pair(value, 3), pair(value, 5));

const latvianPerson = (value: string): boolean => ((1 + weightedSum(value, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === digitAt(value, 10);
const latvianCompany = (value: string): boolean => weightedSum(value, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3;

const lithuanianCompany = (value: string): boolean =>
  value.length === 9
    ? twoRoundsOfEleven(value, [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 1]) === digitAt(value, 8)
    : twoRoundsOfEleven(value, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]) === digitAt(value, 11);

export const balticStates: readonly Scheme[] = [
  {
    subtype: "ee.isikukood",
    type: "person_id",
    format: /^[3-6]\d{10}$/,
    lengths: [11],
    check: (value) => personCheck(value) && isBirthDay(value),
    alone: always,
    groups: "1-6-4",
    // Without a word nearby the same number is read as Estonian: both registers build it alike.
    words: ["isikukood*", "ik"],
  },
  { subtype: "lt.asmens-kodas", type: "person_id", format: /^[3-6]\d{10}$/, lengths: [11], check: personCheck, words: ["asmens kod*", "a k"] },
  {
    subtype: "lv.personas-kods",
    type: "person_id",
    format: /^[0-3]\d{10}$/,
    lengths: [11],
    check: (value) => latvianPerson(value) && isDayMonthYear(value, 0),
    alone: always,
    groups: "6-5",
    words: ["personas kod*", "p k"],
  },
  { subtype: "lv.personas-kods", type: "person_id", format: /^3[2-9]\d{9}$/, lengths: [11], words: ["personas kod*", "p k"] },
  { subtype: "lv.company", type: "business_id", format: /^[4-9]\d{10}$/, lengths: [11], check: latvianCompany, words: ["registracijas n*", "reg nr", "pvn"] },
  {
    subtype: "lv.pvn",
    type: "business_id",
    format: /^LV[4-9]\d{10}$/,
    lengths: [13],
    check: (value) => latvianCompany(value.slice(2)),
    alone: always,
    groups: "2-11",
    words: ["pvn*", "vat"],
  },
  {
    subtype: "ee.registrikood",
    type: "business_id",
    format: /^[1-9]\d{7}$/,
    lengths: [8],
    check: (value) => twoRoundsOfEleven(value, [1, 2, 3, 4, 5, 6, 7], [3, 4, 5, 6, 7, 8, 9]) === digitAt(value, 7),
    words: ["registrikood*", "reg kood"],
  },
  {
    subtype: "ee.kmkr",
    type: "business_id",
    format: /^\d{9}$/,
    lengths: [9],
    check: (value) => weightedSum(value, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    words: ["kmkr*", "kmk*"],
  },
  {
    subtype: "ee.kmkr",
    type: "business_id",
    format: /^EE\d{9}$/,
    lengths: [11],
    check: (value) => weightedSum(value, [3, 7, 1, 3, 7, 1, 3, 7, 1], 2) % 10 === 0,
    alone: always,
    groups: "2-9",
    words: ["kmkr*", "kmk*", "vat"],
  },
  {
    subtype: "lt.pvm",
    type: "business_id",
    format: /^LT(?:\d{9}|\d{12})$/,
    lengths: [11, 14],
    check: (value) => lithuanianCompany(value.slice(2)),
    alone: always,
    groups: "2-9|2-12",
    words: ["pvm*", "vat"],
  },
];
