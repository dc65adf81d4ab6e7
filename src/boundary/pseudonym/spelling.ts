import { type TokenForm, tokenForms } from "./token.ts";

/** In which writing a token came back, and so in which its value belongs there. */
export type Writing = "plain" | "percent" | "html";

/** One spelling of a token: which token, and where it ends. `open`: the text ends before that can be told. */
export type Spelling = { readonly token: string; readonly end: number; readonly writing: Writing };

/** The tokens that a reader is looking for. */
export interface TokenBook {
  has(token: string): boolean;
  /** Whether a token begins so, in its canonical writing. */
  begins(prefix: string): boolean;
}

/** Ways to write the separator: Markdown's and LaTeX's escape (also inside JSON, twice over), a slug's, prose, encodings. None begins another. */
const separators: readonly (readonly [string, Writing])[] = [
  ["_", "plain"],
  ["\\_", "plain"],
  ["\\\\_", "plain"],
  ["\\\\\\\\_", "plain"],
  ["\\u005f", "plain"],
  ["-", "plain"],
  [" ", "plain"],
  ["%5f", "percent"],
  ["&#95;", "html"],
  ["&#x5f;", "html"],
  ["&lowbar;", "html"],
];

interface WordNode {
  readonly next: Map<string, WordNode>;
  form: TokenForm | undefined;
}

function wordTree(): WordNode {
  const root: WordNode = { next: new Map(), form: undefined };
  for (const form of tokenForms) {
    let node = root;
    for (const letter of form.word.toLowerCase()) {
      let below = node.next.get(letter);
      if (below === undefined) {
        below = { next: new Map(), form: undefined };
        node.next.set(letter, below);
      }
      node = below;
    }
    node.form = form;
  }
  return root;
}

const words = wordTree();

/** Invisible characters that programs put into words: soft hyphen, zero-width space, word joiner. */
const isInvisible = (character: string): boolean => character === "\u00ad" || character === "\u200b" || character === "\u2060";

/** Lower case in ASCII, and Turkish's two other ways to write an i. */
function folded(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
  return code === 0x130 || code === 0x131 ? "i" : character;
}

const isCode = (character: string): boolean => /^[0-9a-z]$/.test(character);
const isDigit = (character: string): boolean => character >= "0" && character <= "9";

/** Longer than any spelling that a program or a model would write. */
const longest = 96;

/** The most that can be held back: a whole spelling whose next character decides. */
export const maxSpelling = longest;

/**
 * Reads one spelling of a token that begins at `at`: its letters in any case, its separator in any writing or left out, invisible characters
 * between. Every letter and digit must be there, in order: nothing is guessed, so no value can take another's place.
 */
export function readSpelling(text: string, at: number, book: TokenBook): Spelling | "open" | undefined {
  const limit = Math.min(text.length, at + longest);
  const cut = (): "open" | undefined => (limit === text.length ? "open" : undefined);
  let index = at;
  let node: WordNode = words;
  let word = "";
  while (node.form === undefined) {
    if (word !== "") while (index < limit && isInvisible(text.charAt(index))) index += 1;
    if (index >= limit) return begun(book, word) ? cut() : undefined;
    const letter = folded(text.charAt(index));
    const below = node.next.get(letter);
    if (below === undefined) return undefined;
    node = below;
    word += letter;
    index += 1;
  }
  const form = node.form;
  let token = form.separated ? `${form.word}_` : form.word;
  let writing: Writing = "plain";
  if (form.separated) {
    while (index < limit && isInvisible(text.charAt(index))) index += 1;
    if (index >= limit) return book.begins(token) ? cut() : undefined;
    const separator = readSeparator(text, index, limit);
    if (separator === "open") return book.begins(token) ? cut() : undefined;
    if (separator !== undefined) ({ end: index, writing } = separator);
  }
  for (let count = 0; count < form.codeLength; count += 1) {
    while (index < limit && isInvisible(text.charAt(index))) index += 1;
    if (index >= limit) return book.begins(token) ? cut() : undefined;
    const character = folded(text.charAt(index));
    if (count === form.codeLength - 1 ? !isDigit(character) : !isCode(character)) return undefined;
    token += character.toUpperCase();
    index += 1;
  }
  return book.has(token) ? { token, end: index, writing } : undefined;
}

/** Whether a token of the book has a word that begins so. */
const begun = (book: TokenBook, word: string): boolean =>
  tokenForms.some((form) => form.word.toLowerCase().startsWith(word) && book.begins(form.separated ? `${form.word}_` : form.word));

function readSeparator(text: string, at: number, limit: number): { readonly end: number; readonly writing: Writing } | "open" | undefined {
  let open = false;
  for (const [separator, writing] of separators) {
    const part = text.slice(at, Math.min(at + separator.length, limit)).toLowerCase();
    if (part === separator) return { end: at + separator.length, writing };
    if (part.length < separator.length && separator.startsWith(part)) open = true;
  }
  return open ? "open" : undefined;
}

/** Character codes with which a spelling may begin. */
const initials = new Uint8Array(0x132);
for (const letter of words.next.keys()) {
  initials[letter.charCodeAt(0)] = 1;
  initials[letter.toUpperCase().charCodeAt(0)] = 1;
}
initials[0x130] = initials[0x131] = initials[105] ?? 0;

/** Whether a spelling may begin with the character of this code. */
export const mayBegin = (code: number): boolean => initials[code] === 1;
