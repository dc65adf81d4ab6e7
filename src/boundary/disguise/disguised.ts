import { type DataClass, dataClasses } from "#charter";
import type { Budget, Finding } from "../port.ts";
import { isSecretValue } from "../secrets/secret-value.ts";
import { withoutOverlaps } from "../text/overlap.ts";
import type { Scan } from "../text/scanner.ts";
import { decodedPieces, type EncodedRun, passwordOf } from "./base64.ts";
import { phraseOf } from "./kinds.ts";
import { View } from "./view.ts";

/** Finds in a text that was made readable; the detector itself, one level down. */
export type Detect = (text: string, budget: Budget) => readonly Finding[];

/** Around a disguised place this much is read again: the longest value and the words that announce it. */
const margin = 320;
/** A disguise this far from a value may have hidden the word that announces it. */
const reach = 64;
/** Long stretches are read in pieces, so that the memory for the way back stays small. */
const pieceLength = 16_384;

const rank = (one: DataClass): number => dataClasses.indexOf(one);

function because(finding: Finding, phrase: string): Finding {
  if (finding.because?.includes(phrase) === true) return finding;
  return { ...finding, because: finding.because === undefined ? phrase : `${finding.because}, ${phrase}` };
}

/** A part of a stretch: what is read, and within what findings must lie, since beyond it they may have been cut in two. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** What is found in one stretch once it is made readable, at the places of the text as it stands. */
function findInStretch(scan: Scan, piece: Piece, detect: Detect, found: Finding[]): void {
  const view = new View(scan.text, piece.from, piece.to);
  if (!view.changed) return;
  for (const finding of detect(view.text, scan.budget)) {
    const start = view.startOf(finding.start);
    const end = view.endOf(finding.end - 1);
    if (start < piece.first || end > piece.last) continue;
    const within = view.kindsIn(finding.start, finding.end);
    const kinds = within === 0 ? view.kindsIn(finding.start - reach, finding.end + reach) : within;
    if (kinds === 0) continue;
    found.push(because({ ...finding, start, end }, phraseOf(kinds)));
  }
}

const isSpace = (code: number): boolean => code <= 32;

/** A place near `at` between words, within 64 characters, so that a cut makes no word of half a one. */
function betweenWords(text: string, at: number, step: 1 | -1): number {
  for (let index = at; index > 0 && index < text.length && Math.abs(index - at) < 64; index += step) {
    if (isSpace(text.charCodeAt(index - 1))) return index;
  }
  return Math.max(0, Math.min(text.length, at));
}

/** The stretches around the doubtful places that the pass noted, and what is found in them. */
function findInStretches(scan: Scan, detect: Detect): Finding[] {
  const { text, doubtful } = scan;
  const found: Finding[] = [];
  let index = 0;
  while (index < doubtful.length) {
    const from = betweenWords(text, (doubtful[index] ?? 0) - margin, -1);
    let last = doubtful[index + 1] ?? 0;
    index += 2;
    while (index < doubtful.length && (doubtful[index] ?? 0) - last < 2 * margin) {
      last = doubtful[index + 1] ?? 0;
      index += 2;
    }
    const to = betweenWords(text, last + margin, 1);
    for (let start = from; start < to; start += pieceLength) {
      const end = Math.min(to, start + pieceLength + 2 * margin);
      findInStretch(scan, { from: start, to: end, first: start === from ? from : start + margin, last: end === to ? to : end - 1 }, detect, found);
    }
  }
  return found;
}

/** Types whose shape or check says enough when they come out of an encoding. */
const sure = 0.8;

/** The gravest thing in a run of base64; once there is a secret in it, nothing graver can follow. */
function gravestIn(text: string, run: EncodedRun, detect: Detect, budget: Budget): Finding | undefined {
  let gravest: Finding | undefined;
  for (const decoded of decodedPieces(text, run)) {
    for (const finding of detect(decoded, budget)) {
      if (finding.confidence < sure && finding.class !== "secret") continue;
      if (gravest === undefined || rank(finding.class) > rank(gravest.class)) gravest = finding;
    }
    const password = gravest?.class === "secret" ? undefined : passwordOf(decoded);
    if (password !== undefined && isSecretValue("password", password, true)) {
      return { type: "secret", subtype: "password", start: 0, end: 0, confidence: 0.75, rule: "secret.encoded-login", class: "secret" };
    }
    if (gravest?.class === "secret") return gravest;
  }
  return gravest;
}

/** What is found in the runs of base64 that the pass noted: one finding for a whole run, since nothing less can be replaced in it. */
function findInRuns({ text, encoded, budget }: Scan, detect: Detect): Finding[] {
  const found: Finding[] = [];
  for (const run of encoded) {
    const gravest = gravestIn(text, run, detect, budget);
    if (gravest !== undefined) found.push(because({ ...gravest, start: run.start, end: run.end }, "encoded in base64"));
  }
  return found;
}

const contains = (outer: Finding, inner: Finding): boolean => outer.start <= inner.start && outer.end >= inner.end;

/** Whether the first makes the second superfluous: it covers all of it and is no less grave. */
const covers = (one: Finding, other: Finding): boolean => contains(one, other) && rank(one.class) >= rank(other.class);

/** Takes out of `from` what one of the others covers; both sorted and free of overlaps. */
function uncovered(from: readonly Finding[], others: readonly Finding[], drops: (other: Finding, one: Finding) => boolean): Finding[] {
  let next = 0;
  return from.filter((one) => {
    while (next < others.length && (others[next]?.end ?? 0) <= one.start) next += 1;
    for (let index = next; index < others.length; index += 1) {
      const other = others[index];
      if (other === undefined || other.start >= one.end) return true;
      if (drops(other, one)) return false;
    }
    return true;
  });
}

/**
 * Adds to what was found in a text as it stands what stands in it in disguise. The offsets are those of the text and cover the disguised form
 * as a whole, so that replacing it leaves nothing of it. `plain` is sorted and free of overlaps, and so is the answer.
 */
export function withDisguised(plain: readonly Finding[], scan: Scan, detect: Detect): readonly Finding[] {
  const found = [...findInStretches(scan, detect), ...findInRuns(scan, detect)];
  if (found.length === 0) return plain;
  const disguised = withoutOverlaps(found);
  // What is found both ways is no disguise; what covers only a part of the value gives way to the whole.
  const news = uncovered(
    disguised,
    plain,
    (known, one) => covers(known, one) && (known.type === one.type || known.class !== one.class || known.type === "other"),
  );
  return withoutOverlaps([...uncovered(plain, news, covers), ...news]);
}
