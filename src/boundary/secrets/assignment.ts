import type { Finding } from "../port.ts";
import { ALNUM, DASH, FULL_STOP, inSet, isForeignLetter, UNDERSCORE } from "../text/characters.ts";
import { entropy, isStandIn } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";
import { type SecretKind, schemeOf, secretKindOf } from "./secret-name.ts";

const maxName = 64;
const maxValue = 512;

const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;
const isBlank = (code: number): boolean => code === 32 || code === 9;
const isNamePart = (code: number): boolean => inSet(code, ALNUM | DASH | FULL_STOP | UNDERSCORE) || isForeignLetter(code);

/** A type between name and sign, as in `var token string = …`: the name stands before it. */
const typeWord = /^(?:string|str|&?'?static|char|text|varchar)$/i;

/** The name that ends at `end`, over blanks, a quote and one bracket: `password`, `"password"`, `env['password']`, `Kennwort `. */
function nameBefore(text: string, end: number, deep = true): string {
  let stop = end;
  const limit = Math.max(0, end - 4);
  while (
    stop > limit &&
    (isBlank(text.charCodeAt(stop - 1)) || isQuote(text.charCodeAt(stop - 1)) || text.charCodeAt(stop - 1) === 93 || text.charCodeAt(stop - 1) === 92)
  ) {
    stop -= 1;
  }
  let start = stop;
  while (start > stop - maxName && isNamePart(text.charCodeAt(start - 1))) start -= 1;
  const name = text.slice(start, stop);
  return deep && typeWord.test(name) ? nameBefore(text, start, false) : name;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** `Bearer`, `Basic` and `Token` before the credentials of an Authorization header (RFC 9110, section 11.4). */
const schemePrefix = /^(?:bearer|basic|token|apikey)\s+/i;

/** The value that begins at or after `from`: quoted up to its quote, bare up to white space or punctuation that ends it. */
function valueAfter(text: string, from: number): Value | undefined {
  let start = from;
  const limit = from + 8;
  while (start < limit && (isBlank(text.charCodeAt(start)) || text.charCodeAt(start) === 10 || text.charCodeAt(start) === 13)) start += 1;
  if (text.charCodeAt(start) === 92) start += 1;
  const quote = isQuote(text.charCodeAt(start)) ? text.charCodeAt(start) : 0;
  if (quote !== 0) start += 1;
  const match = schemePrefix.exec(text.slice(start, start + 10));
  if (match !== null) start += match[0].length;
  let end = start;
  for (; end < start + maxValue && end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code <= 32 || code === quote || code === 92 || code === 60) break;
    if (quote === 0 && (isQuote(code) || code === 44 || code === 59 || code === 38 || code === 41 || code === 93 || code === 125)) break;
  }
  while (quote === 0 && end > start && text.charCodeAt(end - 1) === 46) end -= 1;
  return end > start ? { start, end, quoted: quote !== 0 && text.charCodeAt(end) === quote } : undefined;
}

/** How many kinds of characters there are: small and capital letters (a leading capital does not count), digits, others. */
function kindsOf(value: string): number {
  return Number(/[a-z]/.test(value)) + Number(/.[A-Z]/.test(value)) + Number(/\d/.test(value)) + Number(/[^A-Za-z0-9]/.test(value));
}

/** References to where the secret is, calls, types and paths: none of them is the secret. */
const reference =
  /^(?:env:|file:|credential:|process\.|os\.|config\.|settings?\.|self\.|this\.|vault:|secretkeyref|https?:|\/|\.\/|[a-z_]+\(|\$|%|@|#|<|\{|\[|\()|^[\w.$]+\(|\($|^(?:str(?:ing)?|int|bool(?:ean)?|optional|required|getenv)\b/i;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Words joined by dots, dashes or underscores with hardly a digit among them are names of things: `assistant-v2`, `auth_x509_cert_url`. */
function isIdentifier(value: string): boolean {
  const digits = value.replace(/\D/g, "").length;
  const words = value.split(/[-_.]/);
  return digits <= 4 && words.every((word) => /^[A-Za-z]{0,16}\d{0,4}$/.test(word) && word.length <= 16);
}

/** Whether the value under a name of this kind can be the secret itself. */
function isSecretValue(kind: SecretKind, value: string, quoted: boolean): boolean {
  if (value.length < 6 || value.length >= maxValue || reference.test(value) || isStandIn(value)) return false;
  if (kind === "password") {
    if (value.length > 128 || entropy(value, 0, value.length) < 2) return false;
    const variety = kindsOf(value);
    return /\d/.test(value) ? variety >= 2 : variety >= 3 || (quoted && variety === 2 && /[^A-Za-z0-9_.:-]/.test(value) && !/\s/.test(value));
  }
  if (value.length < 12 || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (uuid.test(value)) return true;
  if (isIdentifier(value)) return false;
  return entropy(value, 0, value.length) >= (value.length >= 20 ? 2.9 : 3);
}

function add(scan: Scan, name: string, kind: SecretKind, value: Value): number {
  if (!isSecretValue(kind, scan.text.slice(value.start, value.end), value.quoted)) return 0;
  const { start, end } = value;
  scan.found.push({
    type: "secret",
    subtype: schemeOf(name, kind),
    start,
    end,
    confidence: kind === "password" ? 0.75 : 0.8,
    rule: "secret.assignment",
    class: "secret",
  });
  return 0;
}

/** The finding for a value that stands under a name of its own, as in a JSON object; undefined when the pair is innocent. */
export function secretUnderName(name: string, value: string): Finding | undefined {
  if (value.length < 6 || value.length >= maxValue) return undefined;
  const kind = secretKindOf(name);
  if (kind === undefined) return undefined;
  const scheme = schemePrefix.exec(value.slice(0, 10));
  const start = scheme === null ? 0 : scheme[0].length;
  if (!isSecretValue(kind, value.slice(start), true)) return undefined;
  return { type: "secret", subtype: schemeOf(name, kind), start, end: value.length, confidence: 0.75, rule: "secret.named-value", class: "secret" };
}

/** `name = value`, `name: value`, `name := value`, `name => value`, asked at the `=` or `:`. */
export function assignment(scan: Scan, sign: number): number {
  const { text } = scan;
  const next = text.charCodeAt(sign + 1);
  if (next === 61 || next === 58) return 0;
  const previous = text.charCodeAt(sign - 1);
  const nameEnd = previous === 58 || previous === 63 ? sign - 1 : sign;
  const name = nameBefore(text, nameEnd);
  const kind = secretKindOf(name);
  if (kind === undefined) return 0;
  const value = valueAfter(text, next === 62 ? sign + 2 : sign + 1);
  return value === undefined ? 0 : add(scan, name, kind, value);
}

/** `setProperty("api_token", "value")` and `<apiToken>value</apiToken>`, asked at a long run that may be the value. */
export function remoteAssignment(scan: Scan, start: number): number {
  const { text } = scan;
  let mark = start;
  const limit = Math.max(0, start - 8);
  while (mark > limit && (text.charCodeAt(mark - 1) <= 32 || isQuote(text.charCodeAt(mark - 1)))) mark -= 1;
  const sign = text.charCodeAt(mark - 1);
  if (sign !== 62 && !(sign === 44 && isQuote(text.charCodeAt(mark - 2)))) return 0;
  const name = nameBefore(text, mark - 1);
  const kind = secretKindOf(name);
  if (kind === undefined || (sign === 44 && !isQuote(text.charCodeAt(mark - 3 - name.length)))) return 0;
  const value = valueAfter(text, mark);
  return value === undefined ? 0 : add(scan, name, kind, value);
}

/** `curl -u name:password`, asked at the colon. */
export function commandLineLogin(scan: Scan, colon: number): number {
  const { text } = scan;
  let start = colon;
  while (start > colon - maxName && (isNamePart(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === 64)) start -= 1;
  if (start === colon || !/(?:^|\s)(?:-u|--user)[ =]{1,3}["']?$/.test(text.slice(Math.max(0, start - 12), start))) return 0;
  const value = valueAfter(text, colon + 1);
  return value === undefined ? 0 : add(scan, "password", "password", value);
}
