import { Worker } from "node:worker_threads";
import { asDurable, type Clock, type Durable, err, type Fault, fault, ok, type Result } from "#kernel";
import type { Entry, StoredEntry } from "./entry.ts";
import type { Batch, FromWriter, ToWriter, WriterSettings, Written } from "./messages.ts";
import type { EntryFilter, Ledger, LedgerState } from "./port.ts";
import { type LedgerReader, openLedgerReader } from "./reader.ts";
import { Sealing } from "./seal/sealing.ts";

export interface LedgerOptions {
  /** The data folder; it is made where it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Give open decisions the outcome `lost`. Only the holder of the instance lock may: beside a live instance they are not lost but in flight. */
  readonly recover: boolean;
  /** After each commit, for metrics. */
  readonly onCommit?: (commit: { readonly entries: number; readonly seconds: number }) => void;
  /** At the first failure after success, and whenever the reason changes, for the log; and with undefined once it works again. */
  readonly onFault?: (reason: string | undefined) => void;
}

export interface WriterState {
  readonly commits: number;
  readonly entries: number;
  /** Open decisions that were given the outcome `lost` when the ledger was opened. */
  readonly lost: number;
}

/** Who signs the transparency log that is made of the entries. */
export interface LogIdentity {
  /** The log's name, in its checkpoints and its key. */
  readonly origin: string;
  /** 32 secret bytes of its Ed25519 key. */
  readonly seed: Uint8Array;
}

export interface SqliteLedger extends Ledger {
  writerState(): WriterState;
  /**
   * From now on committed entries are sealed into the log of the data folder, within about a second. Faults: `ledger_broken` when what lies there
   * is not the log of these entries, `data_unwritable`.
   */
  seal(identity: LogIdentity): Promise<Result<void, Fault>>;
}

/** A larger entry is a bug: entries hold counts, names and digests. With index and time before it, it must stay under the 64 KiB of a log's bundle. */
const entryLimit = 64 * 1024 - 128;
const batchLimit = 1000;
const batchCharacters = 4 * 1024 * 1024;
const queueLimit = 100_000;
/** Milliseconds that outcomes wait for a decision whose commit they can share. */
const companyWithin = 5;
const retryFirst = 100;
const retryLast = 2000;
/** Milliseconds that closing goes on trying a disk that takes nothing. What is given up then shows as `lost` after the next start. */
const closeWithin = 5000;

interface Waiting {
  readonly json: string;
  readonly time: number;
  /** What to call in the end; undefined for an outcome, which waits until it is written. */
  readonly append: { readonly done: (reason: string | undefined) => void; readonly refused: (error: Error) => void } | undefined;
}

function serialise(entry: Entry): string {
  if (typeof entry.kind !== "string" || "index" in entry || "time" in entry) throw new TypeError("an entry has a kind, and the ledger adds index and time");
  const json = JSON.stringify(entry);
  if (json.length * 3 >= entryLimit && Buffer.byteLength(json) >= entryLimit) throw new RangeError("a ledger entry must stay under 64 KiB");
  return json;
}

const unavailable = (): Fault => fault("ledger_unavailable", { retryAfter: 1 });

/**
 * Collects entries while the writer is busy and hands them over as one batch: under load many share one fsync, alone none waits for company.
 * One batch is under way at a time, so that the order of the calls is the order in the ledger.
 */
class GroupCommit implements SqliteLedger {
  readonly #options: LedgerOptions;
  #worker: Worker | undefined;
  #queue: Waiting[] = [];
  #underWay: Waiting[] | undefined;
  /** How many of the first in the queue were in a batch that failed. */
  #retried = 0;
  #timer: NodeJS.Timeout | undefined;
  #immediate = false;
  #retryDelay = retryFirst;
  #size: number;
  #lastFault: string | undefined;
  #commits = 0;
  #entries = 0;
  readonly #lost: number;
  #reader: LedgerReader | undefined;
  #sealing: Sealing | undefined;
  /** Set once closing began; resolves at its end. */
  #closing: Promise<void> | undefined;
  #closed = false;
  #drained: (() => void) | undefined;

  constructor(options: LedgerOptions, worker: Worker, opened: { readonly size: number; readonly lost: number }) {
    this.#options = options;
    this.#size = opened.size;
    this.#lost = opened.lost;
    this.#attend(worker);
  }

  append<Source>(source: Source, entry: Entry): Promise<Result<Durable<Source>, Fault>> {
    return new Promise((resolve, reject) => {
      const json = serialise(entry);
      if (this.#closing !== undefined || this.#queue.length >= queueLimit || this.#sealing?.state().broken === true) {
        resolve(err(unavailable()));
        return;
      }
      const done = (reason: string | undefined): void => resolve(reason === undefined ? ok(asDurable(source)) : err(unavailable()));
      this.#queue.push({ json, time: this.#options.clock.now(), append: { done, refused: reject } });
      this.#sendSoon();
    });
  }

