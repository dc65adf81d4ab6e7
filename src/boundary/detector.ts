import { addresses } from "./addresses/addresses.ts";
import { joinedStreet } from "./addresses/joined-street.ts";
import { postcode } from "./addresses/postcode.ts";
import { withDisguised } from "./disguise/disguised.ts";
import { identifier } from "./identifiers/identifier.ts";
import { findNames } from "./names/names.ts";
import { covering } from "./names/rules/merge.ts";
import { bankCodes } from "./personal/bic.ts";
import { birthDate } from "./personal/birth-date.ts";
import { card } from "./personal/card.ts";
import { email } from "./personal/email.ts";
import { iban, polishAccount } from "./personal/iban.ts";
import { ipv4, ipv6 } from "./personal/ip.ts";
import { macWithColons, macWithDashes, macWithDots } from "./personal/mac.ts";
import { machineReadableZones } from "./personal/mrz.ts";
import { phone } from "./personal/phone.ts";
import { announcedPlates, tellingPlate } from "./personal/vehicle-plate.ts";
import type { Budget, Detector, Finding } from "./port.ts";
import { announcedKey, announcedPassword } from "./secrets/announced.ts";
import { assignment, remoteAssignment } from "./secrets/assignment.ts";
import { jsonWebToken } from "./secrets/json-web-token.ts";
import { kubernetesSecret } from "./secrets/kubernetes-secret.ts";
import { commandLineLogin, driverLogin, passwordFileLine } from "./secrets/logins.ts";
import { privateKey } from "./secrets/private-key.ts";
import {
  azureClientSecret,
  bareWebhook,
  discordToken,
  googleRefreshToken,
  keyWithMiddle,
  openshiftToken,
  telegramToken,
  terraformToken,
  webhookUrl,
} from "./secrets/special-forms.ts";
import { urlPassword } from "./secrets/url-password.ts";
import { vendorToken } from "./secrets/vendor-token.ts";
import { specialCategories } from "./special-category/special-category.ts";
import { continuesWord, hexValue, isDigit } from "./text/characters.ts";
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
  if (last === 100) kubernetesSecret(scan, at);
  commandLineLogin(scan, at);
  if (next === 42 || isDigit(next)) passwordFileLine(scan, at);
  return assignment(scan, at);
}

/** Above this, a number is told by a word nearby, and nobody else is asked. */
const certain = 0.9;

/** Digits behind a letter can only be those of an account or of another number that letters begin. */
function digits(scan: Scan, start: number, end: number): number {
  const behindLetter = continuesWord(scan.text, start);
  const account = behindLetter ? iban(scan, start) : polishAccount(scan, start, end);
  if (account !== 0) return account;
  const told = birthDate(scan, start, end) || tellingPlate(scan, start, end) || joinedStreet(scan, start, end) || postcode(scan, start, end);
  if (told !== 0) return told;
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
  longRun: [vendorToken, jsonWebToken, telegramToken, discordToken, keyWithMiddle, googleRefreshToken, macWithDashes, remoteAssignment, announcedKey],
  at: [email, driverLogin],
  colon: [colon],
  equals: [assignment],
  dot: [macWithDots, terraformToken, bareWebhook],
  tilde: [azureClientSecret, openshiftToken],
  begin: [privateKey],
  announced: [announcedPassword],
};

/** A name within an address, a mailbox or a key is part of that. */
function people(scan: Scan): void {
  const isPartOf = covering(
    scan.found.filter((one) => one.class !== "public" || (one.type === "location" && one.confidence >= 0.8)).sort((one, other) => one.start - other.start),
  );
  for (const name of findNames(scan.text, scan.budget.names)) if (!isPartOf(name.start, name.end)) scan.found.push(name);
}

/** What begins with words or lines, once all candidates were seen; the last looks at what the others found. */
const wholeText: readonly ((scan: Scan) => void)[] = [machineReadableZones, bankCodes, announcedPlates, addresses, people, specialCategories];

/** Costly checks for a text that shares its budget with no other: about 2 ms of them. */
const ownBudget = 400;

const nothing: readonly Finding[] = Object.freeze([]);
/** `a@b.cd` is the shortest thing that is found. */
const shortest = 6;

/** Encodings within encodings are followed this far. */
const maxLevels = 3;

function detectWithin(text: string, budget: Budget, levels: number): readonly Finding[] {
  if (text.length < shortest) return nothing;
  const scan = scanText(text, recognisers, budget);
  for (const recognise of wholeText) recognise(scan);
  const plain = scan.found.length === 0 ? nothing : withoutOverlaps(scan.found);
  if (levels === 0 || (scan.doubtful.length === 0 && scan.encoded.length === 0)) return plain;
  return withDisguised(plain, scan, (inner, rest) => detectWithin(inner, rest, levels - 1));
}

/** The detector with everything that this house recognises. Stateless: one serves all requests. */
export function createDetector(): Detector {
  return { detect: (text: string, budget: Budget = { checks: ownBudget }) => detectWithin(text, budget, maxLevels) };
}
