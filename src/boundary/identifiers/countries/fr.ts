import { pair } from "../checks/dates.ts";
import { remainder } from "../checks/iso7064.ts";
import { luhn } from "../checks/luhn.ts";
import { digitAt } from "../checks/weighted.ts";
import { always, never, type Scheme } from "../scheme.ts";

/** Corsica's departments, 2A and 2B, count as 19 and 18. */
const nir = (value: string): boolean => {
  const number = value.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return 97 - remainder(number, 97) === Number(value.slice(13));
};

/** Months above 12 stand for certificates without one. */
const hasMonth = (value: string): boolean => {
  const month = pair(value, 3);
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42);
};

const words = ["securite sociale", "nir", "n ss", "numero ss", "insee", "numero de secu", "secu"];

/** The post office's branches sum to a multiple of five. */
const siret = (value: string): boolean =>
  luhn(value) || (value.startsWith("356000000") && [...value].reduce((sum, _, index) => sum + digitAt(value, index), 0) % 5 === 0);

/** The key is 12 + 3 × (SIREN mod 97), or in the new style holds a letter, for which only the SIREN is checked. */
const vat = (value: string): boolean => {
  const number = value.slice(4);
  if (!luhn(number)) return false;
  return !/^\d\d/.test(value.slice(2)) || (12 + 3 * remainder(number, 97)) % 97 === Number(value.slice(2, 4));
};

export const france: readonly Scheme[] = [
  {
    subtype: "fr.nir",
    type: "person_id",
    format: /^[1-478]\d{4}(?:\d\d|2A|2B)\d{8}$/,
    either: true,
    lengths: [15],
    check: nir,
    alone: hasMonth,
    groups: "1-2-2-2-3-3-2|13-2",
    words,
  },
  { subtype: "fr.nir", type: "person_id", format: /^[1-478]\d{4}(?:\d\d|2A|2B)\d{6}$/, either: true, lengths: [13], check: hasMonth, lone: never, words },
  {
    subtype: "fr.spi",
    type: "person_id",
    format: /^[0-3]\d{12}$/,
    lengths: [13],
    check: (value) => remainder(value.slice(0, 10), 511) === Number(value.slice(10)),
    alone: always,
    groups: "2-2-3-3-3",
    words: ["numero fiscal", "spi", "n fiscal", "reference fiscale", "nif"],
  },
  {
    subtype: "fr.cni",
    type: "document_id",
    format: /^[A-Z0-9]{9}$|^\d{12}$/,
    either: true,
    lengths: [9, 12],
    check: (value) => /\d.*\d/.test(value),
    lone: never,
    words: ["carte d identite", "carte nationale d identite", "cni", "piece d identite"],
  },
  // Complementary insurers number their members as they like.
  { subtype: "fr.mutuelle", type: "person_id", format: /^\d{6,15}$/, lengths: [6, 7, 8, 9, 10, 11, 12, 13, 14, 15], words: ["adherent*", "mutuelle*"] },
  { subtype: "fr.passeport", type: "document_id", format: /^\d{2}[A-Z]{2}\d{5}$/, lengths: [9], words: ["passeport*"] },
  { subtype: "fr.siren", type: "business_id", format: /^\d{9}$/, lengths: [9], check: luhn, groups: "3-3-3", words: ["siren*", "rcs"] },
  { subtype: "fr.siret", type: "business_id", format: /^\d{14}$/, lengths: [14], check: siret, groups: "3-3-3-5|9-5", words: ["siret", "etablissement"] },
  {
    subtype: "fr.tva",
    type: "business_id",
    format: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
    either: true,
    lengths: [11],
    check: (value) => vat(`FR${value}`),
    words: ["tva*"],
  },
  {
    subtype: "fr.tva",
    type: "business_id",
    format: /^FR[A-HJ-NP-Z0-9]{2}\d{9}$/,
    lengths: [13],
    check: vat,
    alone: always,
    groups: "2-2-9|4-9|4-3-3-3|2-2-3-3-3|2-11",
    words: ["tva*", "vat"],
  },
];
