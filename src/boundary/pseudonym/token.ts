import { createHmac } from "node:crypto";

/** The word that a model reads; it tells what stands there, so the sentence keeps its sense. One capital, then small letters. */
const words: Readonly<Record<string, string>> = {
  person: "Person",
  address: "Address",
  location: "Location",
  organisation: "Organisation",
  birth_date: "Birthdate",
  phone: "Phone",
  email: "Email",
  iban: "Iban",
  bic: "Bic",
  card: "Card",
  ip: "Ip",
  mac: "Mac",
  vehicle: "Vehicle",
  person_id: "Number",
  business_id: "Business",
  document_id: "Document",
  special_category: "Fact",
  known_value: "Value",
};

const wordOf = (type: string): string => words[type] ?? "Item";

/** Crockford's base 32: no I, L, O, U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * `Email_K7Q2F9`: a word, `_`, five base-32 characters and a digit. Models copy it like an identifier; it survives Markdown, URLs, file
 * names and JSON. All suffixes have one length, and none ends in a letter with which a word begins: so no token is the beginning of
 * another, and two that touch cannot be read as a third.
 */
export const tokenShape = /[A-Z][a-z]{1,15}_[0-9A-Z]{5}[0-9]/g;

/** The longest token. */
export const maxTokenLength = 16 + 1 + 6;

export interface TokenKey {
  /** The tenant's key. */
  readonly secret: Buffer;
  /** The conversation or tenant within which the same value has the same token. */
  readonly scope: string;
}

/** The token for a value: the same for the same key, scope, type, value and attempt; a later attempt gives another. */
export function mintToken(key: TokenKey, type: string, value: string, attempt: number): string {
  const mac = createHmac("sha256", key.secret)
    .update(JSON.stringify([key.scope, type, value, attempt]))
    .digest();
  let token = `${wordOf(type)}_`;
  for (let index = 0; index < 5; index += 1) token += alphabet[(mac[index] ?? 0) & 31];
  return token + (mac.readUInt16BE(5) % 10).toString();
}
