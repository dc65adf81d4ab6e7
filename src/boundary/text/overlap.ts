import { type DataClass, dataClasses } from "#charter";
import type { Finding } from "../port.ts";

const rank = (one: DataClass): number => dataClasses.indexOf(one);

/** The stronger of two readings of the same text: the graver class, then the surer, then the longer, then the earlier. */
function stronger(one: Finding, other: Finding): Finding {
  const byClass = rank(one.class) - rank(other.class);
  if (byClass !== 0) return byClass > 0 ? one : other;
  if (one.confidence !== other.confidence) return one.confidence > other.confidence ? one : other;
  return other.end - other.start > one.end - one.start ? other : one;
}

/** Sorted by place and free of overlaps. Linear after the sort: the survivor of each clash meets only the next finding. */
export function withoutOverlaps(found: Finding[]): Finding[] {
  if (found.length < 2) return found;
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Finding[] = [];
  for (const finding of found) {
    let candidate = finding;
    let last = kept.at(-1);
    while (last !== undefined && last.end > candidate.start) {
      candidate = stronger(last, candidate);
      kept.pop();
      last = kept.at(-1);
    }
    kept.push(candidate);
  }
  return kept;
}
