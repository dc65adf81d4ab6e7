import { mod1110 } from "../checks/iso7064.ts";
import { digitAt, elevenComplement, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

const montenegrin = (value: string): boolean => elevenComplement(weightedSum(value, [8, 7, 6, 5, 4, 3, 2])) % 10 === digitAt(value, 7);
const macedonian = (value: string): boolean => elevenComplement(weightedSum(value, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 10 === digitAt(value, 12);
const moldovan = (value: string): boolean => weightedSum(value, [7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 === digitAt(value, 12);

/** Of bodies the first character, of sole traders the first two may be letters. */
function belarusian(value: string): boolean {
  const number = /^[A-Z]{2}/.test(value) ? value.charAt(0) + "ABCEHKMOPT".indexOf(value.charAt(1)) + value.slice(2) : value;
  let sum = 0;
  for (const [index, weight] of [29, 23, 19, 17, 13, 7, 5, 3].entries()) sum += Number.parseInt(number.charAt(index), 36) * weight;
  return sum % 11 === digitAt(value, 8);
}

function ukrainianCompany(value: string): boolean {
  const weights = /^[345]/.test(value) ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7];
  const once = weightedSum(value, weights) % 11;
  const twice = (weightedSum(value, weights) + 2 * weightedSum(value, [1, 1, 1, 1, 1, 1, 1])) % 11;
  return (once < 10 ? once : twice % 10) === digitAt(value, 7);
}

const ukrainianPerson = (value: string): boolean => {
  const rest = weightedSum(value, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11;
  return ((rest + 11) % 11) % 10 === digitAt(value, 9);
};

/** Numbers of European states outside the EEA, Switzerland and the UK, as far as their rules are public. */
export const neighbours: readonly Scheme[] = [
  { subtype: "me.pib", type: "business_id", format: /^0[23]\d{6}$/, lengths: [8], check: montenegrin, words: ["pib", "пиб", "poreski broj", "pdv"] },
  { subtype: "rs.pib", type: "business_id", format: /^[1-9]\d{8}$/, lengths: [9], check: mod1110, words: ["pib", "пиб", "poreski broj", "порески број"] },
  {
    subtype: "mk.edb",
    type: "business_id",
    format: /^4\d{12}$/,
    lengths: [13],
    check: macedonian,
    words: ["едб", "edb", "mk", "мк", "даночен број", "danocen broj"],
  },
  {
    subtype: "mk.edb",
    type: "business_id",
    format: /^MK4\d{12}$/,
    lengths: [15],
    check: (value) => macedonian(value.slice(2)),
    alone: always,
    groups: "2-13",
    words: ["едб", "edb", "vat"],
  },
  {
    subtype: "by.unp",
    type: "business_id",
    format: /^(?:[1-9]\d|[ABCEHKM][ABCEHKMOPT])\d{7}$/,
    either: true,
    lengths: [9],
    check: belarusian,
    words: ["унп", "unp", "учетный номер плательщика"],
  },
  { subtype: "ua.edrpou", type: "business_id", format: /^\d{8}$/, lengths: [8], check: ukrainianCompany, words: ["єдрпоу", "edrpou", "код єдрпоу"] },
  {
    subtype: "ua.rntrc",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: ukrainianPerson,
    words: ["рнокпп", "rntrc", "іпн", "ідентифікаційний номер", "ідентифікаційний код"],
  },
  { subtype: "md.idno", type: "business_id", format: /^1\d{12}$/, lengths: [13], check: moldovan, words: ["idno", "cod fiscal"] },
  { subtype: "md.idnp", type: "person_id", format: /^[029]\d{12}$/, lengths: [13], check: moldovan, words: ["idnp", "cod personal"] },
  { subtype: "al.nipt", type: "business_id", format: /^(?:AL)?[JKLM]\d{8}[A-Z]$/, lengths: [10, 12], lone: always, words: ["nipt", "nuis", "vat"] },
  { subtype: "ad.nrt", type: "business_id", format: /^[ACDEFGLOPU]\d{6}[A-Z]$/, lengths: [8], lone: always, words: ["nrt", "registre tributari"] },
  { subtype: "fo.vtal", type: "business_id", format: /^FO\d{6}$/, lengths: [8], lone: always, words: ["v tal", "vtal", "mvg", "vat"] },
];
