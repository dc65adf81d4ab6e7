import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { storageFailure, storageFault } from "./failure.ts";
import { ensureFolder, ensurePrivateFile } from "./files.ts";

const fileName = "instance.lock";

export interface InstanceLock {
  release(): void;
}

/**
 * Makes this process the only serving instance of the data folder: an exclusive transaction stays open on a file that holds nothing. The lock
 * belongs to the process in the kernel's books, so that it ends with the process however that ends, and no stale file can keep the next one out.
 * Faults: `instance_running`, `data_unwritable`.
 */
export function lockInstance(folder: string): Result<InstanceLock, Fault> {
  const path = join(folder, fileName);
  let database: DatabaseSync | undefined;
  try {
    ensureFolder(folder);
    ensurePrivateFile(path);
    database = new DatabaseSync(path, { timeout: 0 });
    // The journal stays in memory: there is nothing to roll back, and a killed process leaves no second file.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    const holder = database;
    return ok({ release: () => holder.close() });
  } catch (error) {
    if (database?.isOpen) database.close();
    const failure = storageFailure(error);
    if (failure === undefined) throw error;
    return err(failure.kind === "busy" ? fault("instance_running", { param: folder }) : storageFault(failure, fileName));
  }
}
