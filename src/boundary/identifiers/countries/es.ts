import { remainder } from "../checks/iso7064.ts";
import { luhnSum } from "../checks/luhn.ts";
import { always, never, type Scheme } from "../scheme.ts";

const letters = "TRWAGMYFPDXBNJZSQVHLCKE";
const letterOf = (digits: string): string => letters.charAt(Number(digits) % 23);

const nie = (value: string): boolean => letterOf("XYZ".indexOf(value.charAt(0)) + value.slice(1, 8)) === value.charAt(8);

/** The first two digits are a province, or 66 for residents abroad. A zero that leads the serial does not count. */
function seguridadSocial(value: string): boolean {
  const province = Number(value.slice(0, 2));
  const number = value.charAt(2) === "0" ? value.slice(0, 2) + value.slice(3, 10) : value.slice(0, 10);
  return ((province >= 1 && province <= 53) || province === 66) && remainder(number, 97) === Number(value.slice(10));
}

/** Luhn's digit, or the letter in its place where the kind of body asks for one. */
function cif(value: string): boolean {
  const digit = (10 - (luhnSum(`${value.slice(1, 8)}0`) % 10)) % 10;
  return value.charAt(8) === String(digit) || value.charAt(8) === "JABCDEFGHI".charAt(digit);
}

const dniWords = ["dni*", "nif", "n i f", "d n i", "documento nacional de identidad", "documento de identidad"];

export const spain: readonly Scheme[] = [
  {
    subtype: "es.dni",
    type: "person_id",
    format: /^\d{8}[A-Z]$/,
    lengths: [9],
    check: (value) => letterOf(value.slice(0, 8)) === value.charAt(8),
    alone: always,
    groups: "8-1|2-3-3-1|2-3-4",
    labelled: true,
    words: dniWords,
  },
  {
    subtype: "es.dni",
    type: "person_id",
    format: /^\d{7}[A-Z]$/,
    lengths: [8],
    check: (value) => letterOf(value.slice(0, 7)) === value.charAt(7),
    words: dniWords,
  },
  {
    subtype: "es.nif",
    type: "person_id",
    format: /^[KLM]\d{7}[A-Z]$/,
    lengths: [9],
    check: (value) => letterOf(value.slice(1, 8)) === value.charAt(8) || cif(value),
    words: dniWords,
  },
  {
    subtype: "es.nie",
    type: "person_id",
    format: /^[XYZ]\d{7}[A-Z]$/,
    lengths: [9],
    check: nie,
    alone: always,
    groups: "1-7-1|8-1|1-8",
    labelled: true,
    words: ["nie", "n i e", "numero de identificacion de extranjero", "extranjero*"],
  },
  {
    subtype: "es.nss",
    type: "person_id",
    format: /^\d{12}$/,
    lengths: [12],
    check: seguridadSocial,
    alone: always,
    groups: "2-8-2|2-10",
    labelled: true,
    words: ["nss", "nass", "nuss", "seguridad social", "numero de afiliacion", "n afiliacion"],
  },
  {
    subtype: "es.cif",
    type: "business_id",
    format: /^[ABCDEFGHJNPQRSUVW]\d{7}[0-9A-J]$/,
    lengths: [9],
    check: cif,
    alone: always,
    groups: "1-8|1-7-1",
    words: ["cif", "nif", "c i f"],
  },
  {
    subtype: "es.vat",
    type: "business_id",
    format: /^ES[ABCDEFGHJNPQRSUVW]\d{7}[0-9A-J]$/,
    lengths: [11],
    check: (value) => cif(value.slice(2)),
    alone: always,
    groups: "2-9|2-1-8",
    words: ["iva", "nif", "cif", "vat"],
  },
  // Traders without a company are taxed under their own number.
  {
    subtype: "es.vat",
    type: "person_id",
    format: /^ES(?:\d{8}|[XYZ]\d{7})[A-Z]$/,
    lengths: [11],
    check: (value) => (/^ES\d/.test(value) ? letterOf(value.slice(2, 10)) === value.charAt(10) : nie(value.slice(2))),
    alone: always,
    groups: "2-9|2-8-1|2-1-7-1",
    words: ["iva", "nif", "vat"],
  },
  // With a digit lost or too many, as notes have it: only its label tells it.
  {
    subtype: "es.nss",
    type: "person_id",
    format: /^\d{9,13}$/,
    lengths: [9, 10, 11, 13],
    check: never,
    labelled: true,
    words: ["nss", "nass", "nuss"],
  },
  // Numbers of a health service: only their labels tell them.
  {
    subtype: "es.historia-clinica",
    type: "person_id",
    format: /^\d{4,13}$/,
    lengths: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    words: ["nhc", "cipa", "historia clinica", "n historia", "episodio", "cip", "tarjeta sanitaria"],
  },
  {
    subtype: "es.colegiado",
    type: "person_id",
    format: /^\d{4,10}$/,
    lengths: [4, 5, 6, 7, 8, 9, 10],
    words: ["nºcol", "n col", "ncol", "num col", "colegiado*", "colegiada*"],
  },
  { subtype: "es.pasaporte", type: "document_id", format: /^[A-Z]{3}\d{6}$/, lengths: [9], lone: always, words: ["pasaporte*"] },
];
