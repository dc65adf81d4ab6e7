import { createHash } from "node:crypto";

/** What a token stands for. */
export type Kind = "person" | "email";

/** One way to write a token. */
export interface Shape {
  readonly name: string;
  readonly example: string;
  /** The token for the value with this number; the same number gives the same token. */
  token(kind: Kind, number: number): string;
}

const bytes = (seed: string): Buffer => createHash("sha256").update(seed).digest();
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Letters and digits of a fixed number, the last a digit. */
function code(kind: Kind, number: number, length: number): string {
  const random = bytes(`${kind} ${number}`);
  let text = "";
  for (let index = 0; index < length - 1; index += 1) text += crockford[(random[index] ?? 0) & 31];
  return text + String((random[31] ?? 0) % 10);
}

const consonants = "bdfgklmnprstvz";
const vowels = "aeiou";

/** A word that can be spoken and means nothing. */
function word(kind: Kind, number: number): string {
  const random = bytes(`${kind} ${number}`);
  let text = "";
  for (let index = 0; index < 4; index += 1)
    text += consonants.charAt((random[index] ?? 0) % consonants.length) + vowels.charAt((random[index + 8] ?? 0) % vowels.length);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const firstNames = ["Maria", "Jonas", "Elena", "Peter", "Sofia", "Marek", "Anna", "Luca", "Clara", "David"];
const lastNames = ["Lindner", "Novak", "Rossi", "Virtanen", "Kovacs", "Janssen", "Moreau", "Silva", "Larsen", "Weber"];

function fake(kind: Kind, number: number): string {
  const name = [firstNames[number % 10] ?? "", lastNames[Math.floor(number / 10 + number) % 10] ?? ""];
  return kind === "person" ? name.join(" ") : `${name.join(".").toLowerCase()}@example.org`;
}

const words = { person: "Person", email: "Email" } as const;

const shape = (name: string, token: Shape["token"]): Shape => ({ name, token, example: token("person", 1) });
const counted = (name: string, open: string, close: string): Shape => shape(name, (kind, number) => `${open}${kind.toUpperCase()}_${number}${close}`);

/** Freehold's own first. */
export const shapes: readonly Shape[] = [
  shape("Word_CODE", (kind, number) => `${words[kind]}_${code(kind, number, 6)}`),
  shape("WordCODE", (kind, number) => `${words[kind]}${code(kind, number, 6)}`),
  shape("WORDCODE", (kind, number) => `${words[kind].toUpperCase()}${code(kind, number, 6)}`),
  shape("Word-CODE", (kind, number) => `${words[kind]}-${code(kind, number, 6)}`),
  shape("FHCODE (opaque)", (kind, number) => `FH${code(kind, number, 18)}`),
  counted("WORD_1", "", ""),
  counted("<WORD_1>", "<", ">"),
  counted("[WORD_1]", "[", "]"),
  counted("[[WORD_1]]", "[[", "]]"),
  counted("{{WORD_1}}", "{{", "}}"),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shape itself
  counted("${WORD_1}", "${", "}"),
  shape("made-up word", word),
  shape("realistic fake", fake),
];
