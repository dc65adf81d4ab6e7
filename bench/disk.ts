import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { now } from "./clock.ts";
import { type Spread, spreadOf } from "./load/job.ts";

const pageBytes = 16_384;
const flushes = 200;
const pages = 32;

/**
 * How long the disk under a folder takes to flush a few pages, in milliseconds: what every durable write waits for, whoever makes it. The pages are
 * written over and over, as a write-ahead log is, with a pause between, as at a low rate.
 */
export async function flushTimes(folder: string): Promise<Spread> {
  const file = openSync(join(folder, "flush"), "w");
  const page = Buffer.alloc(pageBytes, 1);
  const times: number[] = [];
  try {
    for (let turn = 0; turn < pages + flushes; turn += 1) {
      writeSync(file, page, 0, pageBytes, (turn % pages) * pageBytes);
      const started = now();
      fdatasyncSync(file);
      if (turn >= pages) times.push(now() - started);
      await delay(2);
    }
  } finally {
    closeSync(file);
  }
  return spreadOf(times);
}
