import { digitAt } from "./weighted.ts";

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether the calendar has the day. */
export function isDay(year: number, month: number, day: number): boolean {
  const days = daysOf[month - 1];
  return days !== undefined && day >= 1 && day <= (month === 2 && isLeap(year) ? 29 : days);
}

/** Those who live were born between: the room has no clock, and the last year is generous. */
const firstBirth = 1900;
const lastBirth = 2039;

export const isBirth = (year: number, month: number, day: number): boolean => year >= firstBirth && year <= lastBirth && isDay(year, month, day);

/** Two digits as a number. */
export const pair = (value: string, at: number): number => digitAt(value, at) * 10 + digitAt(value, at + 1);

/** A year of two digits in this century or the last. */
export const isBirthOfEither = (year: number, month: number, day: number): boolean => isBirth(1900 + year, month, day) || isBirth(2000 + year, month, day);

/** `DDMMYY` from `at`. */
export const isDayMonthYear = (value: string, at: number): boolean => isBirthOfEither(pair(value, at + 4), pair(value, at + 2), pair(value, at));
