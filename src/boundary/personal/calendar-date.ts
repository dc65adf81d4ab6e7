import { isDay } from "../identifiers/checks/dates.ts";
import { classOf, LETTER } from "../text/folding.ts";
import { Lexicon } from "../text/lexicon.ts";

/** Beginnings of the months' names, January to December, in the languages of Europe; what a text holds is compared without accents and case. */
const beginnings: readonly string[] = [
  "jan* jän* ene* gen* ian* led* sij* stycz* tammi* saus* ιαν* яну* янв* січ* eana* ġann* jann* sausi*",
  "feb* fév* fev* únor* velj* luty* lut* helmi* veeb* vas* φεβ* фев* лют* feabh* frar*",
  "mar* mär* mrz* břez* bře* ožuj* maalis* märts* kov* μαρ* μάρ* мар* берез* mart* már*",
  "apr* avr* abr* ápr* dub* trav* kwie* huhti* balan* απρ* апр* квіт* aib*",
  "mai* may* mag* maj* máj* mei* květ* kvě* svib* touko* geguž* μαϊ* μαι* μάι* май* мая* трав* beal* mejju",
  "jun* jún* juin* giu* iun* czerwca czerwiec červ* črv* lip* kesä* birž* ιουν* ιούν* юни* июн* черв* meith* ġun* juun*",
  "jul* júl* juil* lug* iul* lipca lipiec srp* heinä* liep* ιουλ* ιούλ* юли* июл* лип* iúil luj* červenec července juul*",
  "aug* aoû* aou* ago* sier* srpna srpen kolov* elo* rugpj* αυγ* αύγ* авг* серп* lún* aww*",
  "sep* set* sze* zář* ruj* wrze* syys* rugs* σεπ* сеп* сен* верес* sett*",
  "okt* oct* ott* out* říj* listop* paźdz* loka* spal* οκτ* окт* жовт* deire*",
  "nov* noi* lis* stud* marras* lapkr* νοε* νοέ* ное* ноя* листоп* samh*",
  "dec* dez* dic* déc* des* pros* grud* joulu* gruod* δεκ* дек* груд* noll* diċ*",
];

const months = new Lexicon();
for (const row of beginnings) for (const word of row.split(" ")) months.add(word);

/** Whether a word that begins there names a month in some language. */
function isMonth(text: string, start: number): boolean {
  let found = false;
  months.walk(text, start, () => {
    found = true;
  });
  return found;
}

/** A date as it stands in a text. */
export interface CalendarDate {
  readonly start: number;
  readonly end: number;
}

/** What scanners read in place of digits is let through: `l5.O7.199O`. */
const d = "[0-9OolI]";
/** Over a line's end inside the number. */
const dayFirst = new RegExp(
  `(${d}\\n?${d}?)(\\s?[./-]\\s?|[ \\u00a0])(${d}\\n?${d}?)(\\s?[./-]\\s?|[ \\u00a0])(${d}\\n?${d}(?:\\n?${d}\\n?${d})?)(?![0-9])`,
  "y",
);
const yearFirst = new RegExp(`(${d}{4})(\\s?[./-]\\s?)(${d}{1,2})\\s?[./-]\\s?(${d}{1,2})(?![0-9])\\.?`, "y");
const together = /(?:(19|20)(\d\d)(\d\d)(\d\d)|(\d\d)(\d\d)(19|20)(\d\d))(?![0-9])/y;
/** `12. März 1980`, `12 de marzo de 1980`, `1er mai 1980`, `12th of May, 1980`, `5-MAY-1980`. */
const dayAndName =
  /([0-3]?\d)(?:\.|º|er|st|nd|rd|th|-a|an?)?[ \u00a0.-]{0,2}(?:of |de |d'|ta' )?([\p{L}]{3,12})(?:\.|,)?[ \u00a0-]?(?:de |del |d')?((?:18|19|20)\d\d|'?\d\d)(?![0-9])/uy;
/** `1980. január 5.`, `1980 m. sausio 5 d.`, `1980. gada 5. maijā`. */
const yearAndName =
  /((?:18|19|20)\d\d)\. gada ([0-3]?\d)\. ([\p{L}]{3,12})|((?:18|19|20)\d\d)(?:\.| m\.)?[ \u00a0]([\p{L}]{3,12})\.?[ \u00a0]([0-3]?\d)(?![0-9])\.?/uy;
/** Behind the name of a month: `12, 1980`, `12th 1980`. */
const behindName = /([0-3]?\d)(?:st|nd|rd|th)?,? ((?:18|19|20)\d\d)(?![0-9])/y;

const put = (characters: string): number => Number(characters.replace(/\n/g, "").replace(/[Oo]/g, "0").replace(/[lI]/g, "1"));

/** A year of two digits in this century or the last. */
const isDayOf = (year: number, month: number, day: number): boolean =>
  year > 99 ? year >= 1880 && year <= 2039 && isDay(year, month, day) : isDay(1900 + year, month, day) || isDay(2000 + year, month, day);

/** Where a word of letters that ends before the place begins, over one space; -1 without one. */
function wordBefore(text: string, place: number): number {
  let end = place;
  while (end > place - 2 && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 46)) end -= 1;
  let start = end;
  while (start > end - 12 && classOf(text.charCodeAt(start - 1)) >= LETTER) start -= 1;
  return end === place || end - start < 3 ? -1 : start;
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A date of the calendar that begins with the digits at `at`, or with the name of the month before them; in every usual way of writing. */
export function dateAt(text: string, at: number): CalendarDate | undefined {
  const year = matched(yearFirst, text, at);
  if (year !== null && isDayOf(put(year[1] ?? ""), put(year[3] ?? ""), put(year[4] ?? ""))) return { start: at, end: yearFirst.lastIndex };
  const day = matched(dayFirst, text, at);
  if (day !== null && (day[2] ?? "").trim() === (day[4] ?? "").trim()) {
    const [first, second, last] = [put(day[1] ?? ""), put(day[3] ?? ""), put(day[5] ?? "")];
    if (isDayOf(last, second, first) || isDayOf(last, first, second)) return { start: at, end: dayFirst.lastIndex };
  }
  const row = matched(together, text, at);
  if (row !== null && text.slice(at, together.lastIndex).length === 8) {
    const [one, two, three, four] = [Number(row[0].slice(0, 4)), Number(row[0].slice(4, 6)), Number(row[0].slice(6)), Number(row[0].slice(4))];
    if (isDayOf(one, two, three) || (four > 1880 && isDayOf(four, Number(row[0].slice(2, 4)), Number(row[0].slice(0, 2))))) {
      return { start: at, end: together.lastIndex };
    }
  }
  return dateWithName(text, at);
}

function dateWithName(text: string, at: number): CalendarDate | undefined {
  const before = wordBefore(text, at);
  if (before !== -1 && isMonth(text, before) && matched(behindName, text, at) !== null) return { start: before, end: behindName.lastIndex };
  const day = matched(dayAndName, text, at);
  if (day !== null && Number(day[1]) >= 1 && Number(day[1]) <= 31 && isMonth(day[2] ?? "", 0)) return { start: at, end: dayAndName.lastIndex };
  const year = matched(yearAndName, text, at);
  if (year !== null && isMonth(year[3] ?? year[5] ?? "", 0)) return { start: at, end: yearAndName.lastIndex };
  return undefined;
}
