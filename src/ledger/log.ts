import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseVerifierKey, type Verifier } from "./proof/note.ts";
import { logFolderOf } from "./prove.ts";
import { logFolderName } from "./schema.ts";

const tile = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/(x[0-9]{3}\/)*[0-9]{3}(\.p\/([1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?$/;

/** Whether a path below the log's folder is one that a tlog-tiles log has; nothing else of a folder may be served. */
export const isLogPath = (path: string): boolean => path === "checkpoint" || path === "key" || (path.length <= 64 && tile.test(path));

/** The key that lies beside a log, of a data folder or of the log's own. */
export function keyIn(folder: string): Verifier | undefined {
  try {
    return parseVerifierKey(readFileSync(join(logFolderOf(folder), "key"), "utf8"));
  } catch {
    return undefined;
  }
}

/** The name under which a data folder's log began; undefined where there is none yet. */
export const logName = (data: string): string | undefined => keyIn(join(data, logFolderName))?.name;
