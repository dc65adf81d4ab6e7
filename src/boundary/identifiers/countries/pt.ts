import { luhnOfLetters } from "../checks/luhn.ts";
import { digitAt, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const nif = (value: string): boolean => {
  const check = 11 - (weightedSum(value, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check > 9 ? 0 : check) === digitAt(value, 8);
};

const words = ["nif", "n i f", "contribuinte*", "nipc", "numero de identificacao fiscal"];

export const portugal: readonly Scheme[] = [
  { subtype: "pt.nif", type: "person_id", format: /^(?:[123]\d|45)\d{7}$/, lengths: [9], check: nif, words },
  { subtype: "pt.nif", type: "business_id", format: /^(?:[5689]\d|7\d)\d{7}$/, lengths: [9], check: nif, words },
  {
    subtype: "pt.cc",
    type: "document_id",
    format: /^\d{9}[A-Z0-9]{2}\d$/,
    lengths: [12],
    check: (value) => /[A-Z]/.test(value) && luhnOfLetters(value),
    alone: always,
    groups: "8-1-3|8-1-2-1|9-3",
    words: ["cartao de cidadao", "cc", "cartao cidadao"],
  },
  { subtype: "pt.bi", type: "document_id", format: /^\d{8,9}$/, lengths: [8, 9], words: ["bilhete de identidade", "cartao de cidadao"] },
  { subtype: "pt.utente", type: "person_id", format: /^\d{9}$/, lengths: [9], words: ["utente*", "sns"] },
  {
    subtype: "pt.niss",
    type: "person_id",
    format: /^[12]\d{10}$/,
    lengths: [11],
    check: (value) => 9 - (weightedSum(value, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10) === digitAt(value, 10),
    words: ["niss", "seguranca social"],
  },
  {
    subtype: "pt.vat",
    type: "business_id",
    format: /^PT\d{9}$/,
    lengths: [11],
    check: (value) => nif(value.slice(2)),
    alone: always,
    groups: "2-9|2-3-3-3",
    words: ["iva", "nif", "nipc", "vat"],
  },
];
