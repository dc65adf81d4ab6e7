// A thread that sleeps until each request is due and says so: the event loop's own timers are a millisecond coarse, and spinning would take the
// core from the upstream beside it.
import { parentPort, workerData } from "node:worker_threads";
import { now } from "../clock.ts";

/** Milliseconds between two beats, and how many there are. */
export interface Beat {
  readonly gap: number;
  readonly count: number;
}

const { gap, count } = workerData as Beat;
const never = new Int32Array(new SharedArrayBuffer(4));
const start = now() + 20;
for (let beat = 0; beat < count; beat += 1) {
  const due = start + beat * gap;
  for (let wait = due - now(); wait > 0; wait = due - now()) Atomics.wait(never, 0, 0, wait);
  parentPort?.postMessage(due);
}
