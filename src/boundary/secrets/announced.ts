import { isWordCharacter, pastEscape } from "../text/characters.ts";
import type { Scan } from "../text/scanner.ts";
import { addValue, valueAfter } from "./assignment.ts";
import { isLoginPassword } from "./logins.ts";
import { isRandom, isSecretValue } from "./secret-value.ts";

/** The words for a password that a space may follow, lower-cased. */
const passwordWords = new Set([
  "password",
  "passwd",
  "passwort",
  "kennwort",
  "passe",
  "passphrase",
  "contraseña",
  "senha",
  "hasło",
  "heslo",
  "parola",
  "wachtwoord",
  "lösenord",
  "passord",
  "adgangskode",
  "salasana",
  "jelszó",
]);

const longestWord = 11;

/** Words between the word for a password and the password itself: `the password is …`, `das Passwort lautet …`. */
const connector =
  /^ (?:(?:now|jetzt|für \S{1,40}|for \S{1,40}|to \S{1,40}|pour \S{1,40}|de \S{1,40}) )?(?:is|was|ist|lautet|est|es|è|é|to|jest|je|är|er|on|este|:|=|->|→)(?::)? ["'`„“«]?/i;

/** What stands between the login and its password in a `.netrc`. */
const netrc = /(?:machine\s{1,9}\S{1,99}|default)\s{1,9}login\s{1,9}\S{1,64}\s{1,9}password$/;

/** A password behind its word without a sign: in a sentence, in `.netrc`, behind `--password`. Asked at the space after the word. */
export function announcedPassword(scan: Scan, space: number): number {
  const { text } = scan;
  let start = space;
  while (start > space - longestWord - 1 && isWordCharacter(text.charCodeAt(start - 1))) start -= 1;
  if (space - start < 5 || space - start > longestWord || !passwordWords.has(text.slice(start, space).toLowerCase())) return 0;
  const match = connector.exec(text.slice(space, space + 64));
  if (match !== null) {
    const value = valueAfter(text, space + match[0].length);
    // A sentence goes on where the value is none: digits make it one.
    return value !== undefined && /\d/.test(text.slice(value.start, value.end)) ? addValue(scan, "password", "password", trimmed(text, value)) : 0;
  }
  const value = valueAfter(text, space + 1);
  if (value === undefined) return 0;
  const word = text.slice(value.start, value.end);
  const isFlag = text.startsWith("--", start - 2);
  if (isFlag) return addValue(scan, "password", "password", value);
  if (netrc.test(text.slice(Math.max(0, space - 220), space)) && isLoginPassword(word, "")) {
    scan.found.push({ type: "secret", subtype: "password", start: value.start, end: value.end, confidence: 0.8, rule: "secret.login", class: "secret" });
    return 0;
  }
  const mixed = /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word) && /[^A-Za-z0-9,.;:)/'"-]/.test(word);
  return mixed ? addValue(scan, "password", "password", trimmed(text, value)) : 0;
}

/** Without the punctuation of the sentence around it. A `!` belongs to passwords far oftener than to the sentence. */
function trimmed<Value extends { readonly start: number; readonly end: number }>(text: string, value: Value): Value {
  let { end } = value;
  while (end > value.start && /[.,;:?)“”»"'`]/.test(text.charAt(end - 1))) end -= 1;
  return { ...value, end };
}

const keyWords =
  /(?<![\p{L}_-])(?:api[ -]?keys?|api[ -]?tokens?|api-?schlüssel|access (?:key|token)|auth(?:entication)? (?:key|token)|bearer token|(?:client |shared |app )?secret|secret key|private key|zugangsschlüssel|geheimer schlüssel|clé (?:api|secrète|d'api)|clave (?:api|secreta)|chiave (?:api|segreta)|klucz (?:api|tajny)|api-?sleutel|chave (?:api|secreta))(?!\p{L})[^\n]{0,24}$/iu;

/** Words for hashes, which look like keys and are none. */
const hashWords = /commit|revision|hash|sha-?\d|digest|md5|checksum|fingerprint/i;

const wordsReach = 56;

/** Random letters and digits behind the words for a key: `our API key is 9f8b…`. Asked at a long run. */
export function announcedKey(scan: Scan, first: number, end: number): number {
  const { text } = scan;
  const start = pastEscape(text, first);
  const size = end - start;
  if (size < 20 || size > 128 || text.charCodeAt(start - 1) > 96 || !hasDigits(text, start, end)) return 0;
  const lead = text.slice(Math.max(0, start - wordsReach), start).replaceAll("\n", " ");
  // What stands between lines of dashes is a key of its own kind, or the place of one.
  if (lead.includes("-----") || hashWords.test(lead) || !keyWords.test(lead) || !isRandom(text.slice(start, end))) return 0;
  if (!isSecretValue("hint", text.slice(start, end), false)) return 0;
  scan.found.push({ type: "secret", subtype: "generic", start, end, confidence: 0.7, rule: "secret.announced", class: "secret" });
  return 0;
}

/** At least three digits in what the run begins with. */
function hasDigits(text: string, start: number, end: number): boolean {
  let count = 0;
  for (let index = start; index < end && index < start + 40; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) count += 1;
    if (count === 3) return true;
  }
  return false;
}
