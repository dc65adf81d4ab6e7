import type { Scan } from "../text/scanner.ts";
import { isLoginPassword } from "./logins.ts";

const maxAuthority = 512;

/** User names that stand beside a token in the password's place, or passwords beside a token in the user's. */
const tokenBeside = /^(?:x-oauth-basic|x-access-token|oauth2|token|x-token-auth|gitlab-ci-token)$/i;

const token = /^(?=.*\d)[A-Za-z0-9_-]{20,}$/;

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
  if (at <= start) return 0;
  const user = text.slice(start, separator === -1 || separator > at ? at : separator);
  const password = separator === -1 || separator > at ? "" : text.slice(separator + 1, at);
  const userIsToken = token.test(user) && (password === "" || tokenBeside.test(password));
  if (!userIsToken && !isLoginPassword(password, user)) return 0;
  const from = userIsToken ? start : separator + 1;
  const end = userIsToken ? start + user.length : at;
  scan.found.push({ type: "secret", subtype: "url_password", start: from, end, confidence: 0.9, rule: "secret.url-password", class: "secret" });
  return 0;
}
