import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Checkpoint } from "./proof/checkpoint.ts";
import { type FolderReport, readPart, verifyFolder } from "./proof/log-folder.ts";
import type { Verifier } from "./proof/note.ts";
import { entriesOf, tileWidth, widthAt } from "./proof/tiles.ts";
import { logFolderOf } from "./prove.ts";
import { openLedgerReader } from "./reader.ts";
import { ledgerFileName } from "./schema.ts";

export interface VerifyInput {
  /** A data folder, live or copied, or a log's folder alone. */
  readonly folder: string;
  readonly key: Verifier;
  /** A checkpoint of this log that was kept elsewhere. */
  readonly older?: Checkpoint | undefined;
}

const enough = 20;

/** Verifies the log's files, and where the database lies beside them, that it holds the same entries. Nothing is written. */
export function verifyLog({ folder, key, older }: VerifyInput): FolderReport {
  const log = logFolderOf(folder);
  const report = verifyFolder(log, key, older);
  const data = dirname(log);
  if (log === folder || !existsSync(join(data, ledgerFileName)) || report.faults.length > 0) return report;
  const faults = [...compareDatabase(data, log, report.size)].slice(0, enough);
  return { ...report, ok: faults.length === 0, faults };
}

function* compareDatabase(data: string, log: string, size: number): Generator<string> {
  const reader = openLedgerReader(data);
  if (!reader.ok) {
    yield `${ledgerFileName}: ${reader.error.message}`;
    return;
  }
  try {
    if (reader.value.size() < size) yield `${ledgerFileName}: ${reader.value.size()} entries, but ${size} were signed: the database was set back`;
    let bundle: readonly Buffer[] = [];
    for (const entry of reader.value.read({ limit: size })) {
      const at = entry.index % tileWidth;
      if (at === 0) {
        const width = widthAt(-1, entry.index / tileWidth, size);
        bundle = entriesOf(readPart(log, -1, entry.index / tileWidth, width) ?? Buffer.alloc(0), width) ?? [];
      }
      if (bundle[at]?.toString("utf8") !== JSON.stringify(entry)) yield `${ledgerFileName}: entry ${entry.index} is not the one that was signed`;
    }
  } catch (error) {
    yield `${ledgerFileName}: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    reader.value.close();
  }
}
