import { createRestorer } from "#boundary";
import type { Format } from "./format.ts";
import { type KeyEntry, vaultFor } from "./key-book.ts";

/** Puts values back into a text that comes in pieces. */
export interface Restoring {
  push(text: string): string;
  end(): string;
  /** What looks like a token and is none of the key file. */
  readonly unresolved: number;
}

/** Restores a file of a format from the entries of a key file. */
export function restoring(format: Format, entries: ReadonlyMap<string, KeyEntry>): Restoring {
  const restorer = createRestorer(vaultFor(format, entries));
  if (format !== "json") return restorer;
  const numbers = numbersRestored(entries);
  return {
    push: (text) => restorer.push(numbers.push(text)),
    end: () => restorer.push(numbers.end()) + restorer.end(),
    get unresolved() {
      return restorer.unresolved;
    },
  };
}

const literal = /"([A-Za-z0-9_]{1,40})"/g;
/** The beginning of such a literal at the end of a text. */
const opened = /"[A-Za-z0-9_]{0,40}$/;

/** A literal of JSON that is nothing but the token of a number becomes the number again, without quotes. */
function numbersRestored(entries: ReadonlyMap<string, KeyEntry>): { push(text: string): string; end(): string } {
  const numbers = new Map([...entries].filter(([, entry]) => entry.number === true).map(([token, { value }]) => [token, value]));
  let held = "";

  function restore(text: string, last: boolean): string {
    let out = "";
    let from = 0;
    for (const { 0: whole, 1: token = "", index } of text.matchAll(literal)) {
      out += text.slice(from, index) + (numbers.get(token) ?? whole);
      from = index + whole.length;
    }
    const rest = text.slice(from);
    const cut = last ? rest.length : (opened.exec(rest)?.index ?? rest.length);
    held = rest.slice(cut);
    return out + rest.slice(0, cut);
  }

  return {
    push: (text) => (numbers.size === 0 ? text : restore(held + text, false)),
    end: () => restore(held, true),
  };
}
