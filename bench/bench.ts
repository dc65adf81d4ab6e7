import type { ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { answerOf, launch, stop } from "./children.ts";
import { flushTimes } from "./disk.ts";
import { type Spread, spreadOf } from "./load/job.ts";
import { machine, places } from "./machine.ts";
import { type Figures, measure } from "./measure.ts";
import { memoryOver } from "./memory.ts";
import type { Options, TargetName } from "./options.ts";
import { aimsOf } from "./report/aims.ts";
import type { MemoryPoint, Results, TargetResult } from "./report/results.ts";
import { summarise } from "./report/summary.ts";
import { direct } from "./targets/direct.ts";
import { fastifyProxy } from "./targets/fastify.ts";
import { availableBuild, freehold, stale } from "./targets/freehold.ts";
import { nginx } from "./targets/nginx.ts";
import { portkey } from "./targets/portkey.ts";
import type { Running, Target } from "./targets/target.ts";

const entry = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** One run: every target in turn, round after round. */
export class Bench {
  readonly #options: Options;
  readonly #scratch: string;
  readonly #say: (line: string) => void;
  readonly #places = places();
  readonly #remarks: string[] = [];
  readonly #rounds = new Map<Target, Figures[]>();
  readonly #skipped: { name: string; reason: string }[] = [];
  #memory: readonly MemoryPoint[] = [];
  #flush: Spread = spreadOf([]);
  #started = 0;

  constructor(options: Options, scratch: string, say: (line: string) => void) {
    this.#options = options;
    this.#scratch = scratch;
    this.#say = say;
  }

  async run(): Promise<Results> {
    const { unpinned } = this.#places;
    if (unpinned !== undefined)
      this.#remark(`Nothing was pinned to a core: ${unpinned}. Requests a second and latencies are not comparable; CPU for a request still is.`);
    const targets = await this.#present();
    this.#flush = await flushTimes(this.#scratch);
    const upstream = this.#surrounding("./upstream/upstream.ts");
    const { port } = await answerOf<{ port: number }>(upstream, undefined, 10_000);
    const load = this.#surrounding("./load/load.ts");
    for (let round = 1; round <= this.#options.plan.rounds; round += 1) {
      for (const target of targets) await this.#round(round, target, { load, upstream, port });
    }
    await Promise.all([stop(load), stop(upstream)]);
    return this.#results();
  }

  #remark(remark: string): void {
    this.#remarks.push(remark);
    this.#say(remark);
  }

  #surrounding(path: string): ChildProcess {
    return launch({ command: process.execPath, args: [entry(path)], core: this.#places.surroundings, messages: true });
  }

  /** The chosen targets that can be measured here. */
  async #present(): Promise<readonly Target[]> {
    const build = this.#options.build ?? availableBuild();
    const all: Record<TargetName, Target> = { direct, nginx, fastify: fastifyProxy, portkey, freehold: freehold(build) };
    const present: Target[] = [];
    for (const name of this.#options.targets) {
      const reason = await all[name].missing?.();
      if (reason === undefined) present.push(all[name]);
      else {
        this.#skipped.push({ name, reason });
        this.#say(`${name} is skipped: ${reason}.`);
      }
    }
    if (present.includes(all.freehold) && build === "dist" && stale()) this.#remark("dist/ is older than src/: run npm run build to measure what you see.");
    return present;
  }

  async #round(round: number, target: Target, { load, upstream, port }: { load: ChildProcess; upstream: ChildProcess; port: number }): Promise<void> {
    const { plan, long, profile } = this.#options;
    this.#say(`Round ${round} of ${plan.rounds}: ${target.name}`);
    this.#started += 1;
    const folder = join(this.#scratch, `${this.#started}-${target.name}`);
    mkdirSync(folder);
    const nodeArguments = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${join(resolve(profile), target.name)}`];
    const before = await this.#requests(upstream);
    const running = await target.start({ upstream: port, core: this.#places.target, folder, nodeArguments });
    try {
      const figures = await measure(load, running, plan);
      this.#rounds.set(target, [...(this.#rounds.get(target) ?? []), figures]);
      for (const failure of figures.failures) this.#remark(`${target.name}, round ${round}: ${failure}`);
      if (long && round === plan.rounds && target.name === "freehold") this.#memory = await this.#memoryOf(load, running);
      const wrong = await running.verify?.((await this.#requests(upstream)) - before);
      if (wrong !== undefined) this.#remark(`${target.name}, round ${round}: ${wrong}`);
    } finally {
      await running.stop();
    }
  }

  async #memoryOf(load: ChildProcess, running: Running): Promise<readonly MemoryPoint[]> {
    this.#say("Freehold's memory over 200,000 requests");
    return await memoryOver(load, running, this.#options.plan.prompts[0] ?? 1);
  }

  /** Requests that the upstream has seen. */
  async #requests(upstream: ChildProcess): Promise<number> {
    return (await answerOf<{ requests: number }>(upstream, {}, 10_000)).requests;
  }

  #results(): Results {
    const { plan } = this.#options;
    const compared = this.#rounds.get(direct) ?? [];
    const targets = [...this.#rounds].map(
      ([{ name, description }, rounds]): TargetResult => ({ name, description, summary: summarise(rounds, compared), rounds }),
    );
    const { target, surroundings } = this.#places;
    return {
      date: new Date().toISOString(),
      machine: machine(),
      flush: this.#flush,
      placing: target === undefined ? "nothing pinned" : `the target on core ${target}, load generator and upstream on core ${surroundings}`,
      plan,
      targets,
      skipped: this.#skipped,
      memory: this.#memory,
      aims: aimsOf(targets, this.#memory),
      remarks: this.#remarks,
    };
  }
}
