import { ean13 } from "../checks/luhn.ts";
import { digitAt, elevenComplement, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

export const switzerland: readonly Scheme[] = [
  {
    subtype: "ch.ahv",
    type: "person_id",
    format: /^756\d{10}$/,
    lengths: [13],
    check: ean13,
    alone: always,
    groups: "3-4-4-2|11-2",
    words: ["ahv*", "avs", "sozialversicherungsnummer", "navs*", "numero avs", "numero d assure"],
  },
  {
    subtype: "ch.uid",
    type: "business_id",
    format: /^CHE\d{9}(?:MWST|TVA|IVA|TPV)?$/,
    lengths: [12, 15, 16],
    check: (value) => elevenComplement(weightedSum(value, [5, 4, 3, 2, 7, 6, 5, 4], 3)) === digitAt(value, 11),
    alone: always,
    groups: "3-9|3-3-3-3|3-3-3-3-3|3-3-3-3-4|12-3|12-4",
    words: ["uid", "ide", "mwst*", "tva", "iva"],
  },
  {
    subtype: "li.peid",
    type: "person_id",
    format: /^\d{4,12}$/,
    lengths: [4, 5, 6, 7, 8, 9, 10, 11, 12],
    words: ["peid", "personenidentifikationsnummer", "pers id"],
  },
];
