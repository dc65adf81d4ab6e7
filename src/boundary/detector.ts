import { identifier } from "./identifiers/identifier.ts";
import { card } from "./personal/card.ts";
import { email } from "./personal/email.ts";
import { iban, polishAccount } from "./personal/iban.ts";
import { ipv4, ipv6 } from "./personal/ip.ts";
import { macWithColons, macWithDashes, macWithDots } from "./personal/mac.ts";
import { phone } from "./personal/phone.ts";
import type { Budget, Detector, Finding } from "./port.ts";
import { assignment, commandLineLogin, remoteAssignment } from "./secrets/assignment.ts";
import { jsonWebToken } from "./secrets/json-web-token.ts";
import { privateKey } from "./secrets/private-key.ts";
import { azureClientSecret, openshiftToken, telegramToken, webhookUrl } from "./secrets/special-forms.ts";
import { urlPassword } from "./secrets/url-password.ts";
import { vendorToken } from "./secrets/vendor-token.ts";
import { continuesWord, hexValue } from "./text/characters.ts";
import { dataUrl } from "./text/data-url.ts";
import { withoutOverlaps } from "./text/overlap.ts";
import { type Recognisers, type Scan, scanText } from "./text/scanner.ts";

/** Colons are common, so their neighbours choose what is asked. */
function colon(scan: Scan, at: number): number {
  const { text } = scan;
  const next = text.charCodeAt(at + 1);
  if (next === 47 && text.charCodeAt(at + 2) === 47) return webhookUrl(scan, at) || urlPassword(scan, at);
  if (next === 58 || hexValue(next) >= 0) {
    const end = macWithColons(scan, at) || ipv6(scan, at);
    if (end !== 0) return end;
  }
  const last = text.charCodeAt(at - 1) | 32;
  if (last === 97 && text.startsWith("data", at - 4)) {
    const end = dataUrl(scan, at);
    if (end !== 0) return end;
  }
  commandLineLogin(scan, at);
  return assignment(scan, at);
}

/** Above this, a number is told by a word nearby, and nobody else is asked. */
const certain = 0.9;

/** Digits behind a letter can only be those of an account or of another number that letters begin. */
function digits(scan: Scan, start: number, end: number): number {
  const behindLetter = continuesWord(scan.text, start);
  const account = behindLetter ? iban(scan, start) : polishAccount(scan, start, end);
  if (account !== 0) return account;
  // Behind a plus stands a telephone number, and asking every country for its own numbers is the dearest question there is.
  const number = scan.text.charCodeAt(start - 1) === 43 ? undefined : identifier(scan, start, end);
  let next = 0;
  if ((number === undefined || number.confidence < certain) && !behindLetter)
    next = ipv4(scan, start, end) || card(scan, start, end) || phone(scan, start, end);
  if (number === undefined) return next;
  scan.found.push(number);
  return Math.max(next, number.end);
}

const recognisers: Recognisers = {
  digits: [digits],
  longRun: [vendorToken, jsonWebToken, telegramToken, macWithDashes, remoteAssignment],
  at: [email],
  colon: [colon],
  equals: [assignment],
  dot: [macWithDots],
  tilde: [azureClientSecret, openshiftToken],
  begin: [privateKey],
};

/** Costly checks for a text that shares its budget with no other: about 2 ms of them. */
const ownBudget = 400;

const nothing: readonly Finding[] = Object.freeze([]);
/** `a@b.cd` is the shortest thing that is found. */
const shortest = 6;

/** The detector with everything that this house recognises. Stateless: one serves all requests. */
export function createDetector(): Detector {
  return {
    detect(text: string, budget: Budget = { checks: ownBudget }): readonly Finding[] {
      if (text.length < shortest) return nothing;
      const found = scanText(text, recognisers, budget);
      return found.length === 0 ? nothing : withoutOverlaps(found);
    },
  };
}
