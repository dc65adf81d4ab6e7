import type { ChildProcess } from "node:child_process";
import { type Chat, chatBody } from "./chat.ts";
import { answerOf } from "./children.ts";
import type { Job, LoadReport } from "./load/job.ts";
import { answer, clients, longStream, type Plan, pace, shortStream, streamPace } from "./plan.ts";
import { type TreeUse, treeUse } from "./process-tree.ts";
import type { Running } from "./targets/target.ts";

/** Many requests at one time, as fast as they are answered. */
export interface Saturation {
  readonly kilobytes: number;
  readonly perSecond: number;
  /** User and system time of all the target's processes for one request, in microseconds; null where it cannot be read. */
  readonly cpuMicros: number | null;
  /** Share of one core that the target used: below 0.9 it waited for load, and its requests a second say nothing of its limit. */
  readonly busy: number | null;
  readonly failed: number;
}

/** Milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  /** 99th percentile by which the generator itself was late. */
  readonly late: number;
  readonly failed: number;
}

export interface Streams {
  readonly concurrent: number;
  readonly perSecond: number;
  /** CPU for a stream of 50 events, in microseconds. */
  readonly cpuMicros: number | null;
  readonly failed: number;
}

/** What one round found out about one target. */
export interface Figures {
  readonly saturation: readonly Saturation[];
  readonly paced: Latency;
  readonly firstByte: Latency;
  readonly streams: Streams | null;
  /** Resident memory in MB after the small prompts, and when all was done. */
  readonly memory: { readonly small: number | null; readonly end: number | null };
  readonly failures: readonly string[];
}

interface Measured extends LoadReport {
  readonly cpuMicros: number | null;
  readonly busy: number | null;
}

const zero = { connections: 1024, rate: 1, ramp: 0, requests: Number.MAX_SAFE_INTEGER, stream: false };

/** Has the load generator do jobs against one target and reads what they cost it. */
export class Meter {
  readonly failures: string[] = [];
  readonly #load: ChildProcess;
  readonly #target: Running;

  constructor(load: ChildProcess, target: Running) {
    this.#load = load;
    this.#target = target;
  }

  use(): TreeUse | undefined {
    const pid = this.#target.process?.pid;
    return pid === undefined ? undefined : treeUse(pid);
  }

  async closed(chat: Chat, seconds: number, more: Partial<Job> = {}): Promise<Measured> {
    return await this.#run(chat, { kind: "closed", connections: clients, seconds, ...more });
  }

  async paced(chat: Chat, seconds: number, rate: number): Promise<Measured> {
    return await this.#run(chat, { kind: "paced", seconds, rate });
  }

  async #run(chat: Chat, part: Pick<Job, "kind" | "seconds"> & Partial<Job>): Promise<Measured> {
    const { port, headers } = this.#target;
    const job: Job = { ...zero, port, headers, body: chatBody(chat), stream: chat.stream, ...part };
    const before = this.use();
    const began = performance.now();
    const report = await answerOf<LoadReport>(this.#load, job, (job.seconds + 30) * 1000);
    const elapsed = (performance.now() - began) / 1000;
    const after = this.use();
    if (report.failure !== null) this.failures.push(`${report.failed} of ${report.failed + report.answered} ${chat.model} requests: ${report.failure}`);
    const cpu = before === undefined || after === undefined ? null : after.cpuSeconds - before.cpuSeconds;
    const requests = report.answered + report.failed;
    return { ...report, cpuMicros: cpu === null || requests === 0 ? null : (cpu * 1e6) / requests, busy: cpu === null ? null : cpu / elapsed };
  }
}

/** One round of one target that is up: always the same jobs in the same order. */
export async function measure(load: ChildProcess, target: Running, plan: Plan): Promise<Figures> {
  const meter = new Meter(load, target);
  const [first = 1] = plan.prompts;
  await meter.closed(answer(first), plan.warmUp);
  await meter.closed(shortStream, Math.min(1, plan.warmUp));
  const saturation: Saturation[] = [];
  let small: number | null = null;
  for (const kilobytes of plan.prompts) {
    const { perSecond, cpuMicros, busy, failed } = await meter.closed(answer(kilobytes), kilobytes === first ? plan.saturation : plan.further);
    saturation.push({ kilobytes, perSecond, cpuMicros, busy, failed });
    small ??= meter.use()?.residentMB ?? null;
  }
  const { latency, lateness, ...requests } = await meter.paced(answer(first), plan.paced, pace);
  const { firstByte, ...begun } = await meter.paced(shortStream, plan.firstByte, streamPace);
  const streams = plan.streaming === 0 ? null : await concurrentStreams(meter, plan);
  return {
    saturation,
    paced: { p50: latency.p50, p99: latency.p99, late: lateness.p99, failed: requests.failed },
    firstByte: { p50: firstByte.p50, p99: firstByte.p99, late: begun.lateness.p99, failed: begun.failed },
    streams,
    memory: { small, end: meter.use()?.residentMB ?? null },
    failures: meter.failures,
  };
}

async function concurrentStreams(meter: Meter, plan: Plan): Promise<Streams> {
  const { perSecond, cpuMicros, failed } = await meter.closed(longStream, plan.streaming, { connections: plan.streams, ramp: 1 });
  return { concurrent: plan.streams, perSecond, cpuMicros, failed };
}
