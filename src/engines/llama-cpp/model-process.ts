import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FromProcess, ProcessSettings, ToProcess } from "./messages.ts";

/** Something for the operator's log: it holds nothing of any request. */
export interface LlamaEvent {
  readonly backend: string;
  readonly kind: "loading" | "ready" | "load-failed" | "crashed" | "hung" | "llama.cpp";
  readonly detail: string;
}

export interface ProcessOwner {
  readonly backend: string;
  ready(): void;
  received(message: FromProcess): void;
  /** The process is gone; `loading` when it never became ready. It is started again. */
  lost(reason: string, loading: boolean): void;
  event(event: LlamaEvent): void;
}

/** Milliseconds before the next start, doubled at each failure in a row. */
const firstPause = 200;
const longestPause = 30_000;
const failuresUntilDown = 3;
/** Milliseconds that a process gets to go by itself. */
const partingTime = 2_000;

const entry = fileURLToPath(new URL("./process/main.ts", import.meta.url));

/** What llama.cpp says when it aborts, without anything else that it may have printed. */
const abortLine = /GGML_ASSERT\(.*\) failed|GGML_ABORT|terminate called/;

/** The environment of the gateway holds credentials; the model process needs none of it, and no permission to download or to build. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true" });

/** Keeps one model process alive: starts it, loads the models, and starts it again when it is lost. */
export class ModelProcess {
  readonly #owner: ProcessOwner;
  readonly #settings: ProcessSettings;
  #child: ChildProcess | undefined;
  #state: "loading" | "ready" | "pausing" | "closed" = "pausing";
  #failures = 0;
  #restart: NodeJS.Timeout | undefined;
  #lastFault: string | undefined;
  #aborting: string | undefined;

  constructor(owner: ProcessOwner, settings: ProcessSettings) {
    this.#owner = owner;
    this.#settings = settings;
  }

  get isReady(): boolean {
    return this.#state === "ready";
  }

  /** It was lost again and again; it is tried still, but nobody should wait for it. */
  get isDown(): boolean {
    return this.#state === "closed" || this.#failures >= failuresUntilDown;
  }

  get failures(): number {
    return this.#failures;
  }

  get lastFault(): string | undefined {
    return this.#lastFault;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    this.#state = "loading";
    this.#aborting = undefined;
    this.#event("loading", this.#settings.models.map((model) => model.path).join(", "));
    const child = fork(entry, [], {
      serialization: "advanced",
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: environment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child = child;
    child.on("message", (message: FromProcess) => this.#receive(message));
    child.on("error", (cause) => {
      if (child.pid === undefined) this.#gone(child, cause.message);
    });
    // Not "close": after our own disconnect it does not come.
    child.once("exit", (code, signal) => this.#gone(child, signal ?? `exit code ${code}`));
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on("line", (line) => {
        this.#aborting ??= abortLine.exec(line)?.[0].slice(0, 300);
      });
    }
    this.send({ type: "load", settings: this.#settings });
  }

  send(message: ToProcess): void {
    // A process that is going takes no more messages; its end is reported in any case.
    if (this.#child?.connected) this.#child.send(message, () => {});
  }

  /** An answer came through: the failures before it count no more. */
  proved(): void {
    this.#failures = 0;
  }

  /** For a process that no longer reacts. */
  kill(reason: string): void {
    this.#event("hung", reason);
    this.#child?.kill("SIGKILL");
  }

  close(): Promise<void> {
    this.#state = "closed";
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const impatience = setTimeout(() => child.kill("SIGKILL"), partingTime);
      child.once("exit", () => {
        clearTimeout(impatience);
        resolve();
      });
      if (child.connected) child.disconnect();
      else child.kill("SIGKILL");
    });
  }

  #receive(message: FromProcess): void {
    if (message.type === "ready") {
      this.#state = "ready";
      this.#event("ready", "");
      this.#owner.ready();
    } else if (message.type === "load-failed") {
      this.#lastFault = message.reason;
      // It cannot get better by waiting a little.
      this.#failures = failuresUntilDown;
      this.#event("load-failed", message.reason);
      this.#child?.kill("SIGKILL");
    } else if (message.type === "log") {
      this.#event("llama.cpp", message.message);
    } else {
      this.#owner.received(message);
    }
  }

  #gone(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (this.#state === "closed") return;
    const loading = this.#state === "loading";
    const refused = loading && this.#failures >= failuresUntilDown && this.#lastFault !== undefined;
    const reason = refused
      ? `the model could not be loaded: ${this.#lastFault}`
      : `the model process ended (${[how, this.#aborting].filter(Boolean).join(", ")})`;
    this.#lastFault = reason;
    this.#failures += 1;
    this.#state = "pausing";
    this.#event("crashed", reason);
    this.#restart = setTimeout(() => this.start(), Math.min(longestPause, firstPause * 2 ** (this.#failures - 1)));
    this.#owner.lost(reason, loading);
  }

  #event(kind: LlamaEvent["kind"], detail: string): void {
    this.#owner.event({ backend: this.#owner.backend, kind, detail });
  }
}
