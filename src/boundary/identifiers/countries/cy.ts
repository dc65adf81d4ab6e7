import { digitAt } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

/** Digits at odd places mapped, at even places as they are; the sum modulo 26 is the letter. */
function check(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) sum += index % 2 === 0 ? (odd[digitAt(value, index)] ?? 0) : digitAt(value, index);
  return value.charCodeAt(8) - 65 === sum % 26;
}

const words = ["αφμ", "α φ μ", "tic", "tax identification", "vat", "φπα", "φορολογικη ταυτοτητα"];

export const cyprus: readonly Scheme[] = [
  { subtype: "cy.tic", type: "person_id", format: /^0\d{7}[A-Z]$/, lengths: [9], check, words },
  { subtype: "cy.tic", type: "business_id", format: /^[13459]\d{7}[A-Z]$/, lengths: [9], check, words },
  {
    subtype: "cy.vat",
    type: "business_id",
    format: /^CY\d{8}[A-Z]$/,
    lengths: [11],
    check: (value) => check(value.slice(2)),
    alone: always,
    groups: "2-9|2-8-1",
    words,
  },
  {
    subtype: "cy.id",
    type: "document_id",
    format: /^\d{6,10}$/,
    lengths: [6, 7, 8, 9, 10],
    words: ["ταυτοτητα*", "δελτιο ταυτοτητας", "cyprus id", "cypriot id"],
  },
];
