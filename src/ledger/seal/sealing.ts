import { Worker } from "node:worker_threads";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import type { FromSealer, ToSealer } from "./messages.ts";
import type { SealerSettings } from "./sealer.ts";

/** What one checkpoint costs is shared by all entries of this time, in milliseconds. */
const sealEvery = 1000;
const retryAfter = 2000;
/** Milliseconds that closing waits for the last checkpoint; what is left over is sealed by the next start. */
const closeWithin = 5000;

export interface SealingState {
  /** Entries that the checkpoint covers. */
  readonly sealed: number;
  /** Why nothing is sealed at the moment. */
  readonly fault: string | undefined;
  /** True when what lies in the folder is not this log: nothing may be acknowledged any more. */
  readonly broken: boolean;
}

const startSealer = (settings: SealerSettings): Worker => new Worker(new URL("./seal-thread.ts", import.meta.url), { workerData: settings });

/** Has committed entries sealed, at most once a second. */
export class Sealing {
  readonly #settings: SealerSettings;
  /** Undefined once it has died; the next sealing starts another. */
  #worker: Worker | undefined;
  #sealed: number;
  #committed = 0;
  #fault: string | undefined;
  #broken = false;
  #busy = false;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  #idle: (() => void) | undefined;

  private constructor(settings: SealerSettings, worker: Worker, sealed: number) {
    this.#settings = settings;
    this.#attend(worker);
    this.#sealed = sealed;
    this.#committed = sealed;
  }

  /** Opens the log of a data folder and seals what waits. Fault: `ledger_broken` when what lies there is not this log. */
  static open(settings: SealerSettings): Promise<Result<Sealing, Fault>> {
    const worker = startSealer(settings);
    return new Promise((resolve, reject) => {
      worker.once("error", reject);
      worker.once("message", (message: FromSealer) => {
        worker.off("error", reject);
        if (message.kind === "sealed") return resolve(ok(new Sealing(settings, worker, message.size)));
        worker.once("exit", () =>
          resolve(
            err(fault(message.kind === "broken" ? "ledger_broken" : "data_unwritable", { message: `The ledger's log cannot go on: ${message.reason}.` })),
          ),
        );
        worker.postMessage({ kind: "close" } satisfies ToSealer);
      });
      worker.postMessage({ kind: "seal" } satisfies ToSealer);
    });
  }

  state(): SealingState {
    return { sealed: this.#sealed, fault: this.#fault, broken: this.#broken };
  }

  /** So many entries are committed. */
  committed(size: number): void {
    this.#committed = size;
    this.#sealWithin(sealEvery);
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(resolve, closeWithin);
      this.#idle = () => {
        clearTimeout(giveUp);
        resolve();
      };
      this.#seal();
    });
    this.#idle = undefined;
    const worker = this.#worker;
    if (worker === undefined) return;
    const exited = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage({ kind: "close" } satisfies ToSealer);
    await exited;
  }

  #attend(worker: Worker): Worker {
    this.#worker = worker;
    let last = "the sealer stopped";
    worker.on("message", (message: FromSealer) => this.#heard(message));
    worker.on("error", (error) => {
      last = `the sealer stopped: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on("exit", () => {
      this.#worker = undefined;
      if (this.#closing) this.#idle?.();
      else this.#heard({ kind: "failed", reason: last });
    });
    return worker;
  }

  #sealWithin(milliseconds: number): void {
    if (this.#closing || this.#busy || this.#broken || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#seal(), milliseconds);
  }

  #seal(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy) return;
    if (this.#broken || this.#sealed >= this.#committed) {
      this.#idle?.();
      return;
    }
    this.#busy = true;
    (this.#worker ?? this.#attend(startSealer(this.#settings))).postMessage({ kind: "seal" } satisfies ToSealer);
  }

  #heard(message: FromSealer): void {
    this.#busy = false;
    this.#fault = message.kind === "sealed" ? undefined : message.reason;
    if (message.kind === "sealed") this.#sealed = message.size;
    if (message.kind === "broken") this.#broken = true;
    if (this.#closing) {
      // A disk that does not take it now is not asked for ever while somebody waits for the end.
      if (message.kind === "sealed" && this.#sealed < this.#committed) this.#seal();
      else this.#idle?.();
    } else if (this.#sealed < this.#committed) this.#sealWithin(message.kind === "sealed" ? sealEvery : retryAfter);
  }
}
