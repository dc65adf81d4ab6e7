import { tokenForms } from "./token.ts";
import type { Vault } from "./vault.ts";

const typed = tokenForms.filter(({ separated }) => separated).map(({ word }) => word);

/** What looks like a typed token, right or one character too short or too long, with a digit in it. */
const looksLikeToken = new RegExp(`(?<![A-Za-z0-9])(?:${typed.join("|")})\\\\{0,4}_(?=[A-Za-z]*[0-9])[0-9A-Za-z]{5,7}(?![0-9A-Z])`, "g");

/** Strings that look like typed tokens, as they stand. */
export const lookalikes = (text: string): readonly string[] =>
  text.includes("_") ? [...text.matchAll(looksLikeToken)].map(([found]) => found.replaceAll("\\", "")) : [];

/** Longer than what is looked for. */
const most = 64;
const afterWord = /[A-Za-z0-9_\\]*$/;

/** Counts, in a text that comes in pieces, the tokens that the model changed or invented. */
export interface UnresolvedCount {
  push(piece: string): void;
  end(): void;
  readonly count: number;
}

export function countUnresolved(vault: Vault): UnresolvedCount {
  let open = "";
  let count = 0;

  function look(text: string): void {
    for (const token of lookalikes(text)) {
      // Small letters after a token are a case ending.
      if (!knows(vault, token) && !knows(vault, token.replace(/[a-z]+$/, ""))) count += 1;
    }
  }

  return {
    push(piece: string): void {
      const text = open + piece;
      const cut = Math.max(afterWord.exec(text.slice(-most))?.index ?? 0, 0) + Math.max(0, text.length - most);
      open = text.slice(cut);
      look(text.slice(0, cut));
    },
    end(): void {
      look(open);
      open = "";
    },
    get count(): number {
      return count;
    },
  };
}

const knows = (vault: Vault, token: string): boolean => vault.has(token) || vault.isOwnText(token);
