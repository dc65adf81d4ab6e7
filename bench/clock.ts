/** Milliseconds of the machine's monotonic clock; the same in every process and thread of one machine. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
