/** A town with its postcode, or without: `28016 Madrid`, `80-244 Gdańsk`, `SW1A 1AA London`. */
export interface Town {
  readonly start: number;
  readonly end: number;
  readonly hasPostcode: boolean;
}

const name =
  "[\\p{Lu}][\\p{L}\\p{M}'’.-]{1,30}(?:(?: ?[-/] ?| )(?:(?:am|an der|im|in|de|del|de la|la|las|los|el|le|les|lès|sur|sous|di|d'|do|da|dos|nad|pod|ob der|bei|aan den|den|op|upon|under|on|i|w) ){0,2}[\\p{Lu}][\\p{L}\\p{M}'’.-]{0,30}){0,3}(?: \\d{1,2}(?![\\d]))?";
const postcode =
  "(?:(?:[A-Z]{1,3})[- ]{1,3})?(?:\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{3} \\d{2}|\\d{4} ?[A-Z]{2}|\\d{4,6}|LV-\\d{4}|LT-\\d{5}|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2})(?![\\p{L}\\d])";

/** The country behind a town. */
const country =
  "(?: ?[,.]? ?\\(?(?:España|Espana|Portugal|France|Francia|Deutschland|Alemania|Germany|Österreich|Austria|Schweiz|Suisse|Svizzera|Switzerland|Italia|Italy|Nederland|Netherlands|België|Belgique|Belgium|Polska|Poland|Česko|Česká republika|Slovensko|Magyarország|Hungary|România|Romania|Ελλάδα|Greece|България|Hrvatska|Croatia|Slovenija|Sverige|Sweden|Danmark|Denmark|Norge|Norway|Suomi|Finland|Ísland|Éire|Ireland|United Kingdom|UK|Luxembourg|Eesti|Latvija|Lietuva|Malta|Κύπρος|Türkiye|Cuba|México|Colombia|Chile|Argentina|Perú|Venezuela|Brasil|USA)\\)?(?![\\p{L}]))?";
const gap = "(?:[ \\u00a0]{0,3}[,.;·|–-]{0,2}[ \\u00a0]{0,3}\\n?[ \\u00a0]{0,3})";
const codeThenTown = new RegExp(`${gap}(?:CP:? ?)?(${postcode})(?:[ \\u00a0.,-]{1,3}${name}(?: ?[-–,(] ?${name}\\)?)?)?${country}`, "uy");
const townThenCode = new RegExp(`${gap}(?:(?:w|we|in|en|à|a|v|ve|na|te|i) )?(${name})[ \\u00a0]{0,2},?[ \\u00a0]{0,2}\\n?${postcode}`, "uy");
const townOnly = new RegExp(
  `(?:[ \\u00a0](?:w|we|in|en|à|a|v|ve|te|i)[ \\u00a0]|,[ \\u00a0]{1,2}|[ \\u00a0]?\\n)(${name})(?=[ \\u00a0]?[,.;)(\\n|]|$| -)`,
  "uy",
);
const behindWord = new RegExp(`[ \\u00a0,:]{0,3}(?:(?:w|we|in|en|à|a|v|ve|te|i|u|na|at|στην|στο|στη|в|във|på|til|ad) )?(${name})`, "uy");

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The full stop of a sentence is no part of a name. */
const trimmed = (text: string, start: number, end: number): number => {
  let last = end;
  while (last > start && /[.'’-]/.test(text.charAt(last - 1))) last -= 1;
  return last;
};

/** The postcode with its town, or the town alone, that follows on a street. */
export function townBehind(text: string, end: number): Town | undefined {
  const code = matched(codeThenTown, text, end);
  if (code !== null) {
    const start = end + code[0].indexOf(code[1] ?? "");
    return { start, end: trimmed(text, start, codeThenTown.lastIndex), hasPostcode: true };
  }
  const town = matched(townThenCode, text, end);
  if (town !== null) return { start: end + town[0].indexOf(town[1] ?? ""), end: townThenCode.lastIndex, hasPostcode: true };
  const alone = matched(townOnly, text, end);
  if (alone === null) return undefined;
  const start = end + alone[0].indexOf(alone[1] ?? "");
  return { start, end: trimmed(text, start, townOnly.lastIndex), hasPostcode: false };
}

/** Whether a postcode follows directly. */
export const isBeforePostcode = (text: string, end: number): boolean => matched(codeThenTown, text, end) !== null || matched(townThenCode, text, end) !== null;

/** The town behind a word for living there. */
export function townAt(text: string, end: number): Town | undefined {
  const town = matched(behindWord, text, end);
  if (town === null) return undefined;
  const start = end + town[0].indexOf(town[1] ?? "");
  return { start, end: trimmed(text, start, behindWord.lastIndex), hasPostcode: false };
}
