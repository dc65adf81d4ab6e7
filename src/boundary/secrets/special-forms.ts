import { ALNUM, continuesWord, DASH, FULL_STOP, inSet, isDigit, TILDE, UNDERSCORE } from "../text/characters.ts";
import type { Scan } from "../text/scanner.ts";

const URL_SAFE = ALNUM | DASH | UNDERSCORE;

function add(scan: Scan, subtype: string, start: number, end: number): number {
  scan.found.push({ type: "secret", subtype, start, end, confidence: 0.95, rule: "secret.token", class: "secret" });
  return end;
}

function runEnd(text: string, start: number, set: number, max: number): number {
  let end = start;
  while (end < start + max && inSet(text.charCodeAt(end), set)) end += 1;
  return end;
}

/** Client secrets of Microsoft Entra ID: three characters, a digit, `Q~`, then 31 to 34 more. Asked at the tilde. */
export function azureClientSecret(scan: Scan, tilde: number): number {
  const { text } = scan;
  const start = tilde - 5;
  const set = URL_SAFE | FULL_STOP | TILDE;
  if (start < 0 || text.charCodeAt(tilde - 1) !== 81 || !isDigit(text.charCodeAt(tilde - 2)) || continuesWord(text, start)) return 0;
  const end = runEnd(text, tilde + 1, set, 40);
  const size = end - tilde - 1;
  if (size < 31 || size > 34 || runEnd(text, start, set, 5) !== tilde) return 0;
  return add(scan, "azure.client_secret", start, end);
}

/** OpenShift's access tokens: `sha256~` and 43 characters. Asked at the tilde. */
export function openshiftToken(scan: Scan, tilde: number): number {
  const { text } = scan;
  if (!text.startsWith("sha256", tilde - 6)) return 0;
  const end = runEnd(text, tilde + 1, URL_SAFE, 44);
  return end - tilde - 1 === 43 ? add(scan, "openshift.token", tilde - 6, end) : 0;
}

/** Telegram's bot tokens: the bot's number, a colon, 35 characters. Asked at the run after the colon. */
export function telegramToken(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  if (text.charCodeAt(start - 1) !== 58 || end - start !== 35) return 0;
  let from = start - 1;
  while (from > start - 12 && isDigit(text.charCodeAt(from - 1))) from -= 1;
  const size = start - 1 - from;
  return size < 8 || size > 10 || continuesWord(text, from) ? 0 : add(scan, "telegram.bot_token", from, end);
}

/** Addresses that anyone who knows them may post to: the path is the credential. */
const webhook =
  /^:\/\/(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/webhooks\/|[a-z0-9-]{1,40}\.webhook\.office\.com\/webhookb2\/)[A-Za-z0-9_/@-]{30,200}/;

/** Webhook addresses, asked at the colon of `://`. */
export function webhookUrl(scan: Scan, colon: number): number {
  const match = webhook.exec(scan.text.slice(colon, colon + 320));
  if (match === null) return 0;
  const start = scan.text.startsWith("https", colon - 5) ? colon - 5 : colon - 4;
  return add(scan, "webhook_url", Math.max(0, start), colon + match[0].length);
}
