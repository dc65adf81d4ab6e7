import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { ensureFolder, ensurePrivateFile, type StorageFailure, storageFailure, storageFault } from "#store";
import type { DecisionEntry, OutcomeEntry } from "./entry.ts";
import type { Batch, Written } from "./messages.ts";
import { ledgerFileName, prepareTables } from "./schema.ts";

/** Milliseconds that a transaction waits for another process that writes. */
const patience = 2000;
/** Bytes in the write-ahead log after which it is merged into the database; about this much is the log's size for good. */
const mergeAt = 4 * 1024 * 1024;
/** Pages that every commit writes, however small it is: a leaf of the table, of two indexes and of the open decisions. */
const bytesPerCommit = 4 * 4096;
const recoveryBatch = 1000;

interface Connection {
  readonly database: DatabaseSync;
  readonly begin: StatementSync;
  readonly commit: StatementSync;
  readonly last: StatementSync;
  readonly insert: StatementSync;
  readonly since: StatementSync;
  readonly trial: StatementSync;
  readonly merge: StatementSync;
}

/**
 * Writes the write-ahead log over itself and fsyncs it. After a failed fsync Linux calls the pages clean although they never reached the disk,
 * and a later fsync says yes without writing them. Within one process SQLite writes such frames again, since it never counted them; but when the
 * process dies first, the next one finds them in the page cache and takes them for committed. Entries acknowledged after them would be lost with
 * them in a power failure, because recovery ends at the first frame that is missing. Writing the same bytes to the same place makes the pages
 * dirty again, so that this fsync tells the truth; and being the same bytes, a crash half-way leaves nothing that was not there before. The write
 * lock keeps every other writer away meanwhile, and readers see the same bytes throughout.
 */
function rewriteLog(database: DatabaseSync, path: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const descriptor = openSync(path, "r+");
    try {
      const piece = Buffer.allocUnsafe(1 << 20);
      let position = 0;
      for (let length = readSync(descriptor, piece, 0, piece.length, position); length > 0; length = readSync(descriptor, piece, 0, piece.length, position)) {
        let written = 0;
        while (written < length) written += writeSync(descriptor, piece, written, length - written, position + written);
        position += length;
      }
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } finally {
    database.exec("ROLLBACK");
  }
}

