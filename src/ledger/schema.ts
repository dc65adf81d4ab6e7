import type { DatabaseSync } from "node:sqlite";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { headTable } from "./seal/head.ts";

export const ledgerFileName = "ledger.db";
/** The folder of the transparency log, in the data folder. */
export const logFolderName = "ledger";

const version = 2;

/**
 * The entry is its JSON; the columns are read out of it by the database itself, so that the two cannot disagree. There is a column for what an index
 * or a trigger needs and for nothing else: each one is computed at every insert. Each index has a filter of `read` behind it. `open_decisions` holds the allowed decisions without an outcome, so that recovery costs what was in flight and not what
 * was ever written. `trial` is one row that is overwritten to learn whether the disk takes writes.
 */
const tables = `
  CREATE TABLE ledger (
    "index" INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    json TEXT NOT NULL,
    kind TEXT AS (json ->> '$.kind'),
    request_id TEXT AS (json ->> '$.requestId'),
    decision TEXT AS (json ->> '$.decision'),
    tenant TEXT AS (json ->> '$.tenant'),
    verdict TEXT AS (json ->> '$.verdict')
  ) STRICT;
  CREATE INDEX ledger_request ON ledger (request_id);
  CREATE INDEX ledger_tenant ON ledger (tenant);
  CREATE INDEX ledger_refused ON ledger (verdict) WHERE verdict = 'refuse';

  CREATE TABLE open_decisions (decision TEXT PRIMARY KEY, "index" INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER decision_opens AFTER INSERT ON ledger WHEN new.kind = 'decision' AND new.verdict = 'allow'
    BEGIN INSERT INTO open_decisions VALUES (new.decision, new."index"); END;
  CREATE TRIGGER outcome_closes AFTER INSERT ON ledger WHEN new.kind = 'outcome'
    BEGIN DELETE FROM open_decisions WHERE decision = new.decision; END;

  CREATE TRIGGER ledger_grows BEFORE INSERT ON ledger WHEN new."index" <> (SELECT coalesce(max("index") + 1, 0) FROM ledger)
    BEGIN SELECT raise(ABORT, 'the ledger is append-only, without gaps'); END;
  CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_stands BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;

  CREATE TABLE trial (id INTEGER PRIMARY KEY CHECK (id = 1), time INTEGER NOT NULL) STRICT;
`;

/** The other filters of `read`: a million entries must not be read to find a few. */
const filters = `
  ALTER TABLE ledger ADD COLUMN class TEXT AS (json ->> '$.class');
  ALTER TABLE ledger ADD COLUMN backend TEXT AS (json ->> '$.backend');
  CREATE INDEX ledger_class ON ledger (class) WHERE class IS NOT NULL;
  CREATE INDEX ledger_backend ON ledger (backend) WHERE backend IS NOT NULL;
  CREATE INDEX ledger_kind ON ledger (kind);
`;

/** What each version adds to the one before it; forward only. */
const migrations = [tables, headTable + filters];

function versionOf(database: DatabaseSync): number {
  const found = database.prepare("PRAGMA user_version").get()?.user_version;
  return typeof found === "number" ? found : 0;
}

/** Fault: `data_newer`. A file without tables has version 0. */
export function checkVersion(database: DatabaseSync): Result<number, Fault> {
  const found = versionOf(database);
  return found > version ? err(fault("data_newer", { param: ledgerFileName })) : ok(found);
}

/** Makes the tables that are missing. Fault: `data_newer`. */
export function prepareTables(database: DatabaseSync): Result<void, Fault> {
  const found = checkVersion(database);
  if (!found.ok) return found;
  if (found.value === version) return ok(undefined);
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have been first while this one waited for the lock.
    for (const migration of migrations.slice(versionOf(database))) database.exec(migration);
    database.exec(`PRAGMA user_version = ${version}`);
    database.exec("COMMIT");
  } finally {
    if (database.isTransaction) database.exec("ROLLBACK");
  }
  return ok(undefined);
}
