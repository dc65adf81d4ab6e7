import { isBirth, pair } from "../checks/dates.ts";
import { mod1110 } from "../checks/iso7064.ts";
import { digitAt, elevenComplement, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** DDMMYYY: three digits of the year. */
function isJmbgDay(value: string): boolean {
  const year = Number(value.slice(4, 7));
  return isBirth(year < 800 ? 2000 + year : 1000 + year, pair(value, 2), pair(value, 0));
}

const emso = (value: string): boolean => elevenComplement(weightedSum(value, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) === digitAt(value, 12);
const slovenianTax = (value: string): boolean => {
  const rest = 11 - (weightedSum(value, [8, 7, 6, 5, 4, 3, 2]) % 11);
  return rest !== 11 && rest % 10 === digitAt(value, 7);
};

/** Centuries of the first digit: 1, 2 the last; 5, 6 this; 3, 4 the one before the last; 7 to 9 residents of either. */
function isCnpDay(value: string): boolean {
  const kind = digitAt(value, 0);
  const year = pair(value, 1);
  const [month, day] = [pair(value, 3), pair(value, 5)];
  if (kind <= 2) return isBirth(1900 + year, month, day);
  return kind <= 6 ? isBirth(2000 + year, month, day) : isBirth(1900 + year, month, day) || isBirth(2000 + year, month, day);
}

const isCounty = (value: string): boolean => {
  const county = pair(value, 7);
  return (county >= 1 && county <= 52) || county === 70 || (county >= 80 && county <= 83);
};

const cnp = (value: string): boolean => {
  const rest = weightedSum(value, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return (rest === 10 ? 1 : rest) === digitAt(value, 12);
};

function cui(value: string): boolean {
  const number = value.padStart(10, "0");
  return ((weightedSum(number, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === digitAt(number, 9);
}

/** Croatia, Romania, Slovenia, and the numbers of former Yugoslavia. */
export const southEast: readonly Scheme[] = [
  { subtype: "hr.oib", type: "person_id", format: /^\d{11}$/, lengths: [11], check: mod1110, words: ["oib*", "osobni identifikacijski broj"] },
  {
    subtype: "hr.vat",
    type: "business_id",
    format: /^HR\d{11}$/,
    lengths: [13],
    check: (value) => mod1110(value.slice(2)),
    alone: always,
    groups: "2-11",
    words: ["oib*", "pdv*", "vat"],
  },
  { subtype: "hr.osobna", type: "document_id", format: /^\d{9}$/, lengths: [9], words: ["osobna iskaznica", "osobne iskaznice", "putovnic*"] },
  {
    subtype: "ro.cnp",
    type: "person_id",
    format: /^[1-9]\d{12}$/,
    lengths: [13],
    check: (value) => cnp(value) && isCounty(value),
    alone: isCnpDay,
    groups: "1-6-6|1-6-2-3-1",
    words: ["cnp*", "cod numeric personal", "codul numeric personal", "c n p"],
  },
  { subtype: "ro.ci", type: "document_id", format: /^[A-Z]{2}\d{6}$/, lengths: [8], words: ["seria", "ci", "c i", "carte de identitate", "buletin*", "b i"] },
  { subtype: "ro.pasaport", type: "document_id", format: /^\d{8,9}$/, lengths: [8, 9], words: ["pasaport*"] },
  {
    subtype: "ro.cui",
    type: "business_id",
    format: /^[1-9]\d{5,9}$/,
    lengths: [6, 7, 8, 9, 10],
    check: cui,
    groups: "3-3-2|2-3-3|1-3-3",
    words: ["cui", "c u i", "cif", "c i f", "cod fiscal", "cod unic"],
  },
  {
    subtype: "ro.cui",
    type: "business_id",
    format: /^RO[1-9]\d{5,9}$/,
    lengths: [8, 9, 10, 11, 12],
    check: (value) => cui(value.slice(2)),
    alone: always,
    groups: "2-8|2-7|2-6|2-9|2-10|2-3-3-2|2-2-3-3",
    words: ["cui", "cif", "tva", "cod fiscal"],
  },
  {
    subtype: "si.emso",
    type: "person_id",
    format: /^\d{13}$/,
    lengths: [13],
    check: emso,
    alone: isJmbgDay,
    groups: "7-2-4|2-2-3-2-3-1",
    words: ["emso*", "jmbg*", "maticni broj", "maticna stevilka", "јмбг", "матични број", "ембг"],
  },
  {
    subtype: "si.davcna",
    type: "person_id",
    format: /^[1-9]\d{7}$/,
    lengths: [8],
    check: slovenianTax,
    words: ["davcna*", "davcne stevilke", "davcno stevilko"],
  },
  {
    subtype: "si.ddv",
    type: "business_id",
    format: /^SI[1-9]\d{7}$/,
    lengths: [10],
    check: (value) => slovenianTax(value.slice(2)),
    alone: always,
    groups: "2-8|2-4-4",
    words: ["ddv*", "davcna*", "vat"],
  },
  {
    subtype: "si.osebna",
    type: "document_id",
    format: /^\d{9}$|^P[AB]\d{7}$/,
    either: true,
    lengths: [9],
    words: ["osebna izkaznica", "osebne izkaznice", "potni list", "potnega lista"],
  },
];
