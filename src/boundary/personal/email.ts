import { ALNUM, DASH, inSet, isAlphanumeric, isForeignLetter, LOWER, UPPER } from "../text/characters.ts";
import { lexicon } from "../text/lexicon.ts";
import type { Scan } from "../text/scanner.ts";

const maxLocal = 64;
const maxDomain = 253;
const maxLabel = 63;

/** `. _ % + ' & ~ -`; the other marks that RFC 5322 allows stand far oftener beside an address than in one. */
const localMarks = new Set([46, 95, 37, 43, 39, 38, 126, 45]);

const isLocal = (code: number): boolean => isAlphanumeric(code) || localMarks.has(code) || isForeignLetter(code);
const isLabel = (code: number): boolean => inSet(code, ALNUM | DASH) || isForeignLetter(code);

/** File names such as `icon@2x.png` are no addresses. */
const fileEndings = new Set(["png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "scss", "html", "json", "jsx", "tsx"]);

/** Where the local part begins, or `at` when there is none. */
function localStart(text: string, at: number): number {
  let start = at;
  const limit = Math.max(0, at - maxLocal);
  while (start > limit && isLocal(text.charCodeAt(start - 1))) start -= 1;
  // The letter of an escape such as `\n` in quoted text is no part of it.
  if (text.charCodeAt(start - 1) === 92 && start < at - 1) start += 1;
  while (start < at && !isAlphanumeric(text.charCodeAt(start)) && !isForeignLetter(text.charCodeAt(start))) start += 1;
  return start;
}

/** Where the domain ends: after the last label that can be a top-level domain; `from` when there is none. */
function domainEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + maxDomain);
  let best = from;
  let labelStart = from;
  for (let labels = 1; labelStart < limit; labels += 1) {
    let end = labelStart;
    let letters = 0;
    let foreign = 0;
    while (end < limit && end - labelStart < maxLabel && isLabel(text.charCodeAt(end))) {
      const code = text.charCodeAt(end);
      if (inSet(code, LOWER | UPPER)) letters += 1;
      else if (isForeignLetter(code)) foreign += 1;
      end += 1;
    }
    while (end > labelStart && text.charCodeAt(end - 1) === 45) end -= 1;
    const size = end - labelStart;
    if (size === 0 || text.charCodeAt(labelStart) === 45) break;
    if (labels > 1 && size >= 2 && (letters === size || foreign === size || text.startsWith("xn--", labelStart))) best = end;
    if (text.charCodeAt(end) !== 46) break;
    labelStart = end + 1;
  }
  return best;
}

/** User names of URLs (`ssh://git@host`) and of the scp form (`git@host:path`) are no mailboxes. */
function isUserInfo(text: string, start: number, end: number): boolean {
  const previous = text.charCodeAt(start - 1);
  if (previous === 47 || previous === 58) {
    const lead = text.slice(Math.max(0, start - 80), start);
    const scheme = lead.lastIndexOf("://");
    if (scheme !== -1 && !/[\s"'<>]/.test(lead.slice(scheme))) return true;
  }
  return text.charCodeAt(end) === 58 && text.startsWith("git@", start);
}

const labels: ReadonlySet<number> = new Set(
  [
    "email",
    "e mail",
    "mail",
    "correo*",
    "courriel*",
    "e post",
    "epost",
    "sposti*",
    "sähköposti*",
    "poczta",
    "posta elettronica",
    "имейл",
    "ηλεκτρονικό ταχυδρομείο",
  ].map((word) => lexicon.add(word)),
);
/** A domain without its dot, or behind a space that a line's end left. */
const brokenDomain = /^(?: [a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,3}\.[a-z]{2,10}|[a-z][a-z0-9-]{3,40})(?![\p{L}\d@/.])/iu;

/** What stands where an address is announced, although its domain is broken: `E-mail: jane@exampleorg`. */
function announced(scan: Scan, start: number, at: number): void {
  const { text, words } = scan;
  if (!words.some(labels, start - 24, start) || !/[:=] *[(<"']?$/.test(text.slice(Math.max(0, start - 6), start))) return;
  const domain = brokenDomain.exec(text.slice(at + 1, at + 90))?.[0];
  if (domain === undefined) return;
  const because = "a word for e-mail stands before it";
  scan.found.push({
    type: "email",
    subtype: undefined,
    start,
    end: at + 1 + domain.length,
    confidence: 0.75,
    rule: "email.label",
    class: "sensitive",
    because,
  });
}

/** E-mail addresses, internationalised ones (RFC 6531) too. */
export function email(scan: Scan, at: number): number {
  const { text } = scan;
  const start = localStart(text, at);
  if (start === at) return 0;
  const end = domainEnd(text, at + 1);
  if (end === at + 1) {
    announced(scan, start, at);
    return 0;
  }
  if (isUserInfo(text, start, end)) return 0;
  if (fileEndings.has(text.slice(text.lastIndexOf(".", end) + 1, end).toLowerCase())) return 0;
  scan.found.push({ type: "email", subtype: undefined, start, end, confidence: 0.95, rule: "email", class: "sensitive" });
  return 0;
}