  settle(entry: Entry): void {
    const json = serialise(entry);
    if (this.#closing !== undefined) throw new Error("the ledger is closed");
    this.#queue.push({ json, time: this.#options.clock.now(), append: undefined });
    this.#sendWithin(companyWithin);
  }

  state(): LedgerState {
    const sealing = this.#sealing?.state();
    return {
      writable: this.#lastFault === undefined && this.#closing === undefined && sealing?.broken !== true,
      size: this.#size,
      ...(sealing !== undefined && { sealed: sealing.sealed }),
      pending: this.#queue.length + (this.#underWay?.length ?? 0),
      lastFault: this.#lastFault ?? sealing?.fault,
    };
  }

  async seal(identity: LogIdentity): Promise<Result<void, Fault>> {
    const opened = await Sealing.open({ folder: this.#options.folder, ...identity });
    if (!opened.ok) return opened;
    this.#sealing = opened.value;
    opened.value.committed(this.#size);
    return ok(undefined);
  }

  writerState(): WriterState {
    return { commits: this.#commits, entries: this.#entries, lost: this.#lost };
  }

  read(filter: EntryFilter): Iterable<StoredEntry> {
    if (this.#reader === undefined) {
      const opened = openLedgerReader(this.#options.folder);
      if (!opened.ok) throw new Error(opened.error.message);
      this.#reader = opened.value;
    }
    return this.#reader.read(filter);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(resolve, closeWithin);
      this.#drained = () => {
        clearTimeout(giveUp);
        resolve();
      };
      this.#send();
    });
    this.#closed = true;
    this.#drained = undefined;
    clearTimeout(this.#timer);
    for (const { append } of this.#queue.splice(0)) append?.done("closed");
    await this.#sealing?.close();
    this.#reader?.close();
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    const exited = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage({ kind: "close" } satisfies ToWriter);
    await exited;
  }

  #sendSoon(): void {
    if (this.#underWay !== undefined || this.#immediate) return;
    this.#immediate = true;
    // After the callbacks that are ready now, so that requests that arrived together share a commit.
    setImmediate(() => {
      this.#immediate = false;
      this.#send();
    });
  }

  #sendWithin(milliseconds: number): void {
    if (this.#closed || this.#underWay !== undefined || this.#immediate || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#send(), milliseconds);
  }

  #send(): void {
    if (this.#closed || this.#underWay !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length === 0 && (this.#lastFault === undefined || this.#closing !== undefined)) {
      this.#drained?.();
      return;
    }
    const waiting = this.#takeBatch();
    const batch: Batch = {
      jsons: waiting.map(({ json }) => json),
      times: waiting.map(({ time }) => time),
      retried: this.#retried,
      retriedFrom: this.#size,
    };
    this.#underWay = waiting;
    this.#worker ??= this.#attend(startWriter({ folder: this.#options.folder, recover: false, now: this.#options.clock.now() }));
    this.#worker.postMessage({ kind: "write", batch } satisfies ToWriter);
  }

  #takeBatch(): Waiting[] {
    let count = 0;
    let characters = 0;
    while (count < batchLimit && characters < batchCharacters) {
      const next = this.#queue[count];
      if (next === undefined) break;
      characters += next.json.length;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  #attend(worker: Worker): Worker {
    this.#worker = worker;
    let last = "the writer stopped";
    worker.on("message", (message: FromWriter) => {
      if (message.kind === "written") this.#written(message);
      else if (message.kind === "failed") this.#failed(message.reason);
    });
    worker.on("error", (error) => {
      last = `the writer stopped: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#failed(last);
    });
    return worker;
  }

  #written({ size, seconds, refused }: Written): void {
    const batch = this.#underWay ?? [];
    this.#underWay = undefined;
    this.#retried = 0;
    this.#retryDelay = retryFirst;
    this.#size = size;
    this.#commits += 1;
    this.#entries += batch.length - refused.length;
    if (this.#lastFault !== undefined) {
      this.#lastFault = undefined;
      this.#options.onFault?.(undefined);
    }
    const bugs = new Map(refused.map(({ position, reason }) => [position, new Error(`the ledger refuses an entry: ${reason}`)]));
    for (const [position, { append }] of batch.entries()) {
      const bug = bugs.get(position);
      if (bug === undefined) append?.done(undefined);
      else if (append !== undefined) append.refused(bug);
      else {
        setImmediate(() => {
          throw bug;
        });
      }
    }
    this.#sealing?.committed(size);
    this.#options.onCommit?.({ entries: batch.length - refused.length, seconds });
    if (this.#closing !== undefined || this.#queue.some(({ append }) => append !== undefined)) this.#send();
    else if (this.#queue.length > 0) this.#sendWithin(companyWithin);
  }

  /** Nothing that waits may leave; outcomes stay, in their order, and are tried again. So is the bare disk, so that the state tells the truth. */
  #failed(reason: string): void {
    const waiting = [...(this.#underWay ?? []), ...this.#queue];
    this.#retried = Math.max(this.#retried, (this.#underWay ?? []).filter(({ append }) => append === undefined).length);
    this.#underWay = undefined;
    this.#queue = waiting.filter(({ append }) => append === undefined);
    const news = this.#lastFault !== reason;
    this.#lastFault = reason;
    for (const { append } of waiting) append?.done(reason);
    if (news) this.#options.onFault?.(reason);
    this.#sendWithin(this.#retryDelay);
    this.#retryDelay = Math.min(this.#retryDelay * 2, retryLast);
  }
}

const startWriter = (settings: WriterSettings): Worker => new Worker(new URL("./writer.ts", import.meta.url), { workerData: settings });

/**
 * Opens the ledger of a data folder for writing, on a thread of its own. With `recover`, every allowed decision without an outcome is given
 * the outcome `lost` first; there is no other start. Faults: `data_newer`, `data_damaged`, `data_unwritable`.
 */
export function openLedger(options: LedgerOptions): Promise<Result<SqliteLedger, Fault>> {
  const { folder, recover, clock } = options;
  const worker = startWriter({ folder, recover, now: clock.now() });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (message: FromWriter) => {
      worker.off("error", reject);
      if (message.kind === "opened") resolve(ok(new GroupCommit(options, worker, message)));
      else {
        worker.once("exit", () => resolve(err(message.kind === "not-opened" ? message.fault : unavailable())));
        worker.postMessage({ kind: "close" } satisfies ToWriter);
      }
    });
  });
}
