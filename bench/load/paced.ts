import { Worker } from "node:worker_threads";
import { Connection } from "./connection.ts";
import type { Job, LoadReport } from "./job.ts";
import type { Beat } from "./metronome.ts";
import { Tally } from "./tally.ts";

/** Milliseconds that answers under way may take when the last request is written. */
const patience = 5_000;
/** Milliseconds at the start that open the connections and are not counted. */
const settling = 500;

/**
 * Requests on a fixed schedule. A latency counts from the time at which its request was due, not from when it could be written, so a target that
 * stalls is charged for everything that had to wait (no coordinated omission).
 */
export async function paced(job: Job, request: Buffer): Promise<LoadReport> {
  const tally = new Tally();
  const count = Math.round(job.seconds * job.rate);
  const connections: Connection[] = [];
  const idle: Connection[] = [];
  const waiting: number[] = [];
  let first = 0;
  let done = 0;
  const beat: Beat = { gap: 1000 / job.rate, count };
  const metronome = new Worker(new URL("./metronome.ts", import.meta.url), { workerData: beat });
  return await new Promise((resolve, reject) => {
    const limit = setTimeout(() => finish(), job.seconds * 1000 + patience);
    const finish = (): void => {
      clearTimeout(limit);
      tally.unanswered(count - done);
      for (const connection of connections) connection.close();
      void metronome.terminate().then(() => resolve(tally.report(job.seconds)));
    };
    const open = (): Connection => {
      const connection = new Connection(job.port, job.stream, (free, exchange) => {
        done += 1;
        tally.add(exchange, { counted: exchange.due - first >= settling, inTime: true });
        const next = waiting.shift();
        if (next !== undefined) free.ask(request, next);
        else idle.push(free);
        if (done === count) finish();
      });
      connections.push(connection);
      return connection;
    };
    metronome.on("error", reject);
    metronome.on("message", (due: number) => {
      if (first === 0) first = due;
      const connection = idle.pop() ?? (connections.length < job.connections ? open() : undefined);
      if (connection === undefined) waiting.push(due);
      else connection.ask(request, due);
    });
  });
}
