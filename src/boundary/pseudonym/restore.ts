import { tokenShape } from "./token.ts";
import type { Vault } from "./vault.ts";

/** `text`: the value as it was. `json`: inside the literals of a JSON text, escaped. */
export type TextForm = "text" | "json";

export interface Restored {
  readonly text: string;
  readonly restored: number;
  /** Strings of a token's shape that neither the vault nor the request knows: the model changed or invented them. */
  readonly unresolved: number;
}

const form = (value: string, as: TextForm): string => (as === "json" ? JSON.stringify(value).slice(1, -1) : value);

/**
 * Puts the values back. A capital or a digit right after a token makes it another, longer word, which is left alone, unless one followed the
 * token in the request too. Small letters may follow: languages inflect names. `following` is what comes after the text, where it is known.
 */
export function restoreCounted(text: string, vault: Vault, as: TextForm = "text", following = ""): Restored {
  if (vault.size === 0 || !text.includes("_")) return { text, restored: 0, unresolved: 0 };
  let restored = 0;
  let unresolved = 0;
  const replaced = text.replace(tokenShape, (token, offset: number) => {
    const entry = vault.get(token);
    if (entry === undefined || (!entry.joined && isContinued(text, offset + token.length, following))) {
      if (!vault.isOwnText(token)) unresolved += 1;
      return token;
    }
    restored += 1;
    return form(entry.value, as);
  });
  return { text: replaced, restored, unresolved };
}

function isContinued(text: string, end: number, following: string): boolean {
  const code = end < text.length ? text.charCodeAt(end) : following.charCodeAt(0);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** How many token-shaped strings that nobody knows lie across the boundary of two pieces. */
export function unresolvedAcross(before: string, after: string, vault: Vault): number {
  let count = 0;
  for (const { 0: token, index } of (before + after).matchAll(tokenShape)) {
    const crosses = index < before.length && index + token.length > before.length;
    if (crosses && vault.get(token) === undefined && !vault.isOwnText(token)) count += 1;
  }
  return count;
}

export const restore = (text: string, vault: Vault, as: TextForm = "text"): string => restoreCounted(text, vault, as).text;
