/** A part of the text: where it ends, and whether it holds the number of a house. */
export interface Street {
  readonly end: number;
  readonly hasNumber: boolean;
}

const particles =
  "de|del|de la|de las|de los|de l'|la|las|los|el|els|les|le|l'|d'|d´|da|das|do|dos|di|dei|degli|delle|della|dello|dell'|du|des|au|aux|à|y|e|i|et|en|of|the|van|van de|van den|van der|von|vom|zum|zur|am|an der|im|pod|na|nad|u|sv|św|gen|ks|dr|prof|inż|mjr|bł|im|of|ta'|tal|til|ved|i|på|och|og|ja|und|и|на|св|ген|акад|του|της|των|и|свети";

/** The next word of a name: capital, particle, number of a day before a month, number of a king. */
const nameWord = new RegExp(
  `[ \\u00a0]{0,2}(?:(?:${particles})\\.?(?![\\p{L}])|(?:(?:[ldLD]|[dD]ell|[aA]ll|[sS])['’´])?[\\p{Lu}](?:[\\p{L}\\p{M}'’´-]{0,3}\\.(?=[ -]?[\\p{L}])|[\\p{L}\\p{M}'’´-]{0,30})|["„“«][\\p{Lu}][\\p{L} .-]{1,24}["“”»]|\\d{1,2}[ºo.]?(?= (?:de )?[\\p{Lu}][\\p{L}]{2})|\\d{1,2} (?:de )?(?:[a-zà-ÿąćęłńóśźż]{3,9}))`,
  "uy",
);
const months =
  /^\s*\d{1,2} (?:de )?(?:ma[jiy]|mai|mayo|maio|maggio|stycznia|lutego|marca|kwietnia|czerwca|lipca|sierpnia|września|października|listopada|grudnia|juin|juillet|août|septembre|octobre|novembre|décembre|janvier|février|mars|avril|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|abril|junho|julho|setembro|outubro|novembro|dezembro|aprile|giugno|luglio|settembre|ottobre|novembre|decembrie|mai)\b/iu;
const isParticle = new RegExp(`^[ \\u00a0]{0,2}(?:${particles})\\.?$`, "u");

/** The last word of a name that is no name itself: `Donantes de sangre s/n`. */
const lastWord = /[ ][\p{Ll}]{3,14}(?=,? (?:\d|s\/n))/uy;

const mostWords = 7;

/** Words before the number of a house, its number, and what may hang on it: `, nº 23 B`, ` 12/14`, `, s/n`, ` km 12,5`. */
const number =
  /[ \u00a0]{0,2},?[ \u00a0]{0,2}(?:(?:[nN][º°o.][º°o]?|nr\.?|n[uú]m(?:ero)?\.?|no\.?|nº\.|#|č\. ?p\.?|č\.|бр\.|№|αρ\.|bl\.|numer|number)[ \u00a0]{0,2})?(?:(?:km|Km|KM)\.?[ \u00a0]?\d{1,4}(?:[.,]\d{1,3})?|\d{1,5}(?![.,]\d)(?:[ \u00a0]?[A-Za-zа-яА-ЯΑ-Ω](?![\p{L}\d'’])|[ºª]|bis|ter)?(?:[/–-]\d{1,4}[A-Za-z]?(?![\p{L}\d]))*|[sS]\/[nN][ºo°]?)(?![\p{L}\d])/uy;

/** Floor, door, stairs, flat and block behind the number, one at a time. */
const unit =
  /[ \u00a0]?[,/.–-]?[ \u00a0]{0,2}(?:(?:bl|sc|et|ap|apt|appt|kl|m|lok|wej|ent|entr|esc|piso|planta|pl|pta|puerta|local|portal|bloque|dpto|int|scala|piano|sc|lgh|bte|boîte|bus|bat|bât|étage|stiege|top|tür|tür nr|st|flat|unit|suite|floor|room|byt|em|emelet|ajtó|a|th|tv|mf|sal|вх|ет|ап|кв|οροφος|όροφος|sute|korp|dz|but)\.?[ \u00a0]{0,2}[0-9A-Z]{1,4}[ºªaª]?|[Bb]ajo(?:[ \u00a0][A-Z])?|Ed\.? ?[A-Z]{1,4}|[Áá]tico|[Ii]zda\.?|[Dd]cha\.?|\d{1,3}[ºª°](?:[ -]{0,3}(?:[A-Z0-9](?![\p{L}\d])|piso|planta|izq\w*|dcha|dch))?|(?:[IVX]{1,4}|\d{1,2})\. ?(?:em|emelet|ajtó|OG|Stock|etg|etage|krs|sal|th|tv)\.?(?:[ /]\d{1,3}\.?(?: ajtó)?)?|[PE]?\d{1,3}[A-Z]?(?=[ ]?(?:[,.;)\n]|$|- ?\d|[ -]+\d{5}|[ ]\d{1,2}[A-Z](?![\p{L}\d])))|[A-H](?![\p{L}\d.]))(?![\p{L}\d])/uy;

const mostUnits = 6;

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Where the number of a house with floor and door ends, or -1 where none stands at the place. */
export function houseEnd(text: string, at: number): number {
  let end = endOf(number, text, at);
  if (end === -1) return -1;
  for (let count = 0; count < mostUnits; count += 1) {
    const next = endOf(unit, text, end);
    // A postcode is no floor: `5, 30-221`.
    if (next === -1 || /^[-.]\d/.test(text.slice(next, next + 2))) break;
    end = next;
  }
  return end;
}

/**
 * The name of a street from a place on, with its number where there is one behind it and `numberFirst` does not say that it stood before.
 * Undefined when no capital stands in it.
 */
export function streetFrom(text: string, place: number, numberFirst: boolean): Street | undefined {
  let end = place;
  let named = -1;
  for (let count = 0; count < mostWords; count += 1) {
    const house = named === -1 || numberFirst ? -1 : houseEnd(text, end);
    if (house !== -1 && !months.test(text.slice(end, end + 24))) return { end: house, hasNumber: true };
    const capital = endOf(nameWord, text, end);
    const next = capital === -1 && named !== -1 ? endOf(lastWord, text, end) : capital;
    if (next === -1) break;
    const word = text.slice(end, next);
    if (/\d [a-zà-ÿ]/u.test(word) && !months.test(word)) break;
    if (!isParticle.test(word)) named = next;
    end = next;
  }
  const house = named === -1 || numberFirst ? -1 : houseEnd(text, named);
  if (house !== -1) return { end: house, hasNumber: true };
  return named === -1 ? undefined : { end: named, hasNumber: false };
}
