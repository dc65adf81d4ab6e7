import type { Detector, Finding } from "#boundary";
import type { Row } from "./labelled.ts";
import { answers, countryOf, exhaustive, groupOf, meaningOf, ruleScoped } from "./labels.ts";

/** What became of the labels of one meaning in one part of a set. */
export interface Score {
  readonly set: string;
  readonly group: string;
  readonly meaning: string;
  labelled: number;
  /** Labels that a finding of a fitting type overlaps. */
  found: number;
  /** Those that any finding overlaps, whatever it was taken for: the text is protected all the same. */
  touched: number;
  /** Those whose ends a finding of a fitting type hits exactly. */
  exact: number;
  /** Findings of the type, and those of them that overlap a label to which they answer; not counted in sets of single numbers and secrets. */
  findings: number;
  right: number;
  /** Whether every occurrence of the kind is labelled, so that `right` of `findings` is the precision. */
  readonly throughout: boolean;
  /** Texts that hold nothing of their target, and in how many of them something of its kind (for numbers: and its country) was found. */
  negatives: number;
  falseAlarms: number;
}

/** One label that was not found, or one finding that should not be. */
export interface Mistake {
  readonly kind: "miss" | "false alarm";
  readonly set: string;
  readonly group: string;
  readonly meaning: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The label; for a false alarm what was found. */
  readonly what: string;
}

export interface Evaluation {
  readonly scores: readonly Score[];
  readonly mistakes: readonly Mistake[];
}

const overlap = (finding: Finding, span: { readonly start: number; readonly end: number }): boolean => finding.start < span.end && finding.end > span.start;

/** Whether a finding breaks what a negative says: nothing of this target here. */
function breaks(finding: Finding, meaning: string, target: string): boolean {
  if (!answers(meaning, finding.type)) return false;
  const country = finding.subtype?.includes(".") === true ? countryOf(finding.subtype) : undefined;
  return !/^[a-z]{2}[._]/i.test(target) || country === undefined || country === countryOf(target);
}

/** Scores one set; `as` is the name under which it is reported. */
export function evaluateSet(set: string, rows: readonly Row[], detector: Detector, as = set): Evaluation {
  const scores = new Map<string, Score>();
  const mistakes: Mistake[] = [];
  const throughout = exhaustive.get(set);
  const score = (group: string, meaning: string): Score => {
    const id = `${group} ${meaning}`;
    const known = scores.get(id);
    if (known !== undefined) return known;
    const fresh: Score = {
      set: as,
      group,
      meaning,
      labelled: 0,
      found: 0,
      touched: 0,
      exact: 0,
      findings: 0,
      right: 0,
      throughout: throughout?.includes(meaning) === true,
      negatives: 0,
      falseAlarms: 0,
    };
    scores.set(id, fresh);
    return fresh;
  };
  for (const row of rows) {
    const group = groupOf(set, row);
    const findings = detector.detect(row.text);
    const note = (kind: Mistake["kind"], meaning: string, { start, end }: { start: number; end: number }, what: string): void => {
      mistakes.push({ kind, set: as, group, meaning, id: row.id, start, end, text: row.text, what });
    };
    for (const span of row.spans) {
      const meaning = meaningOf(span.type);
      if (meaning === undefined || span.protection === "keep") continue;
      const at = score(group, meaning);
      const touching = findings.filter((finding) => overlap(finding, span));
      const hits = touching.filter((finding) => answers(meaning, finding.type));
      at.labelled += 1;
      if (touching.length > 0) at.touched += 1;
      if (hits.length > 0) at.found += 1;
      else note("miss", meaning, span, `${span.type}${touching.length === 0 ? "" : `, taken for ${touching.map((finding) => finding.type).join(", ")}`}`);
      if (hits.some((hit) => hit.start === span.start && hit.end === span.end)) at.exact += 1;
    }
    if (ruleScoped.has(set)) {
      const target = row.target ?? "";
      const meaning = set === "gitleaks" || set === "secretlint" ? "secret" : meaningOf(target);
      if (row.kind !== "negative" || meaning === undefined) continue;
      const at = score(group, meaning);
      const wrong = findings.filter((finding) => breaks(finding, meaning, target));
      at.negatives += 1;
      if (wrong.length > 0) at.falseAlarms += 1;
      for (const finding of wrong) note("false alarm", meaning, finding, `${finding.subtype ?? finding.type} by ${finding.rule}, not ${target}`);
      continue;
    }
    for (const finding of findings) {
      const at = score(group, finding.type);
      at.findings += 1;
      const right = row.spans.some((span) => overlap(finding, span) && answers(meaningOf(span.type) ?? "", finding.type));
      if (right) at.right += 1;
      else note("false alarm", finding.type, finding, `${finding.subtype ?? finding.type} by ${finding.rule}`);
    }
  }
  return { scores: [...scores.values()], mistakes };
}
