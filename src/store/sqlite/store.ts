import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Clock, err, type Fault, ok, type Result } from "#kernel";
import type { Store } from "../port.ts";
import { integer } from "./columns.ts";
import { storageFailure, storageFault } from "./failure.ts";
import { ensureFolder, ensurePrivateFile } from "./files.ts";
import { sqliteKeys } from "./keys.ts";
import { sqliteKnownValues } from "./known-values.ts";
import { migrate } from "./migrations.ts";
import { sqliteModelFiles } from "./model-files.ts";
import { sqliteSecrets } from "./secrets.ts";
import { sqliteTenants } from "./tenants.ts";

const fileName = "freehold.db";
/** Milliseconds that a write waits for another process's write. */
const patience = 5000;

function storeOver(database: DatabaseSync): Store {
  const secrets = sqliteSecrets(database);
  const others = database.prepare("PRAGMA data_version");
  const own = database.prepare("SELECT total_changes() AS changes");
  return {
    keys: sqliteKeys(database),
    tenants: sqliteTenants(database),
    secrets,
    modelFiles: sqliteModelFiles(database),
    known: sqliteKnownValues(database, secrets),
    // data_version rises with the commits of other connections alone, total_changes() with our own: the sum rises with both.
    dataVersion: () => integer(others.get() ?? {}, "data_version") + integer(own.get() ?? {}, "changes"),
    close: () => database.close(),
  };
}

/**
 * Opens `freehold.db` in the data folder and brings it to this version; folder (0700) and file (0600) are made where they are missing.
 * Faults: `data_newer`, `data_damaged`, `data_unwritable`.
 */
export function openStore({ folder, clock }: { readonly folder: string; readonly clock: Clock }): Result<Store, Fault> {
  const path = join(folder, fileName);
  let database: DatabaseSync | undefined;
  try {
    ensureFolder(folder);
    ensurePrivateFile(path);
    database = new DatabaseSync(path, { timeout: patience });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON");
    const migrated = migrate(database, clock);
    if (!migrated.ok) {
      database.close();
      return err({ ...migrated.error, param: fileName });
    }
    return ok(storeOver(database));
  } catch (error) {
    if (database?.isOpen) database.close();
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    return err(storageFault(failure, fileName));
  }
}
