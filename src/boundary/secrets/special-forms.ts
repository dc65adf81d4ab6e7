import { ALNUM, continuesWord, DASH, EQUALS_SIGN, FULL_STOP, inSet, isDigit, pastEscape, TILDE, UNDERSCORE } from "../text/characters.ts";
import { isTokenStandIn } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";

const URL_SAFE = ALNUM | DASH | UNDERSCORE;

function add(scan: Scan, subtype: string, start: number, end: number): number {
  if (isTokenStandIn(scan.text.slice(start, end))) return 0;
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

/** Discord's bot tokens: the bot's number in base64, six characters of a time, the signature. Asked at the run that is the number. */
export function discordToken(scan: Scan, run: number, end: number): number {
  const { text } = scan;
  if (text.charCodeAt(end) !== 46) return 0;
  const start = pastEscape(text, run);
  const size = end - start;
  if (size < 23 || size > 28 || !/^[MNO][A-Za-z]/.test(text.slice(start, start + 2))) return 0;
  const time = runEnd(text, end + 1, URL_SAFE, 8);
  if (time - end !== 7 || text.charCodeAt(time) !== 46) return 0;
  const stop = runEnd(text, time + 1, URL_SAFE, 40);
  return stop - time < 28 || stop - time > 39 ? 0 : add(scan, "discord.bot_token", start, stop);
}

/** Keys that a fixed part in their middle or at their end tells, by their whole length. */
const middles: ReadonlyMap<number, readonly (readonly [subtype: string, form: RegExp])[]> = new Map([
  // A month and a checksum follow the name of the service.
  [
    84,
    [
      ["azure.ai_key", /^[A-Za-z0-9]{52}JQQJ9[9A-D][A-Za-z0-9]{26}$/],
      ["azure.devops_pat", /^[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}$/],
    ],
  ],
  [52, [["azure.search_key", /^[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}$/]]],
  [50, [["mailgun.api_key", /^[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}$/]]],
  [36, [["mailchimp.api_key", /^[0-9a-f]{32}-us\d$/]]],
  [37, [["mailchimp.api_key", /^[0-9a-f]{32}-us\d\d$/]]],
]);

/** Asked at a long run. */
export function keyWithMiddle(scan: Scan, first: number, end: number): number {
  const start = pastEscape(scan.text, first);
  const forms = middles.get(end - start);
  if (forms === undefined) return 0;
  const run = scan.text.slice(start, end);
  const subtype = forms.find(([, form]) => form.test(run))?.[0];
  return subtype === undefined ? 0 : add(scan, subtype, start, end);
}

/** Google's refresh tokens begin with `1//0`, which is no run. Asked at the run after the slashes. */
export function googleRefreshToken(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  if (text.charCodeAt(start - 1) !== 47 || end - start < 40 || !text.startsWith("1//0", start - 3) || continuesWord(text, start - 3)) return 0;
  return add(scan, "google.refresh_token", start - 3, end);
}

/** Tokens of Terraform's cloud: 14 characters, `.atlasv1.`, 60 to 70 characters. Asked at the full stop. */
export function terraformToken(scan: Scan, dot: number): number {
  const { text } = scan;
  if (text.charCodeAt(dot + 1) !== 97 || !text.startsWith("atlasv1.", dot + 1) || dot < 14) return 0;
  const end = runEnd(text, dot + 9, URL_SAFE | EQUALS_SIGN, 80);
  const start = dot - 14;
  return end - dot - 9 < 60 || runEnd(text, start, ALNUM, 15) !== dot || continuesWord(text, start) ? 0 : add(scan, "terraform.token", start, end);
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

/** The same without a scheme, asked at the full stop behind `hooks`. */
export function bareWebhook(scan: Scan, dot: number): number {
  const { text } = scan;
  if (text.charCodeAt(dot + 1) !== 115 || !text.startsWith("hooks.slack.com/", dot - 5) || text.charCodeAt(dot - 6) === 47) return 0;
  const match = webhook.exec(`://${text.slice(dot - 5, dot + 300)}`);
  return match === null ? 0 : add(scan, "webhook_url", dot - 5, dot - 8 + match[0].length);
}
