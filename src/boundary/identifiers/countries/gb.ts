import { isDayMonthYear, pair } from "../checks/dates.ts";
import { digitAt, elevenComplement, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** The last of ten digits; a remainder of 10 is never issued. */
const health = (value: string): boolean => elevenComplement(weightedSum(value, [10, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(value, 9);

/** Prefixes that are never issued: D, F, I, Q, U, V, O second, and six pairs. */
const insurance = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/;

/** Both schemes of HMRC's check: the sum and the last two digits make a multiple of 97, or 55 more do. */
const vat = (value: string): boolean => {
  const rest = (weightedSum(value, [8, 7, 6, 5, 4, 3, 2], 2) + pair(value, 9)) % 97;
  return rest === 0 || rest === 42;
};

export const unitedKingdom: readonly Scheme[] = [
  {
    subtype: "gb.nino",
    type: "person_id",
    format: insurance,
    lengths: [9],
    check: always,
    alone: always,
    groups: "2-2-2-2-1|2-6-1|8-1",
    apart: true,
    words: ["nino", "national insurance*", "ni number", "ni no", "ni"],
  },
  {
    subtype: "gb.nhs",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: health,
    groups: "3-3-4",
    words: ["nhs*", "health service number", "patient*"],
  },
  {
    subtype: "gb.chi",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: (value) => health(value) && isDayMonthYear(value, 0),
    words: ["chi", "community health index"],
  },
  {
    subtype: "gb.utr",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: (value) => "21987654321".charAt(weightedSum(value, [6, 7, 8, 9, 10, 5, 4, 3, 2], 1) % 11) === value.charAt(0),
    words: ["utr", "unique taxpayer*", "tax reference", "self assessment"],
  },
  {
    subtype: "gb.driving-licence",
    type: "document_id",
    format: /^(?=.{16}$)[A-Z]{1,5}9{0,4}\d[0156]\d[0-3]\d{2}[A-Z][A-Z9][A-Z0-9][A-Z]{2}$/,
    lengths: [16],
    check: (value) => pair(value, 6) % 50 >= 1 && pair(value, 6) % 50 <= 12 && pair(value, 8) >= 1 && pair(value, 8) <= 31,
    alone: always,
    groups: "5-6-5|5-6-3-2",
    words: ["driving licence*", "driver*", "dvla", "licence"],
  },
  {
    subtype: "gb.driving-licence",
    type: "document_id",
    format: /^[A-Z][A-Z9]{4}\d{6}[A-Z9]{2}[A-Z0-9]{3}$/,
    lengths: [16],
    words: ["driving licence*", "driver*", "dvla", "licence*"],
  },
  {
    subtype: "gb.passport",
    type: "document_id",
    format: /^[A-Z]{2}\d{7}$|^\d{9}$/,
    either: true,
    lengths: [9],
    lone: (value) => /^[A-Z]/.test(value),
    words: ["passport*"],
  },
  {
    subtype: "gb.vat",
    type: "business_id",
    format: /^(?:GB|XI)\d{9}(?:\d{3})?$/,
    lengths: [11, 14],
    check: vat,
    alone: always,
    groups: "2-9|2-3-4-2|2-12|2-3-4-2-3",
    words: ["vat*"],
  },
];
