import { ALNUM, DASH, FULL_STOP, inSet, UNDERSCORE } from "../text/characters.ts";
import { entropy, isTokenStandIn } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";
import { type TokenForm, tokenForms } from "./token-table.ts";

/** Token forms by the first two characters of their prefix, longest prefix first. */
const byLead = new Map<number, TokenForm[]>();

const leadOf = (text: string, start: number): number => (text.charCodeAt(start) << 7) | text.charCodeAt(start + 1);

for (const form of [...tokenForms].sort((one, other) => other.prefix.length - one.prefix.length)) {
  const lead = leadOf(form.prefix, 0);
  byLead.set(lead, [...(byLead.get(lead) ?? []), form]);
}

/** The end of the body, or -1 when it is too short, too long, or too regular to be random. */
function bodyEnd(text: string, form: TokenForm, start: number): number {
  let end = start;
  const limit = start + form.max;
  while (end < limit && inSet(text.charCodeAt(end), form.body)) end += 1;
  // A full stop at the end closes the sentence, not the token.
  while (end > start && text.charCodeAt(end - 1) === 46) end -= 1;
  if (end - start < form.min || inSet(text.charCodeAt(end), ALNUM | UNDERSCORE)) return -1;
  if (form.holds !== undefined && !text.slice(start, end).includes(form.holds)) return -1;
  if (entropy(text, start, end) < 2.2 || isTokenStandIn(text.slice(start, end))) return -1;
  return end;
}

/** How many prefixes of one run may fail before the rest of it is taken for noise: this keeps `sk-sk-sk-…` linear. */
const maxFailures = 8;

/** Where the token that begins at `start` ends; 0 when there is no prefix, -1 when a prefix is followed by no token. */
function tokenAt(scan: Scan, start: number): number {
  const { text } = scan;
  let failed = 0;
  for (const form of byLead.get(leadOf(text, start)) ?? []) {
    if (!text.startsWith(form.prefix, start)) continue;
    failed = -1;
    const end = bodyEnd(text, form, start + form.prefix.length);
    if (end === -1) continue;
    scan.found.push({ type: "secret", subtype: form.subtype, start, end, confidence: 0.98, rule: "secret.token", class: "secret" });
    return end;
  }
  return failed;
}

/** Where a prefix with a full stop (`hvs.`, `SG.`) would begin that ends just before the run. */
function dottedLead(text: string, start: number): number {
  let lead = start;
  while (lead > start - 12 && inSet(text.charCodeAt(lead - 1), ALNUM | FULL_STOP | DASH)) lead -= 1;
  return text.charCodeAt(lead - 1) === 92 ? lead + 1 : lead;
}

/** Tokens that their vendors gave a prefix of their own. A token may begin inside a run after `-`, `_` or an escape such as `\n`. */
export function vendorToken(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  const previous = text.charCodeAt(start - 1);
  if (previous === 46) {
    const found = tokenAt(scan, dottedLead(text, start));
    if (found > 0) return found;
  }
  let failures = 0;
  for (let index = start; index < end - 8 && failures < maxFailures; index += 1) {
    const begins = index === start || (index === start + 1 && previous === 92) || inSet(text.charCodeAt(index - 1), DASH | UNDERSCORE);
    if (!begins) continue;
    const found = tokenAt(scan, index);
    if (found > 0) return found;
    failures -= found;
  }
  return 0;
}
