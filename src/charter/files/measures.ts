import type { Complaint } from "./complaint.ts";
import { quoted } from "./spelling.ts";

const second = 1000;
const day = 86_400 * second;

/** Milliseconds per unit of a timer. */
const timerUnits: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ms: 1,
    s: second,
    second: second,
    seconds: second,
    m: 60 * second,
    min: 60 * second,
    minute: 60 * second,
    minutes: 60 * second,
    h: 3600 * second,
    hour: 3600 * second,
    hours: 3600 * second,
    d: day,
    day,
    days: day,
  }),
);

/** Units of a time to keep; months and years follow the calendar, so they have no fixed length. */
const calendarUnits: ReadonlySet<string> = new Set(["h", "hours", "d", "day", "days", "w", "week", "weeks", "month", "months", "y", "year", "years"]);

const measure = /^(\d{1,9}(?:\.\d{1,6})?)\s*([A-Za-z]+)$/;

/** `250ms`, `5s`, `2min`, `6h`, `7d` in milliseconds; undefined when it is none of these. */
export function milliseconds(text: string): number | undefined {
  const match = measure.exec(text);
  const unit = timerUnits.get(match?.[2] ?? "");
  return match === null || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

/** A time that a timer measures: more than nothing, at most a day (Node's timers end at 24.8 days). */
export function checkTimer(text: string): Complaint | undefined {
  const value = milliseconds(text);
  if (value === undefined) return { message: `${quoted(text)} is not a time`, hint: "a number with ms, s, min or h, such as 5s or 250ms" };
  if (value < 1 || value > day) return { message: `${quoted(text)} is out of range`, hint: "from 1ms to 24h" };
  return undefined;
}

/** An interval between two runs of something: seconds to days. */
export function checkInterval(text: string): Complaint | undefined {
  const value = milliseconds(text);
  if (value === undefined || value < second) return { message: `${quoted(text)} is not an interval`, hint: "a number with min, h or d, such as 6h or 7d" };
  return undefined;
}

/** How long something is kept: `30d`, `12 weeks`, `13 months`, `10 years`. */
export function checkRetention(text: string): Complaint | undefined {
  const match = measure.exec(text);
  if (match !== null && !text.includes(".") && Number(match[1]) > 0 && calendarUnits.has(match[2] ?? "")) return undefined;
  return { message: `${quoted(text)} is not a time to keep`, hint: "a whole number with days, weeks, months or years, such as 13 months" };
}

/** Like a retention, or `none`. */
export const checkContentRetention = (text: string): Complaint | undefined => {
  if (text === "none" || checkRetention(text) === undefined) return undefined;
  return { message: `${quoted(text)} is not a time to keep`, hint: "none, or a whole number with days, weeks, months or years, such as 30 days" };
};

const sizeUnits: ReadonlyMap<string, number> = new Map(
  Object.entries({ "": 1, B: 1, KB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3 }),
);
const sizeShape = /^(\d{1,15}(?:\.\d{1,6})?)\s*([A-Za-z]*)$/;

/** `64MB` (10^6), `16MiB` (2^20) or plain bytes, in bytes; undefined when it is no size. */
export function bytes(size: string | number): number | undefined {
  if (typeof size === "number") return size;
  const match = sizeShape.exec(size);
  const unit = sizeUnits.get((match?.[2] ?? "").toUpperCase());
  return match === null || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

/** A body limit: from 1 KB to 1 GB. */
export function checkSize(size: string | number): Complaint | undefined {
  const value = bytes(size);
  if (value === undefined)
    return { message: `${quoted(String(size))} is not a size`, hint: "a number with kB, MB, GB, KiB, MiB or GiB, such as 64MB, or plain bytes" };
  if (!Number.isInteger(value) || value < 1000 || value > 1000 ** 3) return { message: `${quoted(String(size))} is out of range`, hint: "from 1kB to 1GB" };
  return undefined;
}

const countUnits: ReadonlyMap<string, number> = new Map(Object.entries({ "": 1, K: 1000, M: 1000 ** 2 }));
const countShape = /^(\d{1,12})\s*([KkM]?)$/;

/** `1M`, `1K` or a plain number; undefined when it is none. */
export function tokenCount(count: string | number): number | undefined {
  if (typeof count === "number") return count;
  const match = countShape.exec(count);
  return match === null ? undefined : Number(match[1]) * (countUnits.get((match[2] ?? "").toUpperCase()) ?? 1);
}

export function checkTokenCount(count: string | number): Complaint | undefined {
  const value = tokenCount(count);
  if (value !== undefined && Number.isInteger(value) && value > 0) return undefined;
  return { message: `${quoted(String(count))} is not a number of tokens`, hint: "1M, 1K or a whole number" };
}

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day that the calendar has: 2026-02-30 is none. */
export function checkDay(text: string): Complaint | undefined {
  const match = dayShape.exec(text);
  if (match === null) return { message: `${quoted(text)} is not a date`, hint: "YYYY-MM-DD, such as 2027-06-30" };
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  if (date.toISOString().slice(0, 10) === text) return undefined;
  return { message: `${text} is not a day of the calendar`, hint: "check the month and the day" };
}
