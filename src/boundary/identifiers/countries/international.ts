import { mod9710 } from "../checks/iso7064.ts";
import { luhn } from "../checks/luhn.ts";
import type { Scheme } from "../scheme.ts";

/** Values of letters in a vehicle's number (ISO 3779; I, O and Q are not used); weights by place. */
const vinValues = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** The check digit at place nine is mandatory in North America and China only. */
function vin(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += (vinValues.indexOf(value.charAt(index)) % 10) * (vinWeights[index] ?? 0);
  return "0123456789X".charAt(sum % 11) === value.charAt(8);
}

/** Issuing countries of the European card, in digits (ISO 3166-1). */
const ehicCountries = /^80(?:040|056|100|191|196|203|208|233|246|250|276|300|348|352|372|380|428|438|440|442|470|528|578|616|620|642|703|705|724|752|756|826)/;

export const international: readonly Scheme[] = [
  {
    subtype: "int.ehic",
    type: "person_id",
    format: /^80\d{18}$/,
    lengths: [20],
    check: (value) => ehicCountries.test(value),
    words: ["ehic", "ekvk", "ceam", "tse", "tessera sanitaria", "european health insurance*", "krankenversicherungskarte", "ekuz", "carte europeenne*"],
  },
  {
    subtype: "int.vin",
    type: "vehicle",
    format: /^(?=.*\d)[A-HJ-NPR-Z0-9]{17}$/,
    lengths: [17],
    check: (value) => /[A-Z]/.test(value),
    alone: (value) => /^[A-Z][A-Z0-9]{2}(?=.*[A-Z]).{10}\d{4}$/.test(value) && vin(value),
    words: [
      "vin",
      "fahrgestell*",
      "fin nummer",
      "fahrzeugident*",
      "chassis*",
      "telaio",
      "bastidor",
      "nadwozi*",
      "chassisnummer",
      "vehicle identification*",
      "numero de serie",
      "alvazszam*",
      "serie sasiu",
    ],
  },
  { subtype: "int.imei", type: "document_id", format: /^\d{15}$/, lengths: [15], check: luhn, words: ["imei*"] },
  {
    subtype: "int.lei",
    type: "business_id",
    format: /^[A-Z0-9]{18}\d{2}$/,
    lengths: [20],
    check: (value) => mod9710(value) && /[A-Z].*[A-Z]/.test(value),
    alone: (value) => /^\d{4}/.test(value),
    words: ["lei", "legal entity*"],
  },
];
