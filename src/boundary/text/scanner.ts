import type { Budget, Finding } from "../port.ts";
import { AT, BREAK, COLON, DIGIT, DOT, EQUALS, kinds, SPACE, TILDE_SIGN, WORD } from "./characters.ts";

/** One text on its way through the pass. */
export interface Scan {
  readonly text: string;
  readonly found: Finding[];
  readonly budget: Budget;
}

/**
 * Looks at a candidate, bounded in both directions, and adds what it finds. Returns where the pass goes on when it consumed text
 * beyond `end` that nothing else needs to see; otherwise 0.
 */
export type Recognise = (scan: Scan, start: number, end: number) => number;

/** What is asked at each kind of candidate. A new identifier, lexicon or token is one more entry here. */
export interface Recognisers {
  /** A run of ASCII digits, `start` to `end`. */
  readonly digits: readonly Recognise[];
  /** A run of at least 16 letters, digits, `-` and `_`. */
  readonly longRun: readonly Recognise[];
  /** The single character at `start`. */
  readonly at: readonly Recognise[];
  readonly colon: readonly Recognise[];
  readonly equals: readonly Recognise[];
  readonly dot: readonly Recognise[];
  readonly tilde: readonly Recognise[];
  /** A space after a run that ends in `BEGIN`. */
  readonly begin: readonly Recognise[];
}

/** Runs shorter than this hold no token of any vendor. */
const longRunLength = 16;

function ask(recognisers: readonly Recognise[], scan: Scan, start: number, end: number): number {
  let resume = 0;
  for (const recognise of recognisers) {
    const next = recognise(scan, start, end);
    if (next > resume) resume = next;
  }
  return resume;
}

/** One pass over the code units of the text; every candidate is handed to the recognisers of its kind. */
export function scanText(text: string, recognisers: Recognisers, budget: Budget): Finding[] {
  const scan: Scan = { text, found: [], budget };
  const length = text.length;
  let runStart = 0;
  let index = 0;
  while (index < length) {
    let code = text.charCodeAt(index);
    while (code < 128 && kinds[code] === WORD) {
      index += 1;
      code = text.charCodeAt(index);
    }
    if (index >= length) break;
    const kind = code < 128 ? kinds[code] : BREAK;
    let resume = 0;
    if (kind === DIGIT) {
      let end = index + 1;
      while (end < length && text.charCodeAt(end) - 48 <= 9 && text.charCodeAt(end) >= 48) end += 1;
      resume = ask(recognisers.digits, scan, index, end);
      index = Math.max(resume, end);
      if (resume > end) runStart = index;
      continue;
    }
    if (index - runStart >= longRunLength) resume = ask(recognisers.longRun, scan, runStart, index);
    if (kind === SPACE) {
      if (text.charCodeAt(index - 1) === 78 && text.startsWith("-----BEGIN", index - 10)) resume = ask(recognisers.begin, scan, index, index + 1);
    } else if (kind !== BREAK) {
      resume = Math.max(resume, ask(recognisersAt(recognisers, kind), scan, index, index + 1));
    }
    index = resume > index ? resume : index + 1;
    runStart = index;
  }
  if (index - runStart >= longRunLength) ask(recognisers.longRun, scan, runStart, index);
  return scan.found;
}

function recognisersAt(recognisers: Recognisers, kind: number | undefined): readonly Recognise[] {
  switch (kind) {
    case AT:
      return recognisers.at;
    case COLON:
      return recognisers.colon;
    case EQUALS:
      return recognisers.equals;
    case DOT:
      return recognisers.dot;
    case TILDE_SIGN:
      return recognisers.tilde;
    default:
      return [];
  }
}
