import type { Finding } from "../../port.ts";

/** A span that the tagger or a rule gives. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Sorted spans without overlaps: what overlaps becomes one, under the surer of both. */
export function united(found: Finding[]): Finding[] {
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Finding[] = [];
  for (const finding of found) {
    const last = kept.at(-1);
    if (last === undefined || last.end <= finding.start) {
      kept.push(finding);
      continue;
    }
    const surer = finding.confidence > last.confidence ? finding : last;
    kept[kept.length - 1] = { ...surer, start: last.start, end: Math.max(last.end, finding.end) };
  }
  return kept;
}

/** Asks sorted spans, in the order of the text, whether one of them covers a place. */
export function covering(spans: readonly Span[]): (start: number, end: number) => boolean {
  let next = 0;
  let asked = 0;
  return (start, end) => {
    if (start < asked) next = 0;
    asked = start;
    for (let span = spans[next]; span !== undefined && span.end <= start; span = spans[next]) next += 1;
    const span = spans[next];
    return span !== undefined && span.start < end;
  };
}
