import { ADDRESS_LABEL, POSTCODE_LABEL, STREET, TOWN_LABEL } from "./roles.ts";

/** A value behind its label, with what it is. */
export interface Labelled {
  readonly start: number;
  readonly end: number;
  readonly kind: "address" | "town" | "postcode";
}

/** Up to the colon of the label: `/ Provincia:`, ` zamieszkania:`, ` completo (calle):`. */
const toColon = /[^\n:;.!?0-9]{0,28}:[ \t\u00a0]{0,60}/y;
const directCode = /[.:)]?[ \u00a0]{1,3}(?=\d{4})/y;
const longest = 110;

/** Where another label begins on the same line: `. Localidad:`. */
const nextLabel = /[.,;|\t]\s*[\p{Lu}][\p{L}/. ]{1,28}:|[|\t]| {3,}|\. +[\p{Lu}][\p{Ll}]+ [\p{Ll}]+ [\p{Ll}]+/u;

/** The rest of the line behind the label, cut where another label begins. */
function valueFrom(text: string, start: number): { readonly start: number; readonly end: number } | undefined {
  let piece = text.slice(start, start + longest);
  let from = start;
  if (/^\r?\n[ \t]*\S/.test(piece)) {
    const skipped = /^\s+/.exec(piece)?.[0].length ?? 0;
    from += skipped;
    piece = piece.slice(skipped);
  }
  const line = piece.search(/[\n\r]/);
  if (line !== -1) piece = piece.slice(0, line);
  const label = piece.search(nextLabel);
  if (label > 0) piece = piece.slice(0, label);
  const lead = /^["'«„“ ]*/.exec(piece)?.[0].length ?? 0;
  const end = from + piece.replace(/[\s.,;:+"'»”-]+$/, "").length;
  return end - from - lead < 2 ? undefined : { start: from + lead, end };
}

const looksLikeAddress = /[\p{Lu}][\p{L}]/u;
const isElse = /:\/\/|@|\b0x|^\d{1,3}(?:\.\d{1,3}){3}|^[a-z]+(?:\.[a-z]+)+$|^(?:siehe|see|ver|voir|vedi|jak|wie|as|none|n\/a|unbekannt|unknown)\b/iu;
/** `E-Mail-Adresse`, `IP address`, `MAC address`. */
const otherAddress = /(?:mail|ip|mac|web|url|netz|internet|memory|base|site|host|wallet|email|bitcoin|e-post|sähköposti)[ -]?$/i;
/** Towns and regions are written with a capital and without digits. */
const town =
  /^(?:[\p{Lu}][\p{L}\p{M}'’.-]*|d[aeio][ls]?|la|las|los|el|le|les|am|an|der|im|und|y|e|of|the|nad|and|[-/(),])(?:[ ]?[ /(),-][ ]?(?:[\p{Lu}][\p{L}\p{M}'’.-]*|d[aeio][ls]?|la|las|los|el|le|les|am|an|der|im|und|y|e|of|the|nad|and)\)?){0,5}/u;

/** The value behind a label that ends at `end`, of the kind that the label announces. `roles` are those of the label. */
export function labelled(text: string, start: number, end: number, roles: number): Labelled | undefined {
  if (roles & POSTCODE_LABEL) {
    toColon.lastIndex = end;
    directCode.lastIndex = end;
    const from = toColon.test(text) ? toColon.lastIndex : directCode.test(text) ? directCode.lastIndex : -1;
    const code = from === -1 ? null : /^[A-Z]{0,3}-?[A-Z0-9]{2,6}(?:[ -][A-Z0-9]{2,4})?(?![\p{L}\d])/u.exec(text.slice(from, from + 14));
    return code === null || !/\d\d/.test(code[0]) ? undefined : { start: from, end: from + code[0].length, kind: "postcode" };
  }
  if ((roles & (ADDRESS_LABEL | TOWN_LABEL)) === 0) return undefined;
  toColon.lastIndex = end;
  if (!toColon.test(text) || otherAddress.test(text.slice(Math.max(0, start - 12), start))) return undefined;
  const value = valueFrom(text, toColon.lastIndex);
  if (value === undefined) return undefined;
  const words = text.slice(value.start, value.end);
  if (isElse.test(words)) return undefined;
  if (roles & ADDRESS_LABEL) {
    // `Straße:` and `Calle:` announce a street; `address:` much else too.
    const told = (roles & STREET) !== 0 || /\d/.test(words) || words.split(" ").length > 1;
    if (!/\d/.test(words) && (words.length > 50 || words.split(" ").length > 6)) return undefined;
    return (looksLikeAddress.test(words) || /\p{L}{3}.*\d/u.test(words)) && told && words.length >= 4 ? { ...value, kind: "address" } : undefined;
  }
  const place = town.exec(words)?.[0].replace(/[\s.,(/-]+$/, "");
  return place === undefined || !/^[\p{Lu}]/u.test(place) || place.length < 2
    ? undefined
    : { start: value.start, end: value.start + place.length, kind: "town" };
}
