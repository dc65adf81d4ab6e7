import { entropy, isStandIn } from "../text/randomness.ts";
import type { SecretKind } from "./secret-name.ts";

/** Longer values are texts or keys that other rules find. */
export const maxValue = 512;

/** How many kinds of characters there are: small and capital letters (a leading capital does not count), digits, others. */
function kindsOf(value: string): number {
  return Number(/[a-z]/.test(value)) + Number(/.[A-Z]/.test(value)) + Number(/\d/.test(value)) + Number(/[^A-Za-z0-9]/.test(value));
}

/** References to where the secret is, calls, types and paths: none of them is the secret. */
const reference =
  /^(?:env:|file:|credential:|process\.|os\.|config\.|settings?\.|self\.|this\.|vault:|secretkeyref|arn:|urn:|https?:|ssh-(?:rsa|ed25519)|\/|\.\/|[a-z_]+\(|\$(?!2[aby]\$)|%|@|#|<|\{|\[|\()|^[\w.$]+[([]|\($|^(?:str(?:ing)?|int|bool(?:ean)?|optional|required|getenv)\b|^(?:var|local|data|secrets|steps|inputs|params|args|ctx|module|each)\.[a-z]/i;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A machine writes hexadecimal digits all small or all large; a mixture was typed to look like some. */
const mixedHex = /^(?=.*[a-f])(?=.*[A-F])[0-9a-fA-F]{16,}$/;

/** `AgencyIdentificationCode`, `clm97545`: words without a joint, each of three letters and more. */
const camelCase = /^(?:[A-Za-z]?[a-z]{2,15}(?=[A-Z\d]|$))(?:[A-Z][a-z]{2,15}|[A-Z]\d{1,4})*\d{0,5}$/;

/** Words joined by dots, dashes or underscores with hardly a digit among them are names of things: `assistant-v2`, `auth_x509_cert_url`. */
function isIdentifier(value: string): boolean {
  if (value.replace(/\D/g, "").length > 5) return false;
  const words = value.split(/[-_.:]/);
  return words.every((word) => word.length <= 16 && /^[A-Za-z]{0,16}\d{0,5}$/.test(word)) || words.every((word) => camelCase.test(word));
}

/** Names of files and folders, and of images with their version. */
const path = /^(?:[\w.-]+\/)+[\w.-]+\.[a-z]{1,5}$|\.(?:json|ya?ml|pem|key|crt|txt|env|ts|js|py|go|rb|md)$|^[a-z][a-z0-9./-]*:(?:latest|v?\d+(?:\.\d+)*)$/i;

/** A password that a person chose: not one word, and not a sentence. */
function isPassword(value: string, quoted: boolean): boolean {
  if (value.length > 128 || entropy(value, 0, value.length) < 2) return false;
  const variety = kindsOf(value);
  return /\d/.test(value) ? variety >= 2 : variety >= 3 || (quoted && variety === 2 && /[^A-Za-z0-9_.:-]/.test(value) && !/\s/.test(value));
}

/** A key under a name that says so: letters and digits without a pattern. */
function isKey(value: string): boolean {
  if (value.length < 12 || !/\d/.test(value)) return false;
  if (!/[A-Za-z]/.test(value)) return value.length >= 24 && /^\d+$/.test(value) && entropy(value, 0, value.length) >= 2.8;
  if (isIdentifier(value) || mixedHex.test(value)) return false;
  return entropy(value, 0, value.length) >= (value.length >= 20 ? 2.9 : 3);
}

/** A key under a name that may mean other things too: long, of several kinds, and as random as keys are. */
export function isRandom(value: string): boolean {
  const digits = value.replace(/\D/g, "").length;
  if (value.length < 20 || digits < 3 || value.length - digits < 5 || !/^[\w+/=.~!:-]+$/.test(value) || uuid.test(value)) return false;
  if (isIdentifier(value) || mixedHex.test(value) || path.test(value)) return false;
  return /[G-Zg-z]/.test(value) ? entropy(value, 0, value.length) >= 3.6 : value.length >= 32 && entropy(value, 0, value.length) >= 3.1;
}

/** A token of ours in the place of a value (`Person_K7Q2F9`), as conversations that were replaced before hold them. */
const ownToken = /^(?:[A-Z][a-z]{1,12}_[0-9A-HJKMNP-TV-Z]{5}\d|FH[0-9A-HJKMNP-TV-Z]{17}\d)$/;

/** Whether the value under a name of this kind can be the secret itself. */
export function isSecretValue(kind: SecretKind, value: string, quoted: boolean): boolean {
  if (kind === "key" && uuid.test(value)) return entropy(value, 0, value.length) > 2;
  if (value.length < 6 || value.length >= maxValue || reference.test(value) || ownToken.test(value) || isStandIn(value)) return false;
  switch (kind) {
    case "password":
      return isPassword(value, quoted);
    case "key":
      return isKey(value) && !path.test(value);
    case "hint":
      return isRandom(value);
    case "login":
      return /^[^\s:]{4,}:[^\s:]{4,}$/.test(value);
    case "signature":
      return /^[\w%+/-]{40,100}(?:%3[dD]|=)$/.test(value);
  }
}
