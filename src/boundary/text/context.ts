/** The text just before a candidate, lower-cased for comparison: at most `reach` code units. */
export const before = (text: string, start: number, reach: number): string => text.slice(Math.max(0, start - reach), start).toLowerCase();

export const after = (text: string, end: number, reach: number): string => text.slice(end, end + reach).toLowerCase();
