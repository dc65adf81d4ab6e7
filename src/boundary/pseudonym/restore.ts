import { mayBegin, readSpelling, type Writing } from "./spelling.ts";
import type { Vault } from "./vault.ts";

/** `text`: the value as it was. `json`: inside the literals of a JSON text, escaped. */
export type TextForm = "text" | "json";

/** One text, or the next piece of one, with its tokens restored. */
export interface Scanned {
  readonly text: string;
  /** The end of the piece that may be the beginning of a token; empty when the text ends here. */
  readonly held: string;
  readonly restored: number;
}

const htmlEscapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function written(value: string, writing: Writing, as: TextForm): string {
  let text = value;
  if (writing === "percent") text = encodeURIComponent(value.toWellFormed());
  else if (writing === "html") text = value.replace(/[&<>"']/g, (character) => htmlEscapes[character] ?? character);
  return as === "json" ? JSON.stringify(text).slice(1, -1) : text;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/**
 * A digit or a capital right after a token makes it another, longer word. Small letters may follow, since languages inflect names; after a word
 * in capitals the ending is in capitals too.
 */
function isContinued(text: string, start: number, end: number): boolean {
  const next = text.charCodeAt(end);
  return isDigit(next) || (isCapital(next) && !(isCapital(text.charCodeAt(start)) && isCapital(text.charCodeAt(start + 1))));
}

/**
 * Puts the values back, in one pass from the left. `last`: nothing follows, so nothing is held back. `escaped`: the text before ended in an open
 * backslash, which matters inside JSON, where it takes the next character with it.
 */
export function scan(text: string, vault: Vault, as: TextForm, last: boolean, escaped = false): Scanned {
  if (vault.size === 0) return { text, held: "", restored: 0 };
  let out = "";
  let from = 0;
  let restored = 0;
  let open = escaped;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // In JSON the letter of an escape sequence begins no word.
    const inEscape = as === "json" && open;
    open = code === 92 && !open;
    if (inEscape || !mayBegin(code)) continue;
    const spelling = readSpelling(text, at, vault);
    if (spelling === undefined) continue;
    if (spelling === "open" || spelling.end === text.length) {
      if (!last) return { text: out + text.slice(from, at), held: text.slice(at), restored };
      if (spelling === "open") continue;
    }
    const entry = vault.get(spelling.token);
    if (entry === undefined || (!entry.joined && isContinued(text, at, spelling.end))) continue;
    out += text.slice(from, at) + written(entry.value, spelling.writing, as);
    from = spelling.end;
    at = from - 1;
    open = false;
    restored += 1;
  }
  return { text: out + text.slice(from), held: "", restored };
}

/** A whole text with the values put back. */
export const restore = (text: string, vault: Vault, as: TextForm = "text"): string => scan(text, vault, as, true).text;
