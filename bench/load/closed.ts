import { setTimeout as delay } from "node:timers/promises";
import { now } from "../clock.ts";
import { Connection } from "./connection.ts";
import type { Job, LoadReport } from "./job.ts";
import { Tally } from "./tally.ts";

/** Milliseconds that answers under way may take when the time is over. */
const patience = 10_000;
/** A target that fails every request must not be asked in a tight loop for ever. */
const mostFailures = 1_000;

/** As many requests as the target can answer with `connections` at one time: each connection asks again at once. */
export async function closed(job: Job, request: Buffer): Promise<LoadReport> {
  const tally = new Tally();
  const start = now();
  const end = start + job.seconds * 1000;
  let open = job.connections;
  const enough = (): boolean => now() >= end || tally.answered >= job.requests || tally.failed >= mostFailures;
  return await new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(limit);
      const elapsed = Math.min(now(), end) - start;
      for (const connection of connections) connection.close();
      resolve(tally.report(elapsed / 1000));
    };
    const limit = setTimeout(
      () => {
        tally.unanswered(connections.filter(({ busy }) => busy).length);
        finish();
      },
      job.seconds * 1000 + patience,
    );
    const next = (connection: Connection): void => {
      if (enough()) open -= 1;
      else connection.ask(request, now());
      if (open === 0) finish();
    };
    const connections = Array.from(
      { length: job.connections },
      () =>
        new Connection(job.port, job.stream, (connection, exchange) => {
          tally.add(exchange, { counted: true, inTime: exchange.end <= end });
          next(connection);
        }),
    );
    void startAll(connections, job.ramp, next);
  });
}

async function startAll(connections: readonly Connection[], ramp: number, start: (connection: Connection) => void): Promise<void> {
  const pause = (ramp * 1000) / connections.length;
  let due = now();
  for (const connection of connections) {
    start(connection);
    due += pause;
    const wait = due - now();
    if (wait >= 1) await delay(wait);
  }
}
