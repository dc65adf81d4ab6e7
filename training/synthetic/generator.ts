import { allLocales, type LocaleDefinition } from "@faker-js/faker";
import type { Document, LabelledSpan } from "../corpus.ts";
import { pick, type Random } from "../random.ts";
import {
  bulgarianFirstNames,
  bulgarianSurnames,
  easternSentences,
  estonianFirstNames,
  estonianSurnames,
  lithuanianFirstNames,
  lithuanianSurnames,
} from "./eastern-sentences.ts";
import { finnishCountries, finnishFirstNames, finnishSentences, finnishSurnames, finnishTowns, finnishWords } from "./finnish-sentences.ts";
import { hungarianCountries, hungarianFirstNames, hungarianSentences, hungarianSurnames } from "./hungarian-sentences.ts";
import { croatian, czech, english, finnish, germanic, greek, hungarian, type Inflect, latvian, polish, slovak, unchanged } from "./inflect.ts";
import { northernSentences } from "./northern-sentences.ts";
import { southernSentences } from "./southern-sentences.ts";

/** What the sentences of one language are filled with. */
interface Stock {
  readonly language: string;
  readonly sentences: readonly string[];
  /** The sentences without people. */
  readonly plain: readonly string[];
  readonly firstNames: readonly string[];
  readonly surnames: readonly string[];
  readonly towns: readonly string[];
  readonly countries: readonly string[];
  readonly words: readonly string[];
  readonly inflect: Inflect;
  readonly surnameFirst: boolean;
  /** Share of names that come from other languages. */
  readonly foreign: number;
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

const isName = (name: string): boolean => /^\p{Lu}[\p{L}'’ -]+$/u.test(name);
const namesOf = (locale: LocaleDefinition | undefined): { first: string[]; last: string[]; towns: string[] } => ({
  first: strings(locale?.person?.first_name).filter(isName),
  last: strings(locale?.person?.last_name).filter(isName),
  towns: strings(locale?.location?.city_name).filter(isName),
});
const wordsOf = (locale: LocaleDefinition | undefined): string[] => strings(locale?.word).filter((word) => /^\p{L}+$/u.test(word));

const english_ = namesOf(allLocales.en);
const foreignLocales = [
  allLocales.en,
  allLocales.de,
  allLocales.fr,
  allLocales.it,
  allLocales.es,
  allLocales.sv,
  allLocales.ru,
  allLocales.tr,
  allLocales.pl,
  allLocales.cs_CZ,
  allLocales.nl,
  allLocales.hr,
  allLocales.da,
  allLocales.pt_PT,
  allLocales.ro,
].map(namesOf);
const latin = (name: string): boolean => /^[\p{Script=Latin}'’ -]+$/u.test(name);
const foreignFirst = foreignLocales.flatMap(({ first }) => first).filter(latin);
const foreignLast = foreignLocales.flatMap(({ last }) => last).filter(latin);
const foreignTowns = foreignLocales.flatMap(({ towns }) => towns).filter(latin);

const regions =
  "AL AD AT BY BE BA BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT MD MC ME NL MK NO PL PT RO RU SM RS SK SI ES SE CH TR UA GB US CA MX BR AR CL CO PE VE CN JP KR IN PK ID TH VN PH MY AU NZ EG LY TN DZ MA NG KE ET ZA SD CD GH IR IQ IL SY LB JO SA AE QA KW AF KZ UZ AZ AM GE MN NP BD LK MM KH CU JM HT GT HN CR PA EC BO PY UY".split(
    " ",
  );

/** The countries' names in a language, as the runtime's locale data (CLDR) has them. */
function countriesIn(language: string): string[] {
  const names = new Intl.DisplayNames([language], { type: "region" });
  return regions.map((region) => names.of(region) ?? region).filter((name) => isName(name));
}

const organisationHeads =
  "Nord Euro Inter Tele Medi Agro Bio Digi Omni Terra Aqua Sola Nova Uni Trans Metro Poly Hydro Info Astra Vita Pharma Auto Aero Eco Geo".split(" ");
const organisationTails = "tek soft bank gas net com plast bau med data log trade energie power line systems works media chem stahl nova flex mont".split(" ");
const organisationForms = [
  "",
  "",
  "",
  "",
  " AG",
  " GmbH",
  " Oy",
  " Oyj",
  " Rt.",
  " Kft.",
  " Zrt.",
  " AB",
  " AS",
  " A/S",
  " SA",
  " S.A.",
  " S.p.A.",
  " s.r.o.",
  " Sp. z o.o.",
  " B.V.",
  " NV",
  " Ltd",
  " Inc.",
  " Bank",
  " Group",
  " Holding",
  " FC",
];
const products =
  "Windows Linux Android Python Java Excel Word Docker Kubernetes Photoshop Toyota Volvo Skoda Passat Corolla Nokia Galaxy Pixel Kindle Wikipedia Facebook Twitter Instagram YouTube Google Oscar Nobel Bible Koran Olympia Formel Eurovision Titanic Avatar Star Wars Big Blue Night Day Love Black White Red Live World Time Best Last First Life Dream Fire Heart Music Street King Queen Moon Sun Rock Metal Club Party Show Radio".split(
    " ",
  );
const initials = "ABCDEFGHIJKLMNOPRSTVZ";

function stocks(): Stock[] {
  const plain = (language: string, locale: LocaleDefinition, sentences: readonly string[] | undefined, inflect: Inflect): Stock => {
    const { first, last, towns } = namesOf(locale);
    return {
      language,
      sentences: sentences ?? [],
      plain: [],
      firstNames: first,
      surnames: last,
      towns: towns.length > 0 ? towns : english_.towns,
      countries: countriesIn(language),
      words: wordsOf(locale).length > 50 ? wordsOf(locale) : ["data", "info", "plan"],
      inflect,
      surnameFirst: false,
      foreign: 0.12,
    };
  };
  const { en, de, nl, sv, da, nb_NO, fr, it, pt_PT, es, ro, el, cs_CZ, sk, sl_SI, hr, pl, lv, uk, fi, hu, ru } = allLocales;
  const hungarianPlaces = namesOf(hu).towns;
  const fromTowns = hungarianPlaces.filter((town) => /^\p{Lu}\p{L}{3,9}$/u.test(town)).map((town) => `${town}i`);
  return [
    {
      ...plain("fi", fi, finnishSentences, finnish),
      firstNames: finnishFirstNames,
      surnames: finnishSurnames,
      towns: finnishTowns,
      countries: [...finnishCountries, ...countriesIn("fi")],
      words: finnishWords,
      foreign: 0.35,
    },
    {
      ...plain("hu", hu, hungarianSentences, hungarian),
      firstNames: hungarianFirstNames,
      surnames: [...hungarianSurnames, ...hungarianSurnames, ...namesOf(hu).last, ...fromTowns.slice(0, 500)],
      countries: [...hungarianCountries, ...countriesIn("hu")],
      surnameFirst: true,
      foreign: 0.3,
    },
    plain("en", en, northernSentences.en, english),
    plain("de", de, northernSentences.de, germanic),
    plain("nl", nl, northernSentences.nl, germanic),
    plain("sv", sv, northernSentences.sv, germanic),
    plain("da", da, northernSentences.da, germanic),
    plain("nb", nb_NO, northernSentences.nb, germanic),
    plain("fr", fr, southernSentences.fr, unchanged),
    plain("it", it, southernSentences.it, unchanged),
    plain("pt", pt_PT, southernSentences.pt, unchanged),
    plain("es", es, southernSentences.es, unchanged),
    plain("ro", ro, southernSentences.ro, unchanged),
    { ...plain("el", el, southernSentences.el, greek), foreign: 0 },
    plain("cs", cs_CZ, easternSentences.cs, czech),
    plain("sk", sk, easternSentences.sk, slovak),
    plain("sl", sl_SI, easternSentences.sl, croatian),
    plain("hr", hr, easternSentences.hr, croatian),
    plain("pl", pl, easternSentences.pl, polish),
    plain("lv", lv, easternSentences.lv, latvian),
    { ...plain("lt", ru, easternSentences.lt, unchanged), firstNames: lithuanianFirstNames, surnames: lithuanianSurnames },
    { ...plain("et", ru, easternSentences.et, unchanged), firstNames: estonianFirstNames, surnames: estonianSurnames },
    { ...plain("uk", uk, easternSentences.uk, unchanged), foreign: 0 },
    { ...plain("bg", ru, easternSentences.bg, unchanged), firstNames: bulgarianFirstNames, surnames: bulgarianSurnames, foreign: 0 },
  ]
    .map((stock) => ({ ...stock, plain: stock.sentences.filter((sentence) => !/\{[PFL]/u.test(sentence)) }))
    .map((stock) => (stock.towns.every(latin) || !latin(stock.firstNames[0] ?? "a") ? stock : { ...stock, towns: foreignTowns }));
}

interface Filled {
  readonly text: string;
  readonly type: string | undefined;
}

function inflectLast(words: string, grammaticalCase: string | undefined, inflect: Inflect): string {
  if (grammaticalCase === undefined) return words;
  const cut = words.lastIndexOf(" ") + 1;
  return words.slice(0, cut) + inflect(words.slice(cut), grammaticalCase);
}

/** A name that nobody bears: the beginning of one and the end of another, so that the words around it must tell. */
function invented(names: readonly string[], random: Random): string {
  const [one, two] = [pick(names, random), pick(names, random)];
  return one.slice(0, 2 + Math.floor(random() * 2)) + two.slice(Math.max(2, Math.floor(two.length / 2)));
}

function oneName(names: readonly string[], foreignNames: readonly string[], foreign: boolean, random: Random): string {
  const source = foreign ? foreignNames : names;
  return random() < inventedShare ? invented(source, random) : pick(source, random);
}

const particles: Readonly<Record<string, readonly string[]>> = {
  nl: ["van", "de", "van de", "van der", "van den", "ter", "van 't"],
  de: ["von", "von der", "zu"],
  fr: ["de", "de la", "du"],
  it: ["di", "de", "della"],
  es: ["de", "de la", "del"],
  pt: ["da", "de", "dos", "do"],
};

function fullName(stock: Stock, foreign: boolean, random: Random): string {
  const first = oneName(stock.firstNames, foreignFirst, foreign, random);
  let last = oneName(stock.surnames, foreignLast, foreign, random);
  if (random() < 0.06) last = `${last}-${pick(foreign ? foreignLast : stock.surnames, random)}`;
  if (stock.surnameFirst && !foreign) return random() < 0.12 ? `${last} ${first} ${pick(stock.firstNames, random)}` : `${last} ${first}`;
  const small = particles[stock.language];
  if (small !== undefined && !foreign && random() < 0.2) last = `${pick(small, random)} ${last}`;
  const chance = random();
  if (chance < 0.06) return `${first.charAt(0)}. ${last}`;
  if (chance < 0.12) return `${first} ${initials.charAt(Math.floor(random() * initials.length))}. ${last}`;
  if (chance < 0.18) return `${first} ${pick(foreign ? foreignFirst : stock.firstNames, random)} ${last}`;
  return `${first} ${last}`;
}

function organisation(stock: Stock, random: Random): string {
  const chance = random();
  const form = pick(organisationForms, random);
  if (chance < 0.15) return `${pick(stock.surnames, random)}${form === "" ? " AG" : form}`;
  if (chance < 0.3) return "ABCDEFGHIKLMNOPRSTUVZ".charAt(Math.floor(random() * 21)) + pick(["BC", "KV", "TE", "SU", "RF", "LO", "MV", "NP", "AF"], random);
  if (chance < 0.45) return `${pick(stock.towns, random)}${form === "" ? " FC" : form}`;
  return pick(organisationHeads, random) + pick(organisationTails, random) + form;
}

/** Share of names that nobody bears. */
const inventedShare = 0.3;
/** Share of sentences that are drawn from those without people alone. */
const plainShare = 0.6;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function fill(slot: string, stock: Stock, random: Random): Filled {
  const [kind, grammaticalCase] = slot.split(".");
  const foreign = random() < stock.foreign;
  const inflected = (text: string, type: string | undefined): Filled => ({ text: inflectLast(text, grammaticalCase, stock.inflect), type });
  if (kind === "P") return inflected(fullName(stock, foreign, random), "PERSON");
  if (kind === "F") return inflected(oneName(stock.firstNames, foreignFirst, foreign, random), "PERSON");
  if (kind === "L") return inflected(oneName(stock.surnames, foreignLast, foreign, random), "PERSON");
  if (kind === "C") return inflected(pick(foreign ? foreignTowns : stock.towns, random), "LOCATION");
  if (kind === "K") return inflected(pick(stock.countries, random), "LOCATION");
  if (kind === "O") return inflected(organisation(stock, random), "ORG");
  if (kind === "X") return inflected(pick(products, random), undefined);
  if (kind === "W") return inflected(capital(pick(stock.words, random)), undefined);
  return inflected(pick(stock.words, random).toLowerCase(), undefined);
}

/** One sentence with its labels, written at the end of `text`. */
function writeSentence(sentence: string, stock: Stock, random: Random, text: string, spans: LabelledSpan[]): string {
  let written = text;
  for (const part of sentence.split(/(\{[^}]+\})/u)) {
    if (!part.startsWith("{")) {
      written += part;
      continue;
    }
    const { text: value, type } = fill(part.slice(1, -1), stock, random);
    if (type !== undefined) spans.push({ start: written.length, end: written.length + value.length, type });
    written += value;
  }
  return written;
}

const personCases: Readonly<Record<string, readonly string[]>> = {
  fi: ["gen", "gen", "gen", "all", "abl", "ade", "par", "ela", "kin"],
  hu: ["acc", "acc", "dat", "dat", "ins", "abl", "ela", "sub", "all", "own", "fam"],
};
const placeCases: Readonly<Record<string, readonly string[]>> = {
  fi: ["ine", "ine", "ela", "ill", "gen", "gen"],
  hu: ["ine", "ine", "sub", "elative", "abl", "all"],
};

/** A name where any word may stand, between words that say nothing: it must be told by its letters, its ending and by being no other word. */
function salad(stock: Stock, random: Random): string {
  const words: string[] = [];
  const length = 4 + Math.floor(random() * 7);
  for (let index = 0; index < length; index += 1) {
    const cases = [...(personCases[stock.language] ?? []), ...(placeCases[stock.language] ?? [])];
    const ending = cases.length > 0 && random() < 0.5 ? `.${pick(cases, random)}` : "";
    words.push(`{${index === 0 ? "W" : "w"}${ending}}`);
  }
  const names = Math.floor(random() * 1.6);
  for (let index = 0; index < names; index += 1) {
    const person = random() < 0.4;
    const kind = person ? pick(["P", "F", "F", "L", "L"], random) : pick(["C", "C", "K", "O", "O", "X"], random);
    const cases = (kind === "C" || kind === "K" ? placeCases : personCases)[stock.language] ?? [];
    const ending = cases.length > 0 && random() < (kind === "C" || kind === "K" ? 0.8 : 0.5) ? `.${pick(cases, random)}` : "";
    const article = stock.language === "hu" && (kind === "O" || kind === "X") && random() < 0.7 ? "a " : "";
    const place = random() < 0.15 ? 0 : Math.floor(random() * words.length);
    words[place] = `${article}{${kind}${ending}}`;
  }
  if (random() < 0.4) words[Math.floor(random() * (length - 1))] += ",";
  return words.join(" ") + pick([".", ".", ".", ".", "!", "?"], random);
}

const saladShare: Readonly<Record<string, number>> = { fi: 0.6, hu: 0.6, en: 0.1 };

/** How many documents of each language; Finnish and Hungarian have no other text to learn from. */
const amounts: Readonly<Record<string, number>> = { fi: 2500, hu: 2500, en: 500, de: 250, lt: 40, et: 40, uk: 60, bg: 60 };

/** Documents of three to ten sentences each, the same for the same seed. */
export function writeSyntheticDocuments(random: Random): Document[] {
  const documents: Document[] = [];
  for (const stock of stocks()) {
    const count = amounts[stock.language] ?? 120;
    for (let index = 0; index < count; index += 1) {
      const spans: LabelledSpan[] = [];
      const between = random() < 0.7 ? " " : "\n";
      const sentences = 3 + Math.floor(random() * 8);
      let text = "";
      for (let written = 0; written < sentences; written += 1) {
        const sentence =
          random() < (saladShare[stock.language] ?? 0) ? salad(stock, random) : pick(random() < plainShare ? stock.plain : stock.sentences, random);
        text = writeSentence(sentence, stock, random, text === "" ? "" : `${text}${sentence.includes("\n") ? "\n" : between}`, spans);
      }
      documents.push({ id: `synthetic-${stock.language}-${index}`, language: stock.language, text, spans });
    }
  }
  return documents;
}
