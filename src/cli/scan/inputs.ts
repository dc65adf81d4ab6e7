import type { Skipped } from "./files.ts";
import type { Format } from "./format.ts";
import type { Progress } from "./progress.ts";
import { faultOf } from "./run.ts";
import { openSource, type Source } from "./source.ts";
import type { Job } from "./targets.ts";

/** What writing files anew needs, in either direction. */
export interface ExchangeOptions {
  readonly jobs: readonly Job[];
  readonly keyFile: string;
  readonly format: Format | undefined;
  readonly progress: Progress;
  readonly skip: (skipped: Skipped) => void;
  readonly stopped: () => boolean;
}

/** Ctrl-C was pressed while a file was written. */
export class Interrupted extends Error {}

/** Opens the files of the jobs, as often as they are needed; standard input is held for that. */
export class Inputs {
  readonly #options: ExchangeOptions;
  #held: Buffer | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  /** Undefined, and told, where it holds no text. `onChunk` is shown every byte. */
  async open({ file }: Job, onChunk: (chunk: Buffer) => void = () => undefined): Promise<Source | undefined> {
    const { format, skip } = this.#options;
    const source = await openSource(file.path, format, onChunk, file.path === "-" ? this.#standardInput() : undefined);
    if (!("unfit" in source)) return source;
    skip({ path: file.path, reason: source.unfit, fault: source.fault });
    return undefined;
  }

  async *#standardInput(): AsyncGenerator<Buffer> {
    if (this.#held === undefined) {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      this.#held = Buffer.concat(chunks);
    }
    yield this.#held;
  }
}

/** Runs a step of one job; a file that cannot be read, or ceases to be text, is told and left out. */
export async function tolerant<Value>(job: Job, { skip, stopped }: ExchangeOptions, step: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Interrupted || stopped()) return undefined;
    const reason = faultOf(error);
    if (reason === undefined) throw error;
    skip({ path: job.file.path, reason, fault: true });
    return undefined;
  }
}
