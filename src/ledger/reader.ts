import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { err, type Fault, fault, ok, type Result, rfc3339 } from "#kernel";
import { storageFailure, storageFault } from "#store";
import type { Entry, StoredEntry } from "./entry.ts";
import type { EntryFilter } from "./port.ts";
import { checkVersion, ledgerFileName } from "./schema.ts";

const pageSize = 500;
const patience = 2000;

/** Reads a ledger without writing to it: beside a live instance, without one, or in a copied folder. */
export interface LedgerReader {
  /** Oldest first, in pages, up to the last entry there was at the first step. Throws when the file turns out to be damaged. */
  read(filter: EntryFilter): Iterable<StoredEntry>;
  /** How many entries there are now. */
  size(): number;
  close(): void;
}

/** The part of a query that a filter asks for. The verdict stands in the statement itself, else SQLite would not use the index on refusals. */
function conditions(filter: EntryFilter): { readonly where: string; readonly values: readonly SQLInputValue[] } {
  const columns: readonly (readonly [string, string | undefined])[] = [
    ["request_id", filter.requestId],
    ["tenant", filter.tenant],
    ["class", filter.class],
    ["backend", filter.backend],
    ["kind", filter.kind],
  ];
  const asked = columns.filter(([, value]) => value !== undefined);
  const clauses = ['"index" BETWEEN ? AND ?', ...asked.map(([column]) => `${column} = ?`)];
  if (filter.verdict !== undefined) clauses.push(`verdict = '${filter.verdict === "allow" ? "allow" : "refuse"}'`);
  return { where: clauses.join(" AND "), values: asked.map(([, value]) => value ?? null) };
}

export const readingStatement = (filter: EntryFilter): string =>
  `SELECT "index", time, json FROM ledger WHERE ${conditions(filter).where} ORDER BY "index" LIMIT ?`;

/** The first index whose time is not before this one. Time never runs backwards in a ledger, so halving finds it. */
function indexAt(database: DatabaseSync, time: number, size: number): number {
  const statement = database.prepare('SELECT time FROM ledger WHERE "index" = ?');
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (Number(statement.get(middle)?.time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* pages(database: DatabaseSync, filter: EntryFilter, size: () => number): Generator<StoredEntry> {
  const statement = database.prepare(readingStatement(filter));
  const { values } = conditions(filter);
  const count = size();
  const last = (filter.until === undefined ? count : indexAt(database, Date.parse(filter.until), count)) - 1;
  let from = Math.max(filter.from ?? 0, filter.since === undefined ? 0 : indexAt(database, Date.parse(filter.since), count));
  let left = filter.limit ?? Number.POSITIVE_INFINITY;
  while (from <= last && left > 0) {
    const wanted = Math.min(pageSize, left);
    // A whole page at a time: a statement that stays open would keep the write-ahead log from being merged.
    const rows = statement.all(from, last, ...values, wanted);
    for (const row of rows) {
      const entry = JSON.parse(String(row.json)) as Entry;
      from = Number(row.index) + 1;
      yield { index: from - 1, time: rfc3339(Number(row.time)), ...entry };
    }
    left -= rows.length;
    if (rows.length < wanted) return;
  }
}

function readerOver(database: DatabaseSync, afterwards: () => void): LedgerReader {
  const count = database.prepare('SELECT max("index") AS last FROM ledger');
  const size = (): number => {
    const last = count.get()?.last;
    return typeof last === "number" ? last + 1 : 0;
  };
  return {
    read: (filter) => ({ [Symbol.iterator]: () => pages(database, filter, size) }),
    size,
    close: () => {
      database.close();
      afterwards();
    },
  };
}

function connect(location: string | URL, afterwards: () => void = () => undefined): Result<LedgerReader, Fault> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(location, { readOnly: true, timeout: patience });
    const version = checkVersion(database);
    if (version.ok && version.value > 0) return ok(readerOver(database, afterwards));
    database.close();
    afterwards();
    return err(version.ok ? fault("file_unreadable", { message: "The ledger holds nothing yet.", param: ledgerFileName }) : version.error);
  } catch (error) {
    database?.close();
    afterwards();
    throw error;
  }
}

/**
 * Where nothing may be written, SQLite cannot make the index of the write-ahead log that it reads through. Without a log the file is complete in
 * itself and can be read as one that nobody changes; with one, file and log are read as a copy.
 */
function connectReadOnly(path: string): Result<LedgerReader, Fault> {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) {
    const location = pathToFileURL(path);
    location.searchParams.set("immutable", "1");
    return connect(location);
  }
  const copies = mkdtempSync(join(tmpdir(), "freehold-ledger-"));
  const remove = (): void => rmSync(copies, { recursive: true, force: true });
  try {
    for (const name of [ledgerFileName, `${ledgerFileName}-wal`]) copyFileSync(join(path, "..", name), join(copies, name));
  } catch (error) {
    remove();
    throw error;
  }
  return connect(join(copies, ledgerFileName), remove);
}

/** Opens the ledger of a data folder for reading. Faults: `file_unreadable`, `data_newer`, `data_damaged`. */
export function openLedgerReader(folder: string): Result<LedgerReader, Fault> {
  const path = join(folder, ledgerFileName);
  const faultOf = (error: unknown): Fault => {
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    if (failure.kind === "damaged") return storageFault(failure, ledgerFileName);
    return fault("file_unreadable", { message: `The ledger cannot be read: ${failure.text}.`, param: path });
  };
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    return err(fault("file_unreadable", { message: "There is no ledger in this folder.", param: path }));
  try {
    return connect(path);
  } catch (error) {
    const kind = storageFailure(error)?.kind;
    if (kind !== "unreachable" && kind !== "readonly") return err(faultOf(error));
  }
  try {
    return connectReadOnly(path);
  } catch (error) {
    return err(faultOf(error));
  }
}
