import { isBirth, pair } from "../checks/dates.ts";
import { digitAt, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** Until 1996 the weights rise, since then they fall. The first digit gives sex and century. */
function szemelyi(value: string): boolean {
  const year = (digitAt(value, 0) <= 2 ? 1900 : 2000) + pair(value, 1);
  const weights = year < 1997 ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  return isBirth(year, pair(value, 3), pair(value, 5)) && weightedSum(value, weights) % 11 === digitAt(value, 10);
}

const company = (value: string, from: number): boolean => (10 - (weightedSum(value, [9, 7, 3, 1, 9, 7, 3], from) % 10)) % 10 === digitAt(value, from + 7);

export const hungary: readonly Scheme[] = [
  {
    subtype: "hu.taj",
    type: "person_id",
    format: /^\d{9}$/,
    lengths: [9],
    check: (value) => weightedSum(value, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === digitAt(value, 8),
    words: ["taj*", "tarsadalombiztositasi*"],
  },
  {
    subtype: "hu.adoazonosito",
    type: "person_id",
    format: /^8\d{9}$/,
    lengths: [10],
    check: (value) => weightedSum(value, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === digitAt(value, 9),
    words: ["adoazonosito*", "adoszam*", "ado azonosito*"],
  },
  {
    subtype: "hu.szemelyi",
    type: "person_id",
    format: /^[1-4]\d{10}$/,
    lengths: [11],
    check: szemelyi,
    alone: always,
    groups: "1-6-4",
    words: ["szemelyi szam*", "szemelyi azonosito*", "szemelyazonosito*"],
  },
  {
    subtype: "hu.szemelyi-igazolvany",
    type: "document_id",
    format: /^\d{6}[A-Z]{2}$|^[A-Z]{2}\d{6,7}$/,
    lengths: [8, 9],
    words: ["szemelyi igazolvany*", "szemelyazonosito igazolvany*", "szig", "utlevel*", "jogositvany*"],
  },
  {
    subtype: "hu.adoszam",
    type: "business_id",
    format: /^\d{8}[1-5]\d{2}$/,
    lengths: [11],
    check: (value) => company(value, 0),
    alone: always,
    groups: "8-1-2",
    apart: true,
    words: ["adoszam*", "asz"],
  },
  {
    subtype: "hu.afa",
    type: "business_id",
    format: /^HU\d{8}$/,
    lengths: [10],
    check: (value) => company(value, 2),
    alone: always,
    groups: "2-8",
    words: ["adoszam*", "afa", "vat"],
  },
];
