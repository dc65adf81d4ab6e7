import { continuesWord, inSet, isAlphanumeric, isDigit, isGroupSpace, isWordCharacter, LOWER, UPPER } from "../text/characters.ts";
import type { Scan } from "../text/scanner.ts";
import { ibanLengths } from "./iban-countries.ts";

/** What may stand once between two characters: a space, `-`, `.`, or the line break of a wrapped line. */
const isSeparator = (code: number): boolean => isGroupSpace(code) || code === 45 || code === 46 || code === 10;

interface Account {
  /** The characters without separators, in upper case. */
  readonly characters: string;
  readonly end: number;
}

/** The next `count` letters and digits from `start`, over single separators; undefined when the text holds something else or goes on. */
function readAccount(text: string, start: number, count: number): Account | undefined {
  let characters = "";
  let index = start;
  while (characters.length < count) {
    if (characters !== "" && isSeparator(text.charCodeAt(index))) index += 1;
    if (!isAlphanumeric(text.charCodeAt(index))) return undefined;
    characters += text[index];
    index += 1;
  }
  return isWordCharacter(text.charCodeAt(index)) ? undefined : { characters: characters.toUpperCase(), end: index };
}

/** ISO 7064 mod 97-10 over country, check digits and account, with country and check digits moved to the end and letters as 10 to 35. */
function passesMod97(country: string, checkAndAccount: string): boolean {
  let remainder = 0;
  for (const character of checkAndAccount.slice(2) + country + checkAndAccount.slice(0, 2)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Letters that scanners read in place of digits, put right. */
const asDigits = (characters: string): string => characters.replace(/O/g, "0").replace(/[IL]/g, "1");

/** Letters in spaced text must stand in groups of four, so that a sentence which happens to pass is not an account: `is404 flag for …`. */
function isWrittenAsAccount(account: string): boolean {
  if (!/[A-Za-z]/.test(account) || !/[^A-Za-z0-9]/.test(account)) return true;
  const groups = account.split(/[^A-Za-z0-9]/).filter((group) => group !== "");
  const size = groups.some((group) => group.length > 1) ? 4 : 1;
  return groups.every((group, index) => group.length === size || (index === groups.length - 1 && group.length < size));
}

/** International bank account numbers: a known country, its length, and the check digits (ISO 13616). Asked at the first digit. */
export function iban(scan: Scan, digits: number): number {
  const { text } = scan;
  const start = digits - 2;
  if (start < 0 || !inSet(text.charCodeAt(digits - 1), LOWER | UPPER) || !inSet(text.charCodeAt(start), LOWER | UPPER)) return 0;
  if (continuesWord(text, start)) return 0;
  const country = text.slice(start, digits).toUpperCase();
  const length = ibanLengths.get(country);
  if (length === undefined) return 0;
  const account = readAccount(text, digits, length - 2);
  if (account === undefined) return 0;
  const { characters, end } = account;
  if (!isDigit(characters.charCodeAt(1)) || !passesMod97(country, characters)) return misread(scan, country, account, start);
  if (!isWrittenAsAccount(text.slice(digits + 2, end))) return 0;
  scan.found.push({ type: "iban", subtype: `${country.toLowerCase()}.iban`, start, end, confidence: 1, rule: "iban", class: "sensitive" });
  return end;
}

/** An account in which digits were read as letters, where its country has accounts of digits alone. */
function misread(scan: Scan, country: string, { characters, end }: Account, start: number): number {
  const digits = asDigits(characters);
  if (!/[OIL]/.test(characters) || !/^\d+$/.test(digits) || !passesMod97(country, digits)) return 0;
  scan.found.push({
    type: "iban",
    subtype: `${country.toLowerCase()}.iban`,
    start,
    end,
    confidence: 0.9,
    rule: "iban.misread",
    class: "sensitive",
    because: "its check digits are right once letters are read as the digits that they look like",
  });
  return end;
}

/** Polish account numbers written without their country (NRB): 26 digits that pass as an IBAN of PL. */
export function polishAccount(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  if (end - start !== 26 && !(end - start === 2 && isSeparator(text.charCodeAt(end)))) return 0;
  const previous = text.charCodeAt(start - 1);
  if (continuesWord(text, start) || (isSeparator(previous) && isDigit(text.charCodeAt(start - 2)))) return 0;
  const account = readAccount(text, start, 26);
  if (account === undefined || !/^\d+$/.test(account.characters) || !passesMod97("PL", account.characters)) return 0;
  scan.found.push({ type: "iban", subtype: "pl.nrb", start, end: account.end, confidence: 0.95, rule: "iban.pl-domestic", class: "sensitive" });
  return account.end;
}
