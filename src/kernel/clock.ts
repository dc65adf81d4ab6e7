/** Where the time comes from; tests and `explain --cases` pass their own. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** RFC 3339 in UTC with milliseconds, as every file and answer of Freehold writes a time. */
export const rfc3339 = (milliseconds: number): string => new Date(milliseconds).toISOString();
