import { isBirth, isBirthOfEither, isDay, pair } from "../checks/dates.ts";
import { luhn } from "../checks/luhn.ts";
import { digitAt, elevenComplement, weightedSum } from "../checks/weighted.ts";
import { always, type Scheme } from "../scheme.ts";

/** Two check digits; the day of those without a residence is 40 higher, the month of test and help numbers 40 or 80. */
function fodselsnummer(value: string): boolean {
  const day = pair(value, 0);
  return (
    isBirthOfEither(pair(value, 4), pair(value, 2) % 40, day > 40 ? day - 40 : day) &&
    elevenComplement(weightedSum(value, [3, 7, 6, 1, 8, 9, 4, 5, 2])) === digitAt(value, 9) &&
    elevenComplement(weightedSum(value, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) === digitAt(value, 10)
  );
}

const norwegianCompany = (value: string): boolean => elevenComplement(weightedSum(value, [3, 2, 7, 6, 5, 4, 3, 2])) === digitAt(value, 8);

/** The day of a coordination number is 60 higher. */
function isSwedishDay(value: string, coordination: boolean): boolean {
  const short = value.slice(-10);
  const day = pair(short, 4) > 60 && coordination ? pair(short, 4) - 60 : pair(short, 4);
  if (value.length === 12) return isDay(Number(value.slice(0, 4)), pair(short, 2), day);
  return isBirthOfEither(pair(short, 0), pair(short, 2), day);
}

const swedish = (value: string): boolean => luhn(value.slice(-10)) && isSwedishDay(value, true);
const personWords = ["personnummer*", "personnr", "pnr", "samordningsnummer*", "samordningsnr", "personal identity*", "id code", "identity code"];

/** The last digit is the century: 9 and 0; the day of a company is 40 higher. */
const kennitala = (value: string): boolean => weightedSum(value, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 && /[890]$/.test(value);
const icelandicBirth = (value: string): boolean => isBirth((value.endsWith("0") ? 2000 : 1900) + pair(value, 4), pair(value, 2), pair(value, 0));

/** Iceland, Norway and Sweden. */
export const nordicStates: readonly Scheme[] = [
  {
    subtype: "no.fodselsnummer",
    type: "person_id",
    format: /^\d{11}$/,
    lengths: [11],
    check: fodselsnummer,
    alone: always,
    groups: "6-5|6-3-2|2-2-2-5",
    words: ["fodselsn*", "personnummer*", "d nummer*", "fnr", "f nr"],
  },
  {
    subtype: "no.orgnr",
    type: "business_id",
    format: /^[89]\d{8}$/,
    lengths: [9],
    check: norwegianCompany,
    groups: "3-3-3",
    words: ["orgnr", "org nr", "organisasjonsn*", "foretaksregisteret"],
  },
  {
    subtype: "no.kontonummer",
    type: "iban",
    format: /^\d{11}$/,
    lengths: [11],
    check: (value) => elevenComplement(weightedSum(value, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) === digitAt(value, 10),
    groups: "4-2-5",
    words: ["kontonummer*", "konto nr", "kontonr", "bankkonto*"],
  },
  {
    subtype: "no.mva",
    type: "business_id",
    format: /^(?:NO)?[89]\d{8}MVA$/,
    lengths: [12, 14],
    check: (value) => norwegianCompany(value.replace(/\D/g, "")),
    alone: always,
    groups: "2-9-3|9-3|2-3-3-3-3|3-3-3-3|2-12|11-3",
    words: ["mva*", "org nr", "orgnr"],
  },
  {
    subtype: "se.personnummer",
    type: "person_id",
    format: /^(?:18|19|20)\d{10}$/,
    lengths: [12],
    check: swedish,
    alone: always,
    groups: "8-4",
    words: personWords,
  },
  {
    subtype: "se.personnummer",
    type: "person_id",
    format: /^\d{10}$/,
    lengths: [10],
    check: swedish,
    alone: (value) => isSwedishDay(value, false),
    groups: "6-4",
    words: personWords,
  },
  {
    subtype: "se.orgnr",
    type: "business_id",
    format: /^[1-35-9]\d[2-9]\d{7}$/,
    lengths: [10],
    check: luhn,
    alone: always,
    groups: "6-4",
    apart: true,
    words: ["organisationsn*", "orgnr", "org nr", "momsnr"],
  },
  {
    subtype: "se.vat",
    type: "business_id",
    format: /^SE\d{10}01$/,
    lengths: [14],
    check: (value) => luhn(value.slice(2, 12)),
    alone: always,
    groups: "2-12|2-6-4-2|2-10-2",
    words: ["moms*", "vat"],
  },
  {
    subtype: "is.kennitala",
    type: "person_id",
    format: /^[0-3]\d{9}$/,
    lengths: [10],
    check: (value) => kennitala(value) && icelandicBirth(value),
    alone: always,
    groups: "6-4",
    words: ["kennit*", "kt"],
  },
  {
    subtype: "is.kennitala",
    type: "business_id",
    format: /^[4-7]\d{9}$/,
    lengths: [10],
    check: kennitala,
    alone: always,
    groups: "6-4",
    apart: true,
    words: ["kennit*", "kt"],
  },
];
