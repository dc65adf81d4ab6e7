import { scan, type TextForm } from "./restore.ts";
import { countUnresolved } from "./unresolved.ts";
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
  const unresolved = countUnresolved(vault);
  let held = "";
  /** Whether what was passed on ends in a backslash that takes the next character with it. */
  let escaped = false;

  function resolve(text: string, last: boolean): string {
    const scanned = scan(text, vault, as, last, escaped);
    held = scanned.held;
    const passed = text.length - held.length;
    if (passed > 0) {
      let first = passed;
      while (first > 0 && text.charCodeAt(first - 1) === 92) first -= 1;
      escaped = (passed - first) % 2 === 1 ? !(first === 0 && escaped) : first === 0 && escaped;
    }
    return scanned.text;
  }

  return {
    push(chunk: string): string {
      unresolved.push(chunk);
      return resolve(held + chunk, false);
    },
    end(): string {
      unresolved.end();
      return resolve(held, true);
    },
    get holding(): boolean {
      return held !== "";
    },
    get unresolved(): number {
      return unresolved.count;
    },
  };
}
