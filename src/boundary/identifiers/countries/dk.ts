import { isDayMonthYear } from "../checks/dates.ts";
import { weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const companyCheck = (value: string): boolean => weightedSum(value, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

export const denmark: readonly Scheme[] = [
  // The check digit is not issued reliably since 2007: it only tells a number that stands alone.
  {
    subtype: "dk.cpr",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: (value) => isDayMonthYear(value, 0),
    alone: (value) => weightedSum(value, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    groups: "6-4",
    apart: true,
    words: ["cpr*", "personnummer*", "person nr"],
  },
  { subtype: "dk.cvr", type: "business_id", format: /^[1-9]\d{7}$/, lengths: [8], check: companyCheck, words: ["cvr*", "se nr", "momsnr", "moms"] },
  {
    subtype: "dk.vat",
    type: "business_id",
    format: /^DK[1-9]\d{7}$/,
    lengths: [10],
    check: (value) => companyCheck(value.slice(2)),
    alone: always,
    groups: "2-8|2-2-2-2-2",
    words: ["cvr*", "moms*", "vat"],
  },
];
