import type { Finding } from "../port.ts";
import { ALNUM, DASH, FULL_STOP, inSet, isForeignLetter, UNDERSCORE } from "../text/characters.ts";
import { isElided } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";
import { contradictsVendor, type SecretKind, schemeOf, secretKindOf } from "./secret-name.ts";
import { isSecretValue, maxValue } from "./secret-value.ts";

const maxName = 64;

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
  if (stop - start < 3) return "";
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
export function valueAfter(text: string, from: number): Value | undefined {
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
  if (isElided(text, end - 3)) return undefined;
  while (quote === 0 && end > start && text.charCodeAt(end - 1) === 46) end -= 1;
  return end > start ? { start, end, quoted: quote !== 0 && text.charCodeAt(end) === quote } : undefined;
}

/** Adds the value under a name of this kind, where it can be a secret. */
export function addValue(scan: Scan, name: string, kind: SecretKind, { start, end, quoted }: Value): number {
  const value = scan.text.slice(start, end);
  if (!isSecretValue(kind, value, quoted) || contradictsVendor(name, value)) return 0;
  const subtype = schemeOf(name, kind);
  scan.found.push({ type: "secret", subtype, start, end, confidence: kind === "password" ? 0.75 : 0.8, rule: "secret.assignment", class: "secret" });
  return 0;
}

/** The finding for a value that stands under a name of its own, as in a JSON object; undefined when the pair is innocent. */
export function secretUnderName(name: string, value: string): Finding | undefined {
  if (value.length < 6 || value.length >= maxValue) return undefined;
  const kind = secretKindOf(name);
  if (kind === undefined) return undefined;
  const scheme = schemePrefix.exec(value.slice(0, 10));
  const start = scheme === null ? 0 : scheme[0].length;
  const own = value.slice(start);
  if (!isSecretValue(kind, own, true) || contradictsVendor(name, own)) return undefined;
  return { type: "secret", subtype: schemeOf(name, kind), start, end: value.length, confidence: 0.75, rule: "secret.named-value", class: "secret" };
}

/** A name and its value as two members: `<add key="Password" value="…"/>`, `- name: DB_PASSWORD` over `value: …`. */
const namedBefore = /(?:^|[\s"'{,<(-])(?:name|key)["']?\s{0,4}[:=]\s{0,4}["']?([\w.-]{3,64})["']?[\s,]{1,24}["']?$/i;

/** The name of a value that calls itself no more than `value`. */
function nameOfValue(text: string, end: number): string {
  return namedBefore.exec(text.slice(Math.max(0, end - 120), end))?.[1] ?? "";
}

const valueWord = /^(?:secret_?)?value$/i;

/** `name = value`, `name: value`, `name := value`, `name ?= value`, `name => value`, asked at the `=` or `:`. */
export function assignment(scan: Scan, sign: number): number {
  const { text } = scan;
  const next = text.charCodeAt(sign + 1);
  if (next === 61 || next === 58) return 0;
  let nameEnd = sign;
  while (nameEnd > sign - 3 && (text.charCodeAt(nameEnd - 1) === 58 || text.charCodeAt(nameEnd - 1) === 63)) nameEnd -= 1;
  let name = nameBefore(text, nameEnd);
  if (name.length < 3) return 0;
  if (valueWord.test(name)) name = nameOfValue(text, text.lastIndexOf(name, nameEnd));
  const kind = secretKindOf(name);
  if (kind === undefined) return 0;
  const value = valueAfter(text, next === 62 ? sign + 2 : sign + 1);
  return value === undefined ? 0 : addValue(scan, name, kind, value);
}

/** `setProperty("api_token", "value")`, `<apiToken>value</apiToken>` and `--api-token value`, asked at a long run that may be the value. */
export function remoteAssignment(scan: Scan, start: number): number {
  const { text } = scan;
  let mark = start;
  const limit = Math.max(0, start - 8);
  while (mark > limit && (text.charCodeAt(mark - 1) <= 32 || isQuote(text.charCodeAt(mark - 1)))) mark -= 1;
  const sign = text.charCodeAt(mark - 1);
  const isFlag = mark < start && isNamePart(sign);
  if (!isFlag && sign !== 62 && !(sign === 44 && isQuote(text.charCodeAt(mark - 2)))) return 0;
  const name = nameBefore(text, isFlag ? mark : mark - 1);
  if (isFlag && !name.startsWith("--")) return 0;
  const kind = secretKindOf(isFlag ? name.slice(2) : name);
  if (kind === undefined || (sign === 44 && !isQuote(text.charCodeAt(mark - 3 - name.length)))) return 0;
  const value = valueAfter(text, mark);
  return value === undefined ? 0 : addValue(scan, name, kind, value);
}
