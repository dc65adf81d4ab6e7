import { type DataClass, dataClasses } from "#charter";
import type { Finding } from "../port.ts";
import type { Allowed } from "./known-values.ts";

const rank = (one: DataClass): number => dataClasses.indexOf(one);
const graver = (one: DataClass, other: DataClass): DataClass => (rank(one) >= rank(other) ? one : other);

/** How far allowed values reach; those for secrets apart. */
interface Reach {
  readonly sensitive: number;
  readonly secret: number;
}

const further = (reach: Reach, { end, class: dataClass }: Allowed): Reach => ({
  sensitive: Math.max(reach.sensitive, end),
  secret: dataClass === "secret" ? Math.max(reach.secret, end) : reach.secret,
});

/**
 * Drops what lies wholly within an allowed value: a secret only where the value is allowed as a secret, and what is `listed` only where the
 * allowed value is longer. Both sorted by their beginnings.
 */
export function withoutAllowed(findings: readonly Finding[], allowed: readonly Allowed[], listed: boolean): readonly Finding[] {
  if (allowed.length === 0) return findings;
  let earlier: Reach = { sensitive: 0, secret: 0 };
  let next = 0;
  return findings.filter((finding) => {
    for (let entry = allowed[next]; entry !== undefined && entry.start < finding.start; entry = allowed[next]) {
      earlier = further(earlier, entry);
      next += 1;
    }
    const of = finding.class === "secret" ? "secret" : "sensitive";
    if (earlier[of] >= finding.end) return false;
    let here: Reach = { sensitive: 0, secret: 0 };
    for (let at = next; allowed[at]?.start === finding.start; at += 1) here = further(here, allowed[at] ?? { start: 0, end: 0, class: "sensitive" });
    return listed ? here[of] <= finding.end : here[of] < finding.end;
  });
}

/** Sorted, without overlaps: the earlier and longer finding keeps its place, and the rest of the other stays a finding of its own. */
export function sideBySide(listed: readonly Finding[]): Finding[] {
  const placed: Finding[] = [];
  for (const finding of listed) {
    const last = placed.at(-1);
    if (last === undefined || finding.start >= last.end) placed.push(finding);
    else {
      const dataClass = graver(last.class, finding.class);
      if (dataClass !== last.class) placed[placed.length - 1] = { ...last, class: dataClass };
      if (finding.end > last.end) placed.push({ ...finding, start: last.end });
    }
  }
  return placed;
}

/** Types whose shape is certain and whose parts tell the rest, so that they stay whole around a listed value. */
const open = new Set(["person", "organisation", "location", "address", "special_category", "known_value"]);

const containsWord = /[\p{L}\p{N}]/u;

/**
 * Lists over detectors. Where both claim a place it is the list's, with the graver class of the two, and what a detector claimed around it
 * stays its finding. Only a finding of a fixed shape that holds a listed value inside, such as an address with a customer's name in it, stays
 * whole. Both sorted and free of overlaps; so is the result.
 */
export function listsFirst(text: string, listed: readonly Finding[], detected: readonly Finding[]): readonly Finding[] {
  if (listed.length === 0) return detected;
  if (detected.length === 0) return listed;
  const result: Finding[] = [];
  const classes = listed.map((finding) => finding.class);
  const swallowed = new Set<number>();
  let first = 0;
  for (const finding of detected) {
    while ((listed[first]?.end ?? Number.POSITIVE_INFINITY) <= finding.start) first += 1;
    let from = finding.start;
    let whole: Finding | undefined;
    const pieces: Finding[] = [];
    for (let at = first; (listed[at]?.start ?? Number.POSITIVE_INFINITY) < finding.end; at += 1) {
      const entry = listed[at];
      if (entry === undefined) break;
      const inside = entry.start >= finding.start && entry.end <= finding.end && entry.end - entry.start < finding.end - finding.start;
      if (inside && !open.has(finding.type)) {
        swallowed.add(at);
        whole = { ...finding, class: graver(whole?.class ?? finding.class, entry.class) };
      } else {
        classes[at] = graver(classes[at] ?? entry.class, finding.class);
        pieces.push({ ...finding, start: from, end: entry.start });
        from = entry.end;
      }
    }
    const start = from;
    if (pieces.length === 0) result.push(whole ?? finding);
    else {
      const base = whole ?? finding;
      for (const piece of [...pieces, { ...finding, start, end: finding.end }]) {
        if (piece.end > piece.start && containsWord.test(text.slice(piece.start, piece.end))) result.push({ ...base, start: piece.start, end: piece.end });
      }
    }
  }
  for (const [at, entry] of listed.entries()) {
    if (!swallowed.has(at)) result.push({ ...entry, class: classes[at] ?? entry.class });
  }
  return result.sort((one, other) => one.start - other.start);
}
