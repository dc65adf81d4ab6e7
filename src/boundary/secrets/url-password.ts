import { isStandIn } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";

const maxAuthority = 512;

/** What documentation writes in place of a password. */
const commonStandIn = /^(?:pass(?:word|wd)?|pwd|secret|token|passwort|kennwort|pw|user|username|foo|bar|abc|xyz|x+|\*+|\.+)$/i;

/** The name of a variable in its place. */
const variable = /^[A-Z_]*(?:PASSWORD|PASS|PWD|TOKEN|SECRET|KEY)[A-Z_]*$/;

/** Passwords in the authority of a URL (`scheme://user:password@host`, RFC 3986 section 3.2.1), asked at the colon of `://`. The finding is the password. */
export function urlPassword(scan: Scan, colon: number): number {
  const { text } = scan;
  const start = colon + 3;
  const limit = Math.min(text.length, start + maxAuthority);
  let separator = -1;
  let at = -1;
  for (let index = start; index < limit; index += 1) {
    const code = text.charCodeAt(index);
    // Whitespace, quotes, angle brackets, `/`, `?`, `#` and `\` end the authority.
    if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 47 || code === 63 || code === 35 || code === 92 || code === 96)
      break;
    if (code === 58 && separator === -1) separator = index;
    if (code === 64) at = index;
  }
  if (separator === -1 || at <= separator + 1) return 0;
  const password = text.slice(separator + 1, at);
  if (password.length < 3 || password === text.slice(start, separator) || commonStandIn.test(password) || variable.test(password) || isStandIn(password))
    return 0;
  scan.found.push({ type: "secret", subtype: "url_password", start: separator + 1, end: at, confidence: 0.9, rule: "secret.url-password", class: "secret" });
  return 0;
}
