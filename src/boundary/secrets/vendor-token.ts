import { ALNUM, DASH, FULL_STOP, inSet, UNDERSCORE } from "../text/characters.ts";
import { entropy, isElided, isTokenStandIn } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";
import { tokenForms } from "./token-table.ts";
import type { TokenForm } from "./tokens/token-form.ts";

/** Token forms by the first two characters of their prefix, longest prefix first. */
const byLead = new Map<number, TokenForm[]>();

const leadOf = (text: string, start: number): number => (text.charCodeAt(start) << 7) | text.charCodeAt(start + 1);

for (const form of [...tokenForms].sort((one, other) => other[1].length - one[1].length)) {
  const lead = leadOf(form[1], 0);
  byLead.set(lead, [...(byLead.get(lead) ?? []), form]);
}

/** The end of the body, or -1 when it is too short, too long, or too regular to be random. */
function bodyEnd(text: string, [, , set, min, max, shape]: TokenForm, start: number): number {
  let end = start;
  const limit = start + max;
  while (end < limit && inSet(text.charCodeAt(end), set)) end += 1;
  // A full stop at the end closes the sentence, not the token.
  while (end > start && text.charCodeAt(end - 1) === 46) end -= 1;
  if (end - start < min || inSet(text.charCodeAt(end), ALNUM | UNDERSCORE) || isElided(text, end)) return -1;
  const body = text.slice(start, end);
  if (shape !== undefined && !(typeof shape === "string" ? body.includes(shape) : shape.test(body))) return -1;
  return entropy(text, start, end) < 2.2 || isTokenStandIn(body) ? -1 : end;
}

/** Prefixes that are words are no prefixes in the middle of a name: `task_test_…`. */
const ordinaryPrefix = /^(?:live|test|access|secret|sandbox|pat|re|sk|api|sdk|key)[_-]?$/;

/** How many prefixes of one run may fail before the rest of it is taken for noise: this keeps `sk-sk-sk-…` linear. */
const maxFailures = 8;

/** Where the token that begins at `start` ends; 0 when there is no prefix, -1 when a prefix is followed by no token. */
function tokenAt(scan: Scan, start: number, inside: boolean): number {
  const { text } = scan;
  let failed = 0;
  for (const form of byLead.get(leadOf(text, start)) ?? []) {
    const [subtype, prefix] = form;
    if (!text.startsWith(prefix, start) || (inside && ordinaryPrefix.test(prefix))) continue;
    failed = -1;
    const end = bodyEnd(text, form, start + prefix.length);
    if (end === -1) continue;
    scan.found.push({ type: "secret", subtype, start, end, confidence: 0.98, rule: "secret.token", class: "secret" });
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
    const found = tokenAt(scan, dottedLead(text, start), false);
    if (found > 0) return found;
  }
  let failures = 0;
  for (let index = start; index < end - 8 && failures < maxFailures; index += 1) {
    const begins = index === start || (index === start + 1 && previous === 92) || inSet(text.charCodeAt(index - 1), DASH | UNDERSCORE);
    if (!begins) continue;
    const found = tokenAt(scan, index, index > start + 1);
    if (found > 0) return found;
    failures -= found;
  }
  return 0;
}
