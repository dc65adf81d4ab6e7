import { escapedLiterals, mayHideEscapes } from "../inspect/json-literals.ts";
import { mayBegin, readSpelling, type TokenBook } from "./spelling.ts";
import { lookalikes } from "./unresolved.ts";

const every: TokenBook = { has: () => true, begins: () => true };

/** JSON within JSON: as deep as the boundary reads it. */
const maxLevels = 6;

/**
 * The tokens that a request holds before anything of it is replaced, in every spelling that an answer's would be read in, in JSON texts behind
 * their escapes too. They are the user's own text: were one of them minted for a value, restoring would put the value where the user wrote a token.
 */
export function ownTokens(body: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const pending: unknown[] = [body];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === "string") collect(value, found, maxLevels);
    else if (Array.isArray(value)) for (const element of value) pending.push(element ?? null);
    else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) pending.push(name, member ?? null);
    }
  }
  return found;
}

/** Tokens in one text, overlapping ones too: a part of the text may be replaced, and another reading of the rest come to light. */
function collect(text: string, found: Set<string>, levels: number): void {
  for (const lookalike of lookalikes(text)) found.add(lookalike);
  for (let at = 0; at < text.length; at += 1) {
    if (!mayBegin(text.charCodeAt(at))) continue;
    const spelling = readSpelling(text, at, every);
    if (typeof spelling === "object") found.add(spelling.token);
  }
  if (levels === 0 || !mayHideEscapes(text)) return;
  for (const literal of escapedLiterals(text)) collect(literal.text, found, levels - 1);
}
