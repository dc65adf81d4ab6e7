import { ALNUM, continuesWord, hexValue, inSet, isWordCharacter } from "../text/characters.ts";
import type { Scan } from "../text/scanner.ts";

/** The end of `groups` groups of `size` hexadecimal digits with one separator, or -1; the neighbours on both sides must not continue it. */
function hexGroups(text: string, start: number, groups: number, size: number, separator: number): number {
  const previous = text.charCodeAt(start - 1);
  if (continuesWord(text, start) || previous === separator) return -1;
  let index = start;
  for (let group = 0; group < groups; group += 1) {
    if (group > 0) {
      if (text.charCodeAt(index) !== separator) return -1;
      index += 1;
    }
    for (const stop = index + size; index < stop; index += 1) if (hexValue(text.charCodeAt(index)) < 0) return -1;
  }
  const next = text.charCodeAt(index);
  if (isWordCharacter(next) || (next === separator && inSet(text.charCodeAt(index + 1), ALNUM))) return -1;
  return index;
}

function add(scan: Scan, start: number, end: number): number {
  if (end === -1) return 0;
  const digits = scan.text.slice(start, end).replace(/[^0-9a-f]/gi, "");
  // All zeros, broadcast, and decimal numbers that are merely grouped so.
  if (/^(?:0{12}|f{12})$/i.test(digits)) return 0;
  scan.found.push({ type: "mac", subtype: undefined, start, end, confidence: 0.9, rule: "mac", class: "sensitive" });
  return end;
}

/** `00:1a:2b:3c:4d:5e`, asked at its first colon. */
export const macWithColons = (scan: Scan, colon: number): number => (colon < 2 ? 0 : add(scan, colon - 2, hexGroups(scan.text, colon - 2, 6, 2, 58)));

/** `00-1A-2B-3C-4D-5E`, which is one run of 17. */
export const macWithDashes = (scan: Scan, start: number, end: number): number =>
  end - start === 17 ? add(scan, start, hexGroups(scan.text, start, 6, 2, 45)) : 0;

/** `001a.2b3c.4d5e`, asked at its first dot. */
export function macWithDots(scan: Scan, dot: number): number {
  if (dot < 4 || scan.text.charCodeAt(dot + 5) !== 46) return 0;
  const end = hexGroups(scan.text, dot - 4, 3, 4, 46);
  if (end === -1 || !/[a-f]/i.test(scan.text.slice(dot - 4, end))) return 0;
  return add(scan, dot - 4, end);
}
