import { caseOf } from "../lexicon/letters.ts";
import type { KnownNames } from "./known-names.ts";

const longestLocal = 64;

const isLocal = (code: number): boolean => caseOf(code) !== 0 || code === 46 || code === 45 || code === 95;

/** Learns the names that the mail addresses in a text tell. */
export function readMailboxes(text: string, known: KnownNames): void {
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < longestLocal && isLocal(text.charCodeAt(start - 1))) start -= 1;
    if (at - start >= 3 && caseOf(text.charCodeAt(at + 1)) !== 0) known.learnMailbox(text.slice(start, at));
  }
}
