import { isBirth, pair } from "../checks/dates.ts";
import { digitAt, elevenComplement, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** The sign between date and number is part of it: `-` and letters from Y down for the last century, A to F for this. */
function hetu(value: string): boolean {
  const sign = value.length === 11 ? value.charAt(6) : "-";
  const number = value.slice(0, 6) + value.slice(-4, -1);
  const year = (/[A-F]/.test(sign) ? 2000 : 1900) + pair(value, 4);
  return isBirth(year, pair(value, 2), pair(value, 0)) && "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(Number(number) % 31) === value.at(-1);
}

const words = ["henkilotunn*", "hetu*", "sotu", "personbeteckning*", "personal identity code", "id code", "identity code"];
const companyCheck = (value: string): boolean => elevenComplement(weightedSum(value, [7, 9, 10, 5, 8, 4, 2])) === digitAt(value, 7);

export const finland: readonly Scheme[] = [
  { subtype: "fi.hetu", type: "person_id", format: /^\d{6}[A-FU-Y]\d{3}[0-9A-Y]$/, lengths: [11], check: hetu, alone: always, words },
  // What stands after the `-`, which separates and is not kept.
  { subtype: "fi.hetu", type: "person_id", format: /^\d{9}[A-Y]$/, lengths: [10], check: hetu, alone: always, groups: "6-4", apart: true, words },
  { subtype: "fi.hetu", type: "person_id", format: /^\d{10}$/, lengths: [10], check: hetu, alone: always, groups: "6-4", apart: true, words },
  {
    subtype: "fi.ytunnus",
    type: "business_id",
    format: /^\d{8}$/,
    lengths: [8],
    check: companyCheck,
    alone: always,
    groups: "7-1",
    apart: true,
    words: ["y tunnu*", "ytunnu*", "fo nummer", "business id"],
  },
  {
    subtype: "fi.alv",
    type: "business_id",
    format: /^FI\d{8}$/,
    lengths: [10],
    check: (value) => companyCheck(value.slice(2)),
    alone: always,
    groups: "2-8",
    words: ["alv*", "vat"],
  },
];
