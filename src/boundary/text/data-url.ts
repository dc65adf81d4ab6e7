import { ALNUM, DASH, EQUALS_SIGN, inSet, PLUS, SLASH, UNDERSCORE } from "./characters.ts";
import type { Scan } from "./scanner.ts";

/** `data:` with a media type, parameters and the comma (RFC 2397); at most this long before the data. */
const opening = /^data:([a-z]{1,20})\/[a-z0-9.+-]{1,80}((?:;[a-z0-9=._-]{1,60}){0,4}),/i;

/** What is shorter, in base64, is an example in prose. */
const minPayload = 16;

const readableAs: ReadonlyMap<string, string> = new Map([
  ["image", "unreadable.image"],
  ["audio", "unreadable.audio"],
  ["video", "unreadable.video"],
]);

/** Content inside the text that is not text, asked at the colon of `data:`. Its payload is passed over. */
export function dataUrl(scan: Scan, colon: number): number {
  const { text } = scan;
  const start = colon - 4;
  const match = opening.exec(text.slice(start, start + 400));
  if (match === null) return 0;
  let end = start + match[0].length;
  const base64 = (match[2] ?? "").toLowerCase().endsWith(";base64");
  const payload = ALNUM | DASH | UNDERSCORE | PLUS | SLASH | EQUALS_SIGN;
  const payloadStart = end;
  while (base64 && inSet(text.charCodeAt(end), payload)) end += 1;
  const medium = readableAs.get((match[1] ?? "").toLowerCase());
  // Text that is not encoded is read like all text.
  if (base64 ? end - payloadStart < minPayload : medium === undefined) return 0;
  const subtype = medium ?? "unreadable.file";
  scan.found.push({ type: "other", subtype, start, end, confidence: 1, rule: "unreadable.data-url", class: "sensitive" });
  return end;
}
