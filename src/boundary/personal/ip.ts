import { ALNUM, continuesWord, hexValue, inSet, isDigit, isWordCharacter, LOWER, UPPER } from "../text/characters.ts";
import { before } from "../text/context.ts";
import type { Scan } from "../text/scanner.ts";

/** Words before a dotted number that make it a version or a section, not an address. */
const numberedThing =
  /(?:\bv|ver\.?|versions?|versie|wersja|wersji|verze|verzi[aeu]|versi[oó]n|versione|versão|version[ae]|έκδοση|версия|build|release|firmware|revision|rev\.?|driver|§|section|sections|chapter|kapitel|abschnitt|ziffer|pkt\.?|punkt|art\.?|article|artikel|artículo|clause|paragraph|paragraf|teil|annex|anhang|anlage)["']?\s*[:=#]?\s*["'(]?$/;

const addressWords = /\bip|ipv4|host|server|address|adresse|dns|gateway|client|from|login|endpoint|resolver|ping/;

/** Up to three digits without leading zero and at most 255: the end, or -1. */
function octetEnd(text: string, start: number): number {
  let index = start;
  let value = 0;
  while (index < start + 3 && isDigit(text.charCodeAt(index))) {
    value = value * 10 + text.charCodeAt(index) - 48;
    index += 1;
  }
  if (index === start || value > 255 || (text.charCodeAt(start) === 48 && index > start + 1)) return -1;
  return index;
}

/** The end of a dotted quad at `start`, or -1. What follows it is not looked at. */
function quadEnd(text: string, start: number): number {
  let index = octetEnd(text, start);
  for (let octets = 1; octets < 4; octets += 1) {
    if (index === -1 || text.charCodeAt(index) !== 46) return -1;
    index = octetEnd(text, index + 1);
  }
  return index;
}

/** Loopback, unspecified, broadcast and netmasks identify nobody. */
const namesNobody = (quad: string): boolean => /^(?:127\.|0\.|255\.)/.test(quad);

/** IPv4 addresses, private and documentation ranges included; not versions, section numbers, object identifiers, loopback and masks. */
export function ipv4(scan: Scan, start: number, first: number): number {
  const { text } = scan;
  if (text.charCodeAt(first) !== 46 || first - start > 3) return 0;
  const previous = text.charCodeAt(start - 1);
  if (continuesWord(text, start) || (previous === 46 && isWordCharacter(text.charCodeAt(start - 2)))) return 0;
  const end = quadEnd(text, start);
  if (end === -1) return 0;
  const next = text.charCodeAt(end);
  if (isWordCharacter(next) || ((next === 46 || next === 44) && isDigit(text.charCodeAt(end + 1)))) return 0;
  if (next === 45 && inSet(text.charCodeAt(end + 1), LOWER | UPPER)) return 0;
  const quad = text.slice(start, end);
  if (namesNobody(quad) || isNumbered(text, start, quad)) return 0;
  scan.found.push({ type: "ip", subtype: "ipv4", start, end, confidence: 0.9, rule: "ip.v4", class: "sensitive" });
  return end;
}

function isNumbered(text: string, start: number, quad: string): boolean {
  const previous = text.charCodeAt(start - 1);
  // `pkg@1.2.3.4`, `^1.2.3.4`, `~1.2.3.4`, `==1.2.3.4`, `>=1.2.3.4`: requirements of package managers.
  if (previous === 64 || previous === 94 || previous === 126) return true;
  const lead = before(text, start, 32);
  if (/[=<>~!]=\s?$/.test(lead) || numberedThing.test(lead)) return true;
  return quad.length === 7 && !addressWords.test(lead);
}

/** The hextets that addresses in use begin with: global unicast, unique local, link local, multicast, and translation prefixes. */
const inUse = /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2}|64)$/i;

interface SixForm {
  /** Where the form ends. */
  readonly end: number;
  readonly groups: number;
  readonly compressed: boolean;
  /** Whether every group is zero or the form is `::1`. */
  readonly nobody: boolean;
}

/** Reads the longest address form of RFC 4291, section 2.2, from `start`; undefined when there is none. */
function readSix(text: string, start: number): SixForm | undefined {
  let index = start;
  let groups = 0;
  let compressed = false;
  let high = 0;
  let low = 0;
  if (text.startsWith("::", index)) {
    compressed = true;
    index += 2;
  }
  for (;;) {
    const quad = groups <= 6 && isDigit(text.charCodeAt(index)) ? quadEnd(text, index) : -1;
    if (quad !== -1) {
      high |= groups;
      low = namesNobody(text.slice(index, quad)) ? 0 : 2;
      groups += 2;
      index = quad;
      break;
    }
    const from = index;
    let value = 0;
    while (index < from + 4 && hexValue(text.charCodeAt(index)) >= 0) {
      value = value * 16 + hexValue(text.charCodeAt(index));
      index += 1;
    }
    if (index === from) break;
    high |= low;
    low = value;
    groups += 1;
    if (text.charCodeAt(index) !== 58 || groups === 8) break;
    if (text.charCodeAt(index + 1) === 58) {
      if (compressed) break;
      compressed = true;
      index += 2;
    } else if (hexValue(text.charCodeAt(index + 1)) >= 0) {
      index += 1;
    } else break;
  }
  if (compressed ? groups > 7 : groups !== 8) return undefined;
  return { end: index, groups, compressed, nobody: high === 0 && low <= 1 };
}

/** IPv6 addresses, asked at a colon that no earlier colon of the same form precedes. Not `::`, `::1`, nor names such as `abc::def` in code. */
export function ipv6(scan: Scan, colon: number): number {
  const { text } = scan;
  let start = colon;
  while (start > colon - 4 && hexValue(text.charCodeAt(start - 1)) >= 0) start -= 1;
  const previous = text.charCodeAt(start - 1);
  if (continuesWord(text, start) || previous === 58 || (start === colon && text.charCodeAt(colon + 1) !== 58)) return 0;
  const form = readSix(text, start);
  if (form === undefined || form.nobody) return 0;
  const { end } = form;
  const next = text.charCodeAt(end);
  if (inSet(next, ALNUM) || isWordCharacter(next) || (next === 58 && (text.charCodeAt(end + 1) === 58 || isWordCharacter(text.charCodeAt(end + 1))))) return 0;
  if (form.compressed && !plausible(text, start, colon, end)) return 0;
  scan.found.push({ type: "ip", subtype: "ipv6", start, end, confidence: form.compressed ? 0.85 : 0.9, rule: "ip.v6", class: "sensitive" });
  return end;
}

function plausible(text: string, start: number, colon: number, end: number): boolean {
  if (start === colon) return text.slice(start, end).includes(".") || addressWords.test(before(text, start, 32));
  return inUse.test(text.slice(start, colon)) || addressWords.test(before(text, start, 32));
}
