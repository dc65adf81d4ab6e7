import type { Day, Provenance } from "./facts.ts";

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const millisecondsOfADay = 86_400_000;

/** Milliseconds since the epoch at which the day begins in UTC; undefined where the text is no day of the calendar. */
export function startOfDay(day: Day): number | undefined {
  const parts = shape.exec(day);
  if (parts === null) return undefined;
  const [, year, month, date] = parts.map(Number) as [number, number, number, number];
  const start = Date.UTC(year, month - 1, date);
  return new Date(start).getUTCMonth() === month - 1 && new Date(start).getUTCDate() === date ? start : undefined;
}

/** Whether the day is over in UTC: what holds until a day holds to its end. A text that is no day is over. */
export function isOver(day: Day, now: number): boolean {
  const start = startOfDay(day);
  return start === undefined || now >= start + millisecondsOfADay;
}

/**
 * Whether a fact may be relied on at `now` (milliseconds since the epoch). Only `known` is a pass. A fact without `until` does not wear
 * out; a fact without `as-of` was never known, but for the estate's own word on its own weights.
 */
export function inForce(provenance: Provenance, now: number): "known" | "undated" | "expired" {
  if (provenance.ownWord === true) return "known";
  if (provenance.asOf === undefined || startOfDay(provenance.asOf) === undefined) return "undated";
  return provenance.until !== undefined && isOver(provenance.until, now) ? "expired" : "known";
}
