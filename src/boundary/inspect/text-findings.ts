import type { Budget, Detector, Finding } from "../port.ts";
import { escapedLiterals, mayHideEscapes } from "./json-literals.ts";

/** A finding in a text, with offsets of the text as it stands. */
export interface TextFinding {
  readonly finding: Finding;
  /** What was found, decoded where it stood in the literals of a JSON text: personal data, never to be logged. */
  readonly text: string;
  /** False where replacing would break an escape sequence. */
  readonly whole: boolean;
}

/** JSON within JSON within …: each level doubles the backslashes, so real ones end long before. */
const maxLevels = 6;

/**
 * Finds in a text and, when it is a JSON document with escapes (tool arguments, say), in its decoded literals too, so that `\u0040` hides
 * nothing. What the decoded reading finds displaces what the raw one made of the same place.
 */
export function findInText(text: string, detector: Detector, budget: Budget, levels = maxLevels): readonly TextFinding[] {
  const raw = detector.detect(text, budget);
  if (levels === 0 || !mayHideEscapes(text))
    return raw.length === 0 ? [] : raw.map((finding) => ({ finding, text: text.slice(finding.start, finding.end), whole: true }));
  const decoded: TextFinding[] = [];
  for (const literal of escapedLiterals(text)) {
    for (const { finding, text: value, whole } of findInText(literal.text, detector, budget, levels - 1)) {
      const start = literal.rawOffset(finding.start);
      const end = literal.rawOffset(finding.end);
      decoded.push({ finding: { ...finding, start, end }, text: value, whole });
    }
  }
  return merge(text, raw, decoded);
}

function merge(text: string, raw: readonly Finding[], decoded: readonly TextFinding[]): readonly TextFinding[] {
  const merged: TextFinding[] = [...decoded];
  let next = 0;
  for (const finding of raw) {
    while (next < decoded.length && (decoded[next]?.finding.end ?? 0) <= finding.start) next += 1;
    const rival = decoded[next]?.finding;
    if (rival !== undefined && rival.start < finding.end) continue;
    const value = text.slice(finding.start, finding.end);
    merged.push({ finding, text: value, whole: !value.includes("\\") && text.charCodeAt(finding.start - 1) !== 92 });
  }
  return merged.sort((one, other) => one.finding.start - other.finding.start);
}
