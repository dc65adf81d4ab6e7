import type { ChildProcess } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** What a target needs to start. */
export interface Setting {
  /** Port of the upstream on 127.0.0.1. */
  readonly upstream: number;
  /** The core that it is to keep to. */
  readonly core: number | undefined;
  /** An empty folder of its own, deleted afterwards. */
  readonly folder: string;
  /** Arguments for Node itself, e.g. a profiler's. */
  readonly nodeArguments: readonly string[];
}

/** A target that answers. */
export interface Running {
  readonly port: number;
  /** What each request must carry. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is nothing between client and upstream. */
  readonly process: ChildProcess | undefined;
  /** Checks, when all is measured, that it did the work that it claims; `requests` reached the upstream. What is wrong, or undefined. */
  verify?(requests: number): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Something to measure. */
export interface Target {
  readonly name: string;
  /** One line for the report. */
  readonly description: string;
  /** Why it cannot be measured here, or undefined; may install what it needs. */
  missing?(): Promise<string | undefined> | string | undefined;
  start(setting: Setting): Promise<Running>;
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until something answers HTTP on the port. */
export async function answering(name: string, port: number, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) break;
    try {
      await (await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) })).arrayBuffer();
      return;
    } catch {
      await delay(50);
    }
  }
  throw new Error(`${name} did not start`);
}
