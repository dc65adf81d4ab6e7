/** Entry of the model process: llama.cpp lives here, so that neither its arithmetic nor its crashes touch the gateway. */
import { getLlama, type Llama, LlamaLogLevel } from "node-llama-cpp";
import type { FromProcess, ProcessSettings, ToProcess } from "../messages.ts";
import { LoadedModel } from "./loaded-model.ts";
import type { Outlet } from "./outlet.ts";
import { serve } from "./serve.ts";

const tell = (message: FromProcess): void => {
  process.send?.(message);
};

const textOf = (cause: unknown): string => (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)).slice(0, 500);

/** Milliseconds between two signs of life for a request that has nothing to show. */
const progressEvery = 500;

class RunningRequest implements Outlet {
  readonly id: number;
  readonly #abort = new AbortController();
  #resume: (() => void) | undefined;
  #paused: Promise<void> | undefined;
  #lastSign = 0;

  constructor(id: number) {
    this.id = id;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  head(status: number, contentType: string): void {
    tell({ type: "head", id: this.id, status, contentType });
  }

  write(text: string): void {
    this.#lastSign = Date.now();
    tell({ type: "data", id: this.id, text });
  }

  end(): void {
    tell({ type: "end", id: this.id });
  }

  async pause(): Promise<void> {
    const now = Date.now();
    if (now - this.#lastSign >= progressEvery) {
      this.#lastSign = now;
      tell({ type: "progress", id: this.id });
    }
    // Lets the messages in: an abort must not wait for the next token.
    await new Promise(setImmediate);
    await this.#paused;
  }

  hold(): void {
    if (this.#paused !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#paused = promise;
    this.#resume = resolve;
  }

  release(): void {
    this.#resume?.();
    this.#paused = undefined;
    this.#resume = undefined;
  }

  abort(): void {
    this.#abort.abort();
    this.release();
  }
}

const running = new Map<number, RunningRequest>();
const models = new Map<string, LoadedModel>();
let llama: Llama | undefined;
let loaded = false;

async function load(settings: ProcessSettings): Promise<void> {
  llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    maxThreads: settings.threads,
    logLevel: LlamaLogLevel.warn,
    logger(level, message) {
      // Once requests come, llama.cpp's messages may quote them: a grammar that it refuses, for instance.
      if (loaded) return;
      const failed = level === LlamaLogLevel.error || level === LlamaLogLevel.fatal;
      tell({ type: "log", level: failed ? "error" : "warning", message: message.trim().slice(0, 500) });
    },
  });
  for (const file of settings.models) {
    const model = await LoadedModel.load(llama, file, settings.parallel);
    for (const name of file.names) models.set(name, model);
  }
  loaded = true;
}

async function ask(message: Extract<ToProcess, { type: "ask" }>): Promise<void> {
  if (llama === undefined) throw new Error("asked before the models were loaded");
  const request = new RunningRequest(message.id);
  running.set(message.id, request);
  try {
    await serve(llama, models, message, request);
  } catch (cause) {
    if (!request.signal.aborted) tell({ type: "fail", id: message.id, reason: textOf(cause) });
  } finally {
    running.delete(message.id);
    if (request.signal.aborted) tell({ type: "aborted", id: message.id });
  }
}

process.on("message", (message: ToProcess) => {
  switch (message.type) {
    case "load":
      load(message.settings).then(
        () => tell({ type: "ready" }),
        (cause: unknown) => tell({ type: "load-failed", reason: textOf(cause) }),
      );
      break;
    case "ask":
      void ask(message);
      break;
    case "abort":
      running.get(message.id)?.abort();
      break;
    case "pause":
      running.get(message.id)?.hold();
      break;
    case "resume":
      running.get(message.id)?.release();
      break;
  }
});

// A signal to the whole process group (Ctrl-C, systemd) must not cut the answers that the gateway still lets finish.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
// The gateway is gone, or wants this process to go: the system frees the models' memory.
process.on("disconnect", () => process.exit(0));
