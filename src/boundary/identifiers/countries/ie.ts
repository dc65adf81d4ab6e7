import { weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** Eight weights falling to 2, and 9 for the second letter; the remainder by 23 is the first letter, with W for 0. */
function pps(value: string): boolean {
  const second = value.length > 8 && value.charAt(8) !== "W" ? value.charCodeAt(8) - 64 : 0;
  return "WABCDEFGHIJKLMNOPQRSTUV".charAt((weightedSum(value, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23) === value.charAt(7);
}

/** The letter T of some numbers of spouses stands beside the check, which it does not enter. */
const check = (value: string): boolean => (value.endsWith("T") ? pps(value.slice(0, 8)) : pps(value));

export const ireland: readonly Scheme[] = [
  {
    subtype: "ie.pps",
    type: "person_id",
    format: /^\d{7}[A-W][ABHTW]?$/,
    lengths: [8, 9],
    check,
    alone: always,
    groups: "7-1|7-2",
    words: ["pps*", "personal public service*"],
  },
  {
    subtype: "ie.vat",
    type: "business_id",
    format: /^IE\d{7}[A-W][A-I]?$/,
    lengths: [10, 11],
    check: (value) => pps(value.slice(2)),
    alone: always,
    groups: "2-8|2-9",
    words: ["vat*"],
  },
  // The second place of older numbers is a letter or a sign; the digits behind it come first in the sum.
  {
    subtype: "ie.vat",
    type: "business_id",
    format: /^IE\d[A-Z]\d{5}[A-W]$/,
    lengths: [10],
    check: (value) => pps(`0${value.slice(4, 9)}${value.charAt(2)}${value.charAt(9)}`),
    alone: always,
    groups: "2-8",
    words: ["vat*"],
  },
  { subtype: "ie.passport", type: "document_id", format: /^[A-Z]{1,2}\d{7}$/, lengths: [8, 9], words: ["passport*"] },
];
