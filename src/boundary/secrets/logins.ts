import { isElided, isStandIn } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";

/** What documentation writes in place of a password. */
const commonStandIn = /^(?:pass(?:word|wd|phrase)?|pwd|secret|token|passwort|kennwort|pw|user|username|foo|bar|abc|xyz|x+|\*+|\.+|x-oauth-basic)$/i;

/** The name of a variable in its place. */
const variable = /^[A-Z_]*(?:PASSWORD|PASS|PWD|TOKEN|SECRET|KEY)[A-Z_]*$|^[$%{<(]/;

/** Whether what stands behind the user's name in a login can be its password. */
export const isLoginPassword = (password: string, user: string): boolean =>
  password.length >= 3 && password !== user && !commonStandIn.test(password) && !variable.test(password) && !isStandIn(password);

function add(scan: Scan, start: number, end: number, rule: string): number {
  if (isElided(scan.text, end)) return 0;
  scan.found.push({ type: "secret", subtype: "password", start, end, confidence: 0.8, rule, class: "secret" });
  return 0;
}

/** Whether what stands before the name and its quote ends like an option: a look that costs little, since colons are common. */
function hasFlag(text: string, colon: number): boolean {
  let index = colon - 1;
  while (index > colon - 66 && isNameCharacter(text.charCodeAt(index))) index -= 1;
  const quote = text.charCodeAt(index);
  if (quote === 34 || quote === 39) index -= 1;
  for (let blanks = 0; blanks < 3 && (text.charCodeAt(index) === 32 || text.charCodeAt(index) === 61); blanks += 1) index -= 1;
  const last = text.charCodeAt(index) | 32;
  return index < colon - 1 && (last === 117 || last === 114);
}

/** Anything but white space, quotes, `$` and `:`. */
const isNameCharacter = (code: number): boolean => code > 32 && code !== 34 && code !== 39 && code !== 36 && code !== 58;

const commandLine = /(?:^|\s)(?:-u|--user|--proxy-user|-U)[ =]{0,3}(["']?)([^\s:"'$]{1,64})$/;

/** `curl -u name:password`, asked at the colon. */
export function commandLineLogin(scan: Scan, colon: number): number {
  const { text } = scan;
  const before = text.charCodeAt(colon - 1);
  if (before <= 32 || text.charCodeAt(colon + 1) <= 32 || text.charCodeAt(colon + 1) === 47) return 0;
  const match = hasFlag(text, colon) ? commandLine.exec(text.slice(Math.max(0, colon - 88), colon)) : null;
  if (match === null) return 0;
  const quote = match[1] ?? "";
  const inner = quote === "" && /^["']/.test(text.slice(colon + 1, colon + 2)) ? 1 : 0;
  const from = colon + 1 + inner;
  const value = (quote === "" ? /^[^\s"'`$<{]{3,128}/ : quote === '"' ? /^[^\s"$<{]{3,128}(?=")/ : /^[^\s'$<{]{3,128}(?=')/).exec(text.slice(from, from + 130));
  if (value === null || !isLoginPassword(value[0], match[2] ?? "")) return 0;
  return add(scan, from, from + value[0].length, "secret.login");
}

/** A line of PostgreSQL's `.pgpass`: host, port, database, user, password (its documentation, section 32.16). */
const passwordLine = /^:(?:\d{2,5}|\*):[\w*.-]{1,64}:[\w*.@-]{1,64}:([^\s:]{6,128})(?=\s|$)/;

/** `host:port:database:user:password`, asked at the first colon. */
export function passwordFileLine(scan: Scan, colon: number): number {
  const { text } = scan;
  const match = passwordLine.exec(text.slice(colon, colon + 340));
  if (match === null) return 0;
  const fields = match[0].split(":");
  const password = match[1] ?? "";
  // Groups of an IPv6 address or a fingerprint are hexadecimal throughout.
  if (/^[0-9a-f:]*$/i.test(match[0]) || !isLoginPassword(password, fields[3] ?? "") || !/[a-z]/i.test(fields[3] ?? "")) return 0;
  const end = colon + match[0].length;
  return add(scan, end - password.length, end, "secret.login");
}

/** `user:password@tcp(host:3306)/database`, as Go's drivers have it, asked at the `@`. */
export function driverLogin(scan: Scan, at: number): number {
  const { text } = scan;
  if (text.charCodeAt(at + 1) !== 116 && text.charCodeAt(at + 1) !== 117) return 0;
  if (!text.startsWith("tcp(", at + 1) && !text.startsWith("unix(", at + 1)) return 0;
  const match = /([\w.-]{1,64}):([^\s"'`@]{3,128})$/.exec(text.slice(Math.max(0, at - 194), at));
  if (match === null || !isLoginPassword(match[2] ?? "", match[1] ?? "")) return 0;
  return add(scan, at - (match[2] ?? "").length, at, "secret.login");
}
