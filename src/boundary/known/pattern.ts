import { RE2JS, RE2JSSyntaxException, RE2Set } from "re2js";
import { err, ok, type Result } from "#kernel";

export const longestPattern = 1000;
/** A match of a pattern has at most so many characters. */
const longestMatch = 256;
/** A text is searched in pieces, so that a pattern which reads far ahead for every match stays linear. */
const piece = 512;

/** Why a pattern is not taken: a sentence, and the place in the pattern, from 1. */
export interface PatternFault {
  readonly message: string;
  readonly position: number;
}

const lookAround = /\(\?<?[=!]/;
const backReference = /\\[1-9]|\\k[<{]|\(\?P=/;

/** Texts in which a pattern that can match nothing at all is likely to do so. */
const probes = ["", "a", " a1 -\n", "A.1"];

/** A pattern in RE2's syntax (https://github.com/google/re2/wiki/Syntax), `^` and `$` at lines. */
export function compilePattern(pattern: string): Result<RE2JS, PatternFault> {
  if (pattern.length === 0) return err({ message: "The pattern is empty.", position: 1 });
  if (pattern.length > longestPattern) return err({ message: `The pattern is longer than ${longestPattern} characters.`, position: longestPattern + 1 });
  const compiled = compiledOrFault(pattern);
  if (!compiled.ok) return compiled;
  for (const probe of probes) {
    for (const matcher = compiled.value.matcher(probe); matcher.find(); )
      if (matcher.end() === matcher.start()) return err({ message: "The pattern matches the empty string, and so everywhere.", position: 1 });
  }
  return compiled;
}

function compiledOrFault(pattern: string): Result<RE2JS, PatternFault> {
  try {
    return ok(RE2JS.compile(pattern, RE2JS.MULTILINE));
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    for (const [shape, what] of [
      [lookAround, "Look-around"],
      [backReference, "A back-reference"],
    ] as const) {
      const at = pattern.search(shape);
      if (at !== -1) return err({ message: `${what} cannot be searched for in linear time, so it is not taken.`, position: at + 1 });
    }
    const part = error.getPattern() ?? "";
    const at = Math.max(0, pattern.indexOf(part));
    return err({ message: `The pattern is not valid: ${error.getDescription()}${part === "" ? "" : ` (${part.slice(0, 40)})`}.`, position: at + 1 });
  }
}

/** Patterns that are searched for together: one automaton tells which of them are in a piece of text at all. */
export class PatternSearch {
  readonly #compiled: readonly RE2JS[];
  readonly #set: RE2Set;

  /** Throws on a pattern that `compilePattern` refuses. */
  constructor(patterns: readonly string[]) {
    this.#set = new RE2Set(RE2Set.UNANCHORED, RE2JS.MULTILINE);
    this.#compiled = patterns.map((pattern) => {
      const compiled = compilePattern(pattern);
      if (!compiled.ok) throw new Error(compiled.error.message);
      this.#set.add(pattern);
      return compiled.value;
    });
    this.#set.compile();
  }

  /** Calls back for every match; one that is longer than 256 characters may come in several parts, or where it has no shorter beginning, not at all. */
  find(text: string, found: (pattern: number, start: number, end: number) => void): void {
    if (this.#compiled.length === 0) return;
    /** By pattern: where its last match ended. */
    const ends: number[] = [];
    for (let from = 0; from < text.length; from += piece) {
      // One character more on the left, for what a pattern asks of the edge of a word or a line.
      const origin = Math.max(0, from - 1);
      const part = text.slice(origin, from + piece + longestMatch + 1);
      for (const pattern of this.#set.match(part)) {
        const matcher = this.#compiled[pattern]?.matcher(part);
        const first = Math.max(from, ends[pattern] ?? 0) - origin;
        if (matcher === undefined || first > part.length) continue;
        for (let hit = matcher.find(first); hit && matcher.start() + origin < from + piece; hit = matcher.find()) {
          if (matcher.end() === matcher.start()) continue;
          ends[pattern] = matcher.end() + origin;
          found(pattern, matcher.start() + origin, matcher.end() + origin);
        }
      }
    }
  }
}
