import { createHmac } from "node:crypto";

/** The word that a model reads; it tells what stands there, so the sentence keeps its sense. No word ends in another one. */
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

const otherWord = "Item";

/** What a secret's token begins with. It has no separator: what looks like a variable's name is taken for one, and read instead of copied. */
const secretWord = "FH";

/** How a token goes on after its word. */
export interface TokenForm {
  readonly word: string;
  readonly separated: boolean;
  /** Characters of the code; the last is a digit. */
  readonly codeLength: number;
}

const secretForm: TokenForm = { word: secretWord, separated: false, codeLength: 18 };
const formsByWord: ReadonlyMap<string, TokenForm> = new Map(
  [...Object.values(words), otherWord].map((word): [string, TokenForm] => [word, { word, separated: true, codeLength: 6 }]),
);

/** Every form that a token can have. */
export const tokenForms: readonly TokenForm[] = [...formsByWord.values(), secretForm];

/** Crockford's base 32: no I, L, O, U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export interface TokenKey {
  /** The tenant's key. */
  readonly secret: Buffer;
  /** Within it the same value has the same token: tenant and conversation. */
  readonly scope: string;
}

/**
 * `Email_K7Q2F9`: a word, `_`, five base-32 characters and a digit; a secret's is `FH` and 18 characters without separator. All codes of a form
 * have one length and end in a digit, with which no word begins: so no token is the beginning of another, and two that touch cannot be read as
 * a third. The same key, scope, type, material and attempt give the same token; a later attempt gives another.
 */
export function mintToken(key: TokenKey, type: string, material: readonly string[], attempt: number): string {
  const { word, separated, codeLength } = type === "secret" ? secretForm : (formsByWord.get(words[type] ?? otherWord) ?? secretForm);
  const mac = createHmac("sha256", key.secret)
    .update(JSON.stringify([key.scope, type, ...material, attempt]))
    .digest();
  let token = separated ? `${word}_` : word;
  for (let index = 1; index < codeLength; index += 1) token += alphabet[(mac[index] ?? 0) & 31];
  return token + (mac.readUInt16BE(30) % 10).toString();
}
