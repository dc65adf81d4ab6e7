import { restoreCounted, type TextForm, unresolvedAcross } from "./restore.ts";
import { maxTokenLength } from "./token.ts";
import type { Vault } from "./vault.ts";

/** Restores a text that comes in pieces. */
export interface Restorer {
  /** What can be passed on now. Held back is only an end that may be the beginning of a token of this vault, or a token whose next character decides. */
  push(chunk: string): string;
  /** What was held back; the restorer is empty afterwards and may be used on. */
  end(): string;
  /** Whether something is held back. */
  readonly holding: boolean;
  /** Tokens that could not be restored so far. */
  readonly unresolved: number;
}

export function createRestorer(vault: Vault, as: TextForm = "text"): Restorer {
  let held = "";
  let unresolved = 0;
  /** The end of what was passed on, as it came. */
  let passed = "";

  function resolve(text: string, following: string): string {
    const result = restoreCounted(text, vault, as, following);
    unresolved += result.unresolved + unresolvedAcross(passed, text.slice(0, maxTokenLength), vault);
    passed = (passed + text).slice(-maxTokenLength);
    return result.text;
  }

  return {
    push(chunk: string): string {
      const text = held + chunk;
      const cut = text.length - heldLength(text, vault);
      held = text.slice(cut);
      return resolve(text.slice(0, cut), held);
    },
    end(): string {
      const rest = resolve(held, "");
      held = "";
      return rest;
    },
    get holding(): boolean {
      return held !== "";
    },
    get unresolved(): number {
      return unresolved;
    },
  };
}

/** How much of the end may belong to a token that is not complete. */
function heldLength(text: string, vault: Vault): number {
  for (let size = Math.min(maxTokenLength, text.length); size > 0; size -= 1) {
    if (vault.isPrefix(text.slice(text.length - size))) return size;
  }
  return 0;
}
