import { isDayMonthYear } from "../checks/dates.ts";
import { luhn } from "../checks/luhn.ts";
import { digitAt, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const tax = (value: string): boolean => (weightedSum(value, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === digitAt(value, 8);

export const greece: readonly Scheme[] = [
  {
    subtype: "gr.amka",
    type: "person_id",
    format: /^\d{11}$/,
    lengths: [11],
    check: (value) => isDayMonthYear(value, 0) && luhn(value),
    alone: always,
    groups: "6-5",
    words: ["αμκα", "α μ κ α", "amka"],
  },
  { subtype: "gr.afm", type: "person_id", format: /^\d{9}$/, lengths: [9], check: tax, words: ["αφμ", "α φ μ", "afm", "φορολογικου μητρωου"] },
  {
    subtype: "gr.vat",
    type: "business_id",
    format: /^(?:EL|GR)\d{8,9}$/,
    lengths: [10, 11],
    check: (value) => tax(value.slice(2).padStart(9, "0")),
    alone: always,
    groups: "2-9|2-8",
    words: ["αφμ", "φπα", "vat"],
  },
  {
    subtype: "gr.taftotita",
    type: "document_id",
    format: /^[A-ZΑ-Ω]{1,2}\d{6,7}$/,
    lengths: [7, 8, 9],
    words: ["αδτ", "α δ τ", "ταυτοτητα*", "διαβατηρι*", "adt"],
  },
];
