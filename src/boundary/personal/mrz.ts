import { documentCheck } from "../identifiers/checks/weighted.ts";
import type { Finding } from "../port.ts";
import type { Scan } from "../text/scanner.ts";

/** A line of a machine-readable zone (ICAO Doc 9303): capitals, digits and the filler `<`. */
interface Line {
  readonly start: number;
  readonly end: number;
}

const longest = 44;

function isFiller(code: number): boolean {
  return code === 60 || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** The line around a place, or undefined when it has none of the three lengths. */
function lineAt(text: string, at: number): Line | undefined {
  let start = at;
  while (start > 0 && at - start <= longest && isFiller(text.charCodeAt(start - 1))) start -= 1;
  let end = at;
  while (end - start <= longest && isFiller(text.charCodeAt(end))) end += 1;
  const length = end - start;
  return length === 30 || length === 36 || length === 44 ? { start, end } : undefined;
}

const between = /^(?: {0,4}\r?\n {0,4}| {1,2}|(?:\\r)?\\n)/;

/** The line of the same length that follows over a line's end or a space. */
function nextLine(text: string, { start, end }: Line): Line | undefined {
  const gap = between.exec(text.slice(end, end + 12))?.[0].length;
  if (gap === undefined) return undefined;
  const line = lineAt(text, end + gap);
  return line?.start === end + gap && line.end - line.start === end - start ? line : undefined;
}

const checks = (value: string, start: number, length: number): boolean => {
  const digit = value.charAt(start + length);
  return String(documentCheck(value.slice(start, start + length))) === (digit === "<" ? "0" : digit);
};

/** Document number, birth and expiry, each with its check digit: at least two of three pass, so that one misread character hides nothing. */
const passes = (results: readonly boolean[]): boolean => results.filter(Boolean).length >= 2;

/** Kind, country and name, as the first line of a passport or the last of a card has them. */
const nameLine = /^[PIACV][A-Z<][A-Z<]{3}[A-Z]+(?:<[A-Z]+)*<<[A-Z<]+$/;

function zoneAt(text: string, first: Line): { readonly end: number; readonly kind: string; readonly sure: boolean } | undefined {
  const value = text.slice(first.start, first.end);
  const second = nextLine(text, first);
  if (second === undefined) return nameLine.test(value) && value.length > 30 ? { end: first.end, kind: "line", sure: false } : undefined;
  const below = text.slice(second.start, second.end);
  if (value.length > 30) {
    const sure = passes([checks(below, 0, 9), checks(below, 13, 6), checks(below, 21, 6)]);
    return sure || nameLine.test(value) ? { end: second.end, kind: value.length === 44 ? "td3" : "td2", sure } : undefined;
  }
  const third = nextLine(text, second);
  if (third === undefined || !/^[A-Z][A-Z<]*<<[A-Z<]*$/.test(text.slice(third.start, third.end))) return undefined;
  const sure = passes([checks(value, 5, 9), checks(below, 0, 6), checks(below, 8, 6)]);
  return { end: third.end, kind: "td1", sure };
}

/** The old German identity card prints its zone in one line: serial, birth, expiry, `D`, each with its check digit, and one over all. */
const oneLine = /^([CFGHJKLMNPRTVWXYZ0-9]{9}\d)(?:D?<<)? ?(\d{7})<? ?(\d{7})D?<* ?(\d)$/;

function germanLine({ text, found }: Scan): void {
  const value = text.length > 48 ? "" : text.trim();
  const parts = oneLine.exec(value);
  if (parts === null) return;
  const [serial = "", birth = "", expiry = "", last = ""] = parts.slice(1);
  if (!checks(serial, 0, 9) || !checks(birth, 0, 6) || !checks(expiry, 0, 6) || String(documentCheck(serial + birth + expiry)) !== last) return;
  const start = text.indexOf(value);
  const end = start + value.length;
  const because = "its check digits are right";
  found.push({ type: "document_id", subtype: "mrz.de", start, end, confidence: 0.99, rule: "document.mrz", class: "sensitive", because });
}

/** Machine-readable zones of passports, cards and visas, all lines as one finding. They begin with a line that holds `<<`. */
export function machineReadableZones(scan: Scan): void {
  const { text, found } = scan;
  germanLine(scan);
  for (let at = text.indexOf("<<"); at !== -1; at = text.indexOf("<<", at)) {
    const line = lineAt(text, at);
    const zone = line === undefined ? undefined : zoneAt(text, line);
    if (line !== undefined && zone !== undefined) {
      const finding: Finding = {
        type: "document_id",
        subtype: `mrz.${zone.kind}`,
        start: line.start,
        end: zone.end,
        confidence: zone.sure ? 0.99 : 0.8,
        rule: "document.mrz",
        class: "sensitive",
        because: zone.sure ? "its check digits are right" : "it has the form of a machine-readable zone",
      };
      found.push(finding);
    }
    at = Math.max(at + 2, zone?.end ?? line?.end ?? 0);
    while (text.charCodeAt(at) === 60) at += 1;
  }
}
