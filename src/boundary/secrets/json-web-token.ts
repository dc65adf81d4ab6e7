import { ALNUM, DASH, EQUALS_SIGN, inSet, UNDERSCORE } from "../text/characters.ts";
import type { Scan } from "../text/scanner.ts";

const SEGMENT = ALNUM | DASH | UNDERSCORE;
const maxHeader = 2048;

function segmentEnd(text: string, start: number): number {
  let end = start;
  while (inSet(text.charCodeAt(end), SEGMENT)) end += 1;
  return end;
}

/** Whether the segment decodes to a JOSE header (RFC 7515, section 4): a JSON object that names an algorithm. */
function isJoseHeader(segment: string): boolean {
  const decoded = Buffer.from(segment, "base64url").toString("utf8");
  if (!decoded.startsWith("{") || !decoded.endsWith("}")) return false;
  try {
    const header: unknown = JSON.parse(decoded);
    return typeof header === "object" && header !== null && ("alg" in header || "typ" in header || "enc" in header);
  } catch {
    return false;
  }
}

/** JSON Web Tokens in compact form (RFC 7519), three parts or, encrypted, five; the header must decode. Asked at the run that is the header. */
export function jsonWebToken(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  let from = start;
  if (text.charCodeAt(start - 1) === 92) from += 1;
  if (text.charCodeAt(end) !== 46 || !text.startsWith("ey", from) || end - from > maxHeader) return 0;
  const payload = segmentEnd(text, end + 1);
  if (payload - end < 8 || text.charCodeAt(payload) !== 46) return 0;
  // Both parts open as JSON objects do: a header that was damaged in copying is a header still.
  const opensTwice = text.startsWith("eyJ", from) && text.startsWith("eyJ", end + 1);
  let stop = segmentEnd(text, payload + 1);
  for (let more = 0; more < 2 && text.charCodeAt(stop) === 46; more += 1) {
    const next = segmentEnd(text, stop + 1);
    if (next === stop + 1) break;
    stop = next;
  }
  while (inSet(text.charCodeAt(stop), EQUALS_SIGN)) stop += 1;
  // Without a signature (`alg: none`) a token may be trusted all the same, by whoever forgets to check.
  if ((stop - payload < 8 && !(opensTwice && stop === payload + 1)) || !(opensTwice || isJoseHeader(text.slice(from, end)))) return 0;
  scan.found.push({ type: "secret", subtype: "jwt", start: from, end: stop, confidence: 0.97, rule: "secret.jwt", class: "secret" });
  return stop;
}
