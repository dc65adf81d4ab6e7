import { isDayMonthYear } from "../checks/dates.ts";
import { digitAt, weightedDigitSum, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

export const austria: readonly Scheme[] = [
  {
    subtype: "at.svnr",
    type: "person_id",
    format: /^[1-9]\d{9}$/,
    lengths: [10],
    check: (value) => weightedSum(value, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digitAt(value, 3),
    alone: (value) => isDayMonthYear(value, 4),
    groups: "4-6|3-1-6",
    words: ["svnr", "sv nr", "sv nummer", "versicherungsnummer", "sozialversicherungsnummer", "sozialversicherung", "e card"],
  },
  {
    subtype: "at.abgabenkonto",
    type: "person_id",
    format: /^\d{9}$/,
    lengths: [9],
    check: (value) => (weightedDigitSum(value, [1, 2, 1, 2, 1, 2, 1, 2]) + digitAt(value, 8)) % 10 === 0,
    words: ["abgabenkontonummer", "abgabenkonto", "steuernummer", "st nr", "finanzamtsnummer"],
  },
  {
    subtype: "at.uid",
    type: "business_id",
    format: /^ATU\d{8}$/,
    lengths: [11],
    check: (value) => (weightedDigitSum(value, [1, 2, 1, 2, 1, 2, 1], 3) + 4 + digitAt(value, 10)) % 10 === 0,
    alone: always,
    groups: "3-8|2-1-8",
    words: ["uid", "ust id*", "umsatzsteuer*"],
  },
];
