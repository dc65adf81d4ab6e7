import { weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

export const malta: readonly Scheme[] = [
  {
    subtype: "mt.id",
    type: "person_id",
    format: /^\d{5,7}[MGAPLHBZ]$/,
    lengths: [6, 7, 8],
    words: ["id card*", "karta tal identita", "identity card*", "karta ta l identita"],
  },
  {
    subtype: "mt.vat",
    type: "business_id",
    format: /^MT[1-9]\d{7}$/,
    lengths: [10],
    check: (value) => weightedSum(value, [3, 4, 6, 7, 8, 9, 10, 1], 2) % 37 === 0,
    alone: always,
    groups: "2-8|2-4-4",
    words: ["vat*"],
  },
];
