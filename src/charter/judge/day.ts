import type { Day } from "#registry";

const dayLength = 86_400_000;

/** The last millisecond of the year 9999: beyond it, days no longer compare as text. */
const lastMoment = 253_402_300_799_999;

export const isMoment = (now: number): boolean => Number.isFinite(now) && now >= 0 && now <= lastMoment;

/** The first moment of the UTC day. Facts and risks are dated by day, so each of them holds or fails for a whole UTC day. */
export const startOfUtcDay = (now: number): number => now - (now % dayLength);

/** `YYYY-MM-DD` in UTC. */
export const isoDay = (now: number): Day => new Date(now).toISOString().slice(0, 10);

/** `YYYY-MM-DD` so many days later, or earlier where the number is negative. */
export const dayFrom = (now: number, days: number): Day => isoDay(Math.min(Math.max(now + days * dayLength, 0), lastMoment));
