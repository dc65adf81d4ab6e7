import type { Backend, Cleared } from "#charter";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { inspectGgufHeader } from "../model-files/index.ts";
import type { AnswerSink, Engine, EngineHealth, EngineRequest, Exchange } from "../port.ts";
import { type ExchangeOwner, LlamaExchange } from "./exchange.ts";
import type { FromProcess, ModelFile, ProcessSettings } from "./messages.ts";
import { type LlamaEvent, ModelProcess, type ProcessOwner } from "./model-process.ts";

export interface LlamaEngineOptions {
  readonly backend: Backend;
  /** Path of the weights of a served model: `builtin:demo` is the caller's to resolve. */
  readonly modelPath: (weights: string) => string;
  /** Threads for the arithmetic; 0 or undefined = as many as the machine has useful cores. */
  readonly threads?: number;
  /** Hears what the model process does. */
  readonly onEvent?: (event: LlamaEvent) => void;
}

/** An engine whose models run in a process of their own. */
export interface LlamaEngine extends Engine {
  /** Resolves when the models are loaded, or with the fault of the first attempt; later attempts go on by themselves. */
  loaded(): Promise<Result<undefined, Fault>>;
  /** Of the model process, while there is one. */
  readonly pid: number | undefined;
}

/** Milliseconds for a cancelled request to let go of its place; more, and the process counts as hung. */
const lettingGo = 60_000;

class LlamaCppEngine implements LlamaEngine, ExchangeOwner, ProcessOwner {
  readonly backend: string;
  readonly #backend: Backend;
  readonly #process: ModelProcess;
  readonly #onEvent: (event: LlamaEvent) => void;
  readonly #waiting = new Set<LlamaExchange>();
  readonly #running = new Map<number, LlamaExchange>();
  readonly #lettingGo = new Map<number, NodeJS.Timeout>();
  readonly #loaded = Promise.withResolvers<Result<undefined, Fault>>();
  #exchanges = 0;
  #closing: Promise<void> | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(backend: Backend, settings: ProcessSettings, onEvent: (event: LlamaEvent) => void) {
    this.backend = backend.name;
    this.#backend = backend;
    this.#onEvent = onEvent;
    this.#process = new ModelProcess(this, settings);
    this.#process.start();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  loaded(): Promise<Result<undefined, Fault>> {
    return this.#loaded.promise;
  }

  send(request: Cleared<EngineRequest>, sink: AnswerSink): Exchange {
    if (request.backend !== this.backend) throw new Error(`cleared for ${request.backend}, not for ${this.backend}`);
    this.#exchanges += 1;
    const exchange = new LlamaExchange(this.#exchanges, request, sink, this, this.#backend.timeouts);
    const known = this.#backend.models.some((model) => model.name === request.payload.model);
    if (this.#closing !== undefined) this.#turnAway(exchange, "shutting_down");
    else if (!known) this.#turnAway(exchange, "model_not_found");
    else if (this.#process.isReady) this.#hand(exchange);
    else if (this.#process.isDown) this.#turnAway(exchange, "backend_failed");
    else this.#waiting.add(exchange);
    return exchange;
  }

  health(): EngineHealth {
    const { isReady, isDown, failures, lastFault } = this.#process;
    const state = isReady ? "up" : isDown ? "down" : "probing";
    return { backend: this.backend, state, active: this.#running.size, queued: this.#waiting.size, failures, lastFault };
  }

  close(): Promise<void> {
    this.#closing ??= new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      this.#wakeWhenIdle();
    }).then(() => {
      for (const timer of this.#lettingGo.values()) clearTimeout(timer);
      return this.#process.close();
    });
    return this.#closing;
  }

  pause(exchange: LlamaExchange): void {
    this.#process.send({ type: "pause", id: exchange.id });
  }

  resume(exchange: LlamaExchange): void {
    this.#process.send({ type: "resume", id: exchange.id });
  }

  ended(exchange: LlamaExchange, how: "answered" | "failed" | "aborted"): void {
    this.#waiting.delete(exchange);
    const wasRunning = this.#running.delete(exchange.id);
    if (how === "answered") this.#process.proved();
    if (how === "aborted" && wasRunning) {
      this.#process.send({ type: "abort", id: exchange.id });
      this.#lettingGo.set(
        exchange.id,
        setTimeout(() => this.#process.kill("a cancelled request does not end"), lettingGo),
      );
    }
    this.#wakeWhenIdle();
  }

  ready(): void {
    this.#loaded.resolve(ok(undefined));
    for (const exchange of this.#waiting) this.#hand(exchange);
  }

  received(message: FromProcess): void {
    if (!("id" in message)) return;
    if (message.type === "end" || message.type === "fail" || message.type === "aborted") {
      clearTimeout(this.#lettingGo.get(message.id));
      this.#lettingGo.delete(message.id);
    }
    if (message.type === "fail") this.#onEvent({ backend: this.backend, kind: "llama.cpp", detail: message.reason });
    this.#running.get(message.id)?.receive(message);
  }

  lost(reason: string, loading: boolean): void {
    for (const timer of this.#lettingGo.values()) clearTimeout(timer);
    this.#lettingGo.clear();
    if (loading) {
      this.#loaded.resolve(err(fault("backend_failed", { message: `Backend ${this.backend}: ${reason}.` })));
      for (const exchange of [...this.#waiting]) exchange.fail("backend_failed", { phase: "connect" });
    }
    for (const exchange of [...this.#running.values()]) exchange.fail(exchange.begun ? "backend_cut" : "backend_failed");
  }

  event(event: LlamaEvent): void {
    this.#onEvent(event);
  }

  #hand(exchange: LlamaExchange): void {
    this.#waiting.delete(exchange);
    this.#running.set(exchange.id, exchange);
    exchange.sent = true;
    const { operation, requestId, model, body } = exchange.request.payload;
    this.#process.send({ type: "ask", id: exchange.id, operation, requestId, model, body });
  }

  /** Not before `send` has returned. */
  #turnAway(exchange: LlamaExchange, code: "shutting_down" | "model_not_found" | "backend_failed"): void {
    queueMicrotask(() => exchange.fail(code, { phase: "connect" }));
  }

  #wakeWhenIdle(): void {
    if (this.#running.size === 0 && this.#waiting.size === 0) this.#whenIdle?.();
  }
}

/**
 * Checks the files of the backend's models, starts their process and begins to load them; requests that come before they are loaded
 * wait. Faults: `model_file_invalid`, `file_unreadable`. Nothing is downloaded or compiled.
 */
export async function createLlamaEngine({ backend, modelPath, threads = 0, onEvent = () => {} }: LlamaEngineOptions): Promise<Result<LlamaEngine, Fault>> {
  const files = new Map<string, ModelFile>();
  for (const { name, weights, context } of backend.models) {
    if (weights === undefined) return err(fault("model_file_invalid", { message: `Model ${name} of backend ${backend.name} names no weights.`, param: name }));
    const path = modelPath(weights);
    const header = await inspectGgufHeader(path);
    if (!header.ok) return header;
    const key = `${path}\0${context ?? ""}`;
    files.set(key, { names: [...(files.get(key)?.names ?? []), name], path, context });
  }
  const settings: ProcessSettings = { models: [...files.values()], threads, parallel: backend.limits.concurrency };
  return ok(new LlamaCppEngine(backend, settings, onEvent));
}
