import { base64Run, type EncodedRun } from "../disguise/base64.ts";
import { isDoubtful, isOrdinary } from "../disguise/characters.ts";
import { mayBeEncoded } from "../disguise/encodings.ts";
import type { Budget, Finding } from "../port.ts";
import { AT, kinds as asciiKinds, BREAK, COLON, DIGIT, DOT, ENCODER, EQUALS, FOREIGN, SPACE, TILDE_SIGN, WORD } from "./characters.ts";
import { type Sightings, sight } from "./lexicon.ts";

/** The kind of every UTF-16 code unit: one look-up instead of a comparison and a look-up, at every character of every text. */
const kinds = new Uint8Array(65_536).fill(BREAK);
for (let code = 0; code < kinds.length; code += 1) {
  if (code < 128) kinds[code] = asciiKinds[code] ?? BREAK;
  else if (!isOrdinary(code)) kinds[code] = FOREIGN;
}

/** One text on its way through the pass. */
export interface Scan {
  readonly text: string;
  readonly found: Finding[];
  readonly budget: Budget;
  /** The words and phrases in it that speak about what stands around them. */
  readonly words: Sightings;
  /** Where characters stand that may disguise others: first and last place of each stretch, one after the other. */
  readonly doubtful: number[];
  /** Runs of base64 that seem to hold text. */
  readonly encoded: EncodedRun[];
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
  /** A space after letters that words for a password end in. */
  readonly announced: readonly Recognise[];
}

/** Runs shorter than this hold no token of any vendor. */
const longRunLength = 16;
/** Doubtful places that are nearer to each other than this make one stretch. */
const stretch = 256;

function ask(recognisers: readonly Recognise[], scan: Scan, start: number, end: number): number {
  let resume = 0;
  for (let index = 0; index < recognisers.length; index += 1) {
    const next = recognisers[index]?.(scan, start, end) ?? 0;
    if (next > resume) resume = next;
  }
  return resume;
}

function doubt({ doubtful }: Scan, at: number): void {
  const last = doubtful.length - 1;
  if (last > 0 && at - (doubtful[last] ?? 0) < stretch) doubtful[last] = at;
  else doubtful.push(at, at);
}

function longRun(recognisers: Recognisers, scan: Scan, start: number, end: number): number {
  const run = base64Run(scan.text, start, scan.encoded.at(-1)?.end ?? 0);
  if (run !== undefined) scan.encoded.push(run);
  return ask(recognisers.longRun, scan, start, end);
}

/** `password`, `Passwort`, `mot de passe`, `contraseña`, `hasło` and their like end in these two letters; few other words do. */
const announcing = new Uint8Array(128 * 128);
const pairOf = (one: number, other: number): number => ((one & 127) << 7) | (other & 127);
for (const pair of ["rd", "rt", "wd", "se", "ña", "na", "ha", "ło", "lo", "la", "de", "zó"]) announcing[pairOf(pair.charCodeAt(0), pair.charCodeAt(1))] = 1;

/** One pass over the code units of the text; every candidate is handed to the recognisers of its kind. */
export function scanText(text: string, recognisers: Recognisers, budget: Budget): Scan {
  const scan: Scan = { text, found: [], budget, words: sight(text), doubtful: [], encoded: [] };
  const length = text.length;
  let runStart = 0;
  let index = 0;
  while (index < length) {
    let code = text.charCodeAt(index);
    let kind = kinds[code] ?? BREAK;
    while (kind === WORD) {
      index += 1;
      if (index >= length) break;
      code = text.charCodeAt(index);
      kind = kinds[code] ?? BREAK;
    }
    if (index >= length) break;
    let resume = 0;
    if (kind === DIGIT) {
      let end = index + 1;
      while (end < length && kinds[text.charCodeAt(end)] === DIGIT) end += 1;
      resume = ask(recognisers.digits, scan, index, end);
      index = Math.max(resume, end);
      if (resume > end) runStart = index;
      continue;
    }
    if (index - runStart >= longRunLength) resume = longRun(recognisers, scan, runStart, index);
    switch (kind) {
      case SPACE: {
        const last = text.charCodeAt(index - 1);
        if (last === 78) {
          if (text.startsWith("-----BEGIN", index - 10)) resume = ask(recognisers.begin, scan, index, index + 1);
        } else if (announcing[pairOf(text.charCodeAt(index - 2), last)] === 1) resume = ask(recognisers.announced, scan, index, index + 1);
        break;
      }
      case BREAK:
        break;
      case FOREIGN:
        if (isDoubtful(text, index, code)) doubt(scan, index);
        break;
      case ENCODER:
        if (mayBeEncoded(text, index, code)) doubt(scan, index);
        break;
      default:
        if (kind === EQUALS && mayBeEncoded(text, index, code)) doubt(scan, index);
        resume = Math.max(resume, ask(recognisersAt(recognisers, kind), scan, index, index + 1));
    }
    index = resume > index ? resume : index + 1;
    runStart = index;
  }
  if (index - runStart >= longRunLength) longRun(recognisers, scan, runStart, index);
  return scan;
}

function recognisersAt(recognisers: Recognisers, kind: number): readonly Recognise[] {
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
