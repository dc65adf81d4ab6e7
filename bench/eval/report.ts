import type { Mistake, Score } from "./score.ts";
import { percent, type Table } from "./table.ts";

const order = (one: Score, other: Score): number => one.group.localeCompare(other.group) || other.labelled - one.labelled;

/** One table for all sets: a row for each kind in each part of each set, and no sum over them. */
export function scoreTable(scores: readonly Score[]): Table {
  return {
    title: "Labelled text, by set and kind (%; found: a finding of a fitting type overlaps the label; touched: any finding does)",
    heading: ["set", "part", "kind", "labelled", "found", "recall", "touched", "exact", "findings", "precision", "negatives", "false alarms"],
    words: 3,
    rows: [...scores]
      .filter((score) => score.labelled + score.findings + score.negatives > 0)
      .sort((one, other) => one.set.localeCompare(other.set) || order(one, other))
      .map((score) => [
        score.set,
        score.group,
        score.meaning,
        String(score.labelled),
        String(score.found),
        percent(score.found, score.labelled),
        percent(score.touched, score.labelled),
        percent(score.exact, score.labelled),
        String(score.findings),
        score.throughout ? percent(score.right, score.findings) : "–",
        String(score.negatives),
        String(score.falseAlarms),
      ]),
  };
}

const reach = 50;
const oneLine = (text: string): string => text.replaceAll(/\s/g, " ");

/** The place in its text, between « and ». */
export function mistakeLine({ kind, set, group, meaning, id, start, end, text, what }: Mistake): string {
  const context = `${oneLine(text.slice(Math.max(0, start - reach), start))}«${oneLine(text.slice(start, end))}»${oneLine(text.slice(end, end + reach))}`;
  return `${kind}  ${set}${group === "" ? "" : `/${group}`}  ${meaning}  ${id}:${start}  ${what}\n    ${context}`;
}
