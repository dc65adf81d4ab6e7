/** Time as the reliability layer needs it; tests pass their own. */
export interface Timers {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Runs it once after so many milliseconds. The result cancels it. */
  after(milliseconds: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