function connect(path: string): Result<Connection, Fault> {
  ensurePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: patience });
  try {
    const mode = database.prepare("PRAGMA journal_mode = WAL").get()?.journal_mode;
    if (mode !== "wal") {
      database.close();
      return err(fault("data_unwritable", { message: "The file system of the data folder cannot hold a write-ahead log.", param: ledgerFileName }));
    }
    database.exec(`
      PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 0;
      PRAGMA journal_size_limit = ${4 * mergeAt}; PRAGMA cache_size = -8000`);
    const prepared = prepareTables(database);
    if (!prepared.ok) {
      database.close();
      return prepared;
    }
    rewriteLog(database, `${path}-wal`);
    return ok({
      database,
      begin: database.prepare("BEGIN IMMEDIATE"),
      commit: database.prepare("COMMIT"),
      last: database.prepare('SELECT "index", time FROM ledger ORDER BY "index" DESC LIMIT 1'),
      insert: database.prepare('INSERT INTO ledger ("index", time, json) VALUES (?, ?, ?)'),
      since: database.prepare('SELECT json FROM ledger WHERE "index" >= ?'),
      trial: database.prepare("INSERT INTO trial VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET time = excluded.time"),
      merge: database.prepare("PRAGMA wal_checkpoint(PASSIVE)"),
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What of a batch is in the file already, although its commit was reported as failed. */
function alreadyWritten({ since }: Connection, batch: Batch): Set<number> {
  const positions = new Set<number>();
  if (batch.retried === 0) return positions;
  const found = since.all(batch.retriedFrom).map((row) => row.json);
  for (let position = 0; position < batch.retried; position += 1) {
    const at = found.indexOf(batch.jsons[position] ?? null);
    if (at < 0) continue;
    found.splice(at, 1);
    positions.add(position);
  }
  return positions;
}

const lostOutcome = (decision: DecisionEntry): OutcomeEntry => ({
  kind: "outcome",
  requestId: decision.requestId,
  decision: decision.decision,
  tenant: decision.tenant,
  model: decision.model,
  class: decision.class,
  jurisdiction: decision.jurisdiction,
  transform: decision.transform,
  status: "lost",
  backend: null,
  httpStatus: null,
  code: null,
  inputTokens: null,
  outputTokens: null,
  estimated: false,
  durationMs: null,
  firstByteMs: null,
  attempts: 0,
});

/** The ledger's file and its one writing connection. Synchronous: it lives on the writer's thread. */
export class LedgerFile {
  readonly #folder: string;
  readonly #path: string;
  #connection: Connection | undefined;
  #unmerged = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, ledgerFileName);
  }

  /** Opens the file, or makes it. Returns how many entries it holds. Faults: `data_newer`, `data_damaged`, `data_unwritable`. */
  open(): Result<number, Fault> {
    try {
      ensureFolder(this.#folder);
      const connected = connect(this.#path);
      if (!connected.ok) return connected;
      this.#connection = connected.value;
      // What a killed process left in the log is merged after the first batch, else many kills in a row would let it grow without end.
      this.#unmerged = mergeAt;
      return ok(this.#next(connected.value).index);
    } catch (error) {
      this.close();
      const failure = storageFailure(error);
      if (failure === undefined) throw error;
      return err(storageFault(failure, ledgerFileName));
    }
  }

  /** Gives every allowed decision without an outcome the outcome `lost`; returns how many there were. Fault: `data_unwritable`. */
  recover(now: number): Result<number, Fault> {
    let lost = 0;
    for (;;) {
      const connection = this.#connection;
      if (connection === undefined) throw new Error("the ledger file is not open");
      const open = connection.database
        .prepare('SELECT json FROM open_decisions JOIN ledger USING ("index") ORDER BY "index" LIMIT ?')
        .all(recoveryBatch)
        .map((row) => JSON.stringify(lostOutcome(JSON.parse(String(row.json)) as DecisionEntry)));
      if (open.length === 0) return ok(lost);
      const written = this.write({ jsons: open, times: open.map(() => now), retried: 0, retriedFrom: 0 });
      if (!written.ok) return err(fault("data_unwritable", { message: `The data folder cannot be written: ${written.error}.`, param: ledgerFileName }));
      lost += open.length;
    }
  }

  /** All of the batch in one durable transaction, or nothing of it. The error is what the disk or SQLite said. */
  write(batch: Batch): Result<Written, string> {
    const started = performance.now();
    if (this.#connection === undefined) {
      const opened = this.open();
      if (!opened.ok) return err(opened.error.message);
    }
    const connection = this.#connection;
    if (connection === undefined) throw new Error("the ledger file is not open");
    try {
      connection.begin.run();
      const { size, refused } = this.#insert(connection, batch);
      connection.commit.run();
      return ok({ kind: "written", size, seconds: (performance.now() - started) / 1000, refused });
    } catch (error) {
      return err(this.#abandon(connection, error).text);
    }
  }

  /** Moves the write-ahead log into the database once it is large: after the answer was given, so that nobody waits for it. */
  mergeIfLarge(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#unmerged < mergeAt) return;
    this.#unmerged = 0;
    try {
      connection.merge.get();
    } catch (error) {
      this.#abandon(connection, error);
    }
  }

  close(): void {
    this.#connection?.database.close();
    this.#connection = undefined;
  }

  #next({ last }: Connection): { readonly index: number; readonly time: number } {
    const row = last.get();
    return row === undefined ? { index: 0, time: 0 } : { index: Number(row.index) + 1, time: Number(row.time) };
  }

  /** The next index is read inside the transaction, since the command line may append acts beside a running instance. */
  #insert(connection: Connection, batch: Batch): Pick<Written, "size" | "refused"> {
    let { index, time } = this.#next(connection);
    const refused: { position: number; reason: string }[] = [];
    const written = alreadyWritten(connection, batch);
    let bytes = bytesPerCommit;
    for (const [position, json] of batch.jsons.entries()) {
      if (written.has(position)) continue;
      // A clock that was set back must not make a later entry look earlier.
      time = Math.max(time, batch.times[position] ?? 0);
      try {
        connection.insert.run(index, time, json);
        index += 1;
        bytes += json.length;
      } catch (error) {
        const failure = storageFailure(error);
        if (!connection.database.isTransaction || (failure !== undefined && failure.kind !== "constraint")) throw error;
        // It is the entry that is wrong, and SQLite took back its statement alone: the transaction stands, and the others are not harmed.
        refused.push({ position, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    if (batch.jsons.length === 0) connection.trial.run(time);
    this.#unmerged += bytes;
    return { size: index, refused };
  }

  /**
   * Takes the transaction back. A full disk and a busy file leave the connection sound. After anything else it is closed, and the next batch
   * opens the file anew along the path of a start, which writes the log once more before anything is built on it (see `rewriteLog`).
   */
  #abandon(connection: Connection, error: unknown): StorageFailure {
    const failure = storageFailure(error);
    const sound = failure?.kind === "full" || failure?.kind === "busy";
    if (!sound) this.close();
    else if (connection.database.isTransaction) connection.database.exec("ROLLBACK");
    if (failure === undefined) throw error;
    return failure;
  }
}
