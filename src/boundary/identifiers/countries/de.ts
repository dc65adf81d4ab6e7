import { isBirthOfEither, pair } from "../checks/dates.ts";
import { mod1110 } from "../checks/iso7064.ts";
import { digitAt, documentCheck, weightedDigitSum, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** In the first ten digits of a tax number one digit occurs twice or three times, and never three times in a row. */
function hasRepeatedDigit(value: string): boolean {
  const counts = new Array<number>(10).fill(0);
  for (let index = 0; index < 10; index += 1) counts[digitAt(value, index)] = (counts[digitAt(value, index)] ?? 0) + 1;
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && !/(\d)\1\1/.test(value.slice(0, 10));
}

/** A letter as two digits, A = 01. */
const spelled = (letter: string): string => String(letter.charCodeAt(0) - 64).padStart(2, "0");

const rentenversicherung = (value: string): boolean =>
  weightedDigitSum(value.slice(0, 8) + spelled(value[8] ?? "") + value.slice(9, 11), [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === digitAt(value, 11);

/** The day may be 50 higher; day and month may be unknown. */
const hasBirthDay = (value: string): boolean => isBirthOfEither(pair(value, 6), pair(value, 4), pair(value, 2) > 50 ? pair(value, 2) - 50 : pair(value, 2));

const krankenversicherung = (value: string): boolean =>
  weightedDigitSum(spelled(value[0] ?? "") + value.slice(1, 9), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === digitAt(value, 9);

/** Personal documents: the serial of nine and its check digit; the letters leave out vowels and what is mistaken for digits. */
const serial = (value: string): boolean => documentCheck(value.slice(0, 9)) === digitAt(value, 9);

const ausweisWords = [
  "ausweisnummer",
  "ausweis nr",
  "personalausweis*",
  "ausweis",
  "reisepass*",
  "pass nr",
  "passnummer",
  "pass nummer",
  "id card",
  "passport",
];

export const germany: readonly Scheme[] = [
  {
    subtype: "de.idnr",
    type: "person_id",
    format: /^[1-9]\d{10}$/,
    lengths: [11],
    check: (value) => hasRepeatedDigit(value) && mod1110(value),
    groups: "2-3-3-3",
    apart: true,
    words: [
      "steuer id*",
      "steuerid*",
      "idnr",
      "id nr",
      "id nummer",
      "steuerliche identifikation*",
      "identifikationsnummer",
      "steueridentifikationsnummer",
      "tin",
      "tax id",
    ],
  },
  {
    subtype: "de.stnr",
    type: "person_id",
    format: /^\d{10,11}$|^\d{4}0\d{8}$/,
    lengths: [10, 11, 13],
    words: ["steuernummer*", "st nr", "stnr", "steuer nr", "steuer nummer"],
  },
  {
    subtype: "de.rvnr",
    type: "person_id",
    format: /^\d{8}[A-Z]\d{3}$/,
    lengths: [12],
    check: (value) => rentenversicherung(value) && hasBirthDay(value),
    alone: always,
    groups: "2-6-1-3|2-6-1-2-1|8-1-3",
    words: ["rvnr", "rentenversicherung*", "sozialversicherung*", "versicherungsnummer", "sv nummer", "sv nr", "svnr", "vsnr"],
  },
  {
    subtype: "de.kvnr",
    type: "person_id",
    format: /^[A-Z]\d{9}$/,
    lengths: [10],
    check: krankenversicherung,
    words: ["kvnr", "kv nr", "krankenversicher*", "krankenkasse*", "versichertennummer", "versicherten nr", "versicherungsnummer", "egk"],
  },
  {
    subtype: "de.ausweis",
    type: "document_id",
    format: /^[CFGHJKLMNPRTVWXYZ](?=.*\d)[CFGHJKLMNPRTVWXYZ0-9]{8}$/,
    lengths: [9],
    lone: (value) => documentCheck(value.slice(0, 8)) === digitAt(value, 8) || /^T\d{8}$/.test(value),
    words: ausweisWords,
  },
  {
    subtype: "de.ausweis",
    type: "document_id",
    format: /^[CFGHJKLMNPRTVWXYZ0-9]{9}\dD?$/,
    either: true,
    lengths: [10, 11],
    check: serial,
    words: ausweisWords,
  },
  {
    subtype: "de.fuehrerschein",
    type: "document_id",
    format: /^[A-Z]\d{2}[A-Z0-9]{6}\d[A-Z0-9]$/,
    lengths: [11],
    words: ["fuhrerschein*", "fuehrerschein*", "fahrerlaubnis*"],
  },
  {
    subtype: "de.lanr",
    type: "person_id",
    format: /^\d{9}$/,
    lengths: [9],
    check: (value) => (10 - (weightedSum(value, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === digitAt(value, 6),
    labelled: true,
    words: ["lanr", "arztnummer", "arzt nr", "lebenslange arztnummer"],
  },
  {
    subtype: "de.bsnr",
    type: "business_id",
    format: /^\d{9}$/,
    lengths: [9],
    words: ["bsnr", "betriebsstattennummer", "betriebsstaettennummer", "betriebsstatten nr"],
  },
  {
    subtype: "de.handelsregister",
    type: "business_id",
    format: /^HR[AB]\d{3,6}B?$/,
    lengths: [6, 7, 8, 9, 10],
    check: always,
    alone: always,
    groups: "3-3|3-4|3-5|3-6",
    words: ["handelsregister*", "amtsgericht*", "registergericht*"],
  },
  {
    subtype: "de.vat",
    type: "business_id",
    format: /^DE[1-9]\d{8}$/,
    lengths: [11],
    check: (value) => mod1110(value.slice(2)),
    alone: always,
    groups: "2-9|2-3-3-3|5-3-3",
    words: ["ust id*", "ustid*", "umsatzsteuer*", "vat"],
  },
];
