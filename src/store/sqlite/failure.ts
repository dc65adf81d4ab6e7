import { type Fault, fault } from "#kernel";

/** Why a file could not be read or written: what the disk, the file system or SQLite said. */
export interface StorageFailure {
  readonly kind: "full" | "io" | "readonly" | "busy" | "unreachable" | "damaged" | "constraint";
  readonly text: string;
  /** SQLite's extended result code, where it was SQLite. */
  readonly code: number | undefined;
}

/** Primary result codes, https://sqlite.org/rescode.html. */
const sqliteKinds: ReadonlyMap<number, StorageFailure["kind"]> = new Map([
  [3, "readonly"],
  [5, "busy"],
  [6, "busy"],
  [7, "io"],
  [8, "readonly"],
  [10, "io"],
  [11, "damaged"],
  [13, "full"],
  [14, "unreachable"],
  [15, "io"],
  [19, "constraint"],
  [22, "full"],
  [26, "damaged"],
]);

const systemKinds: ReadonlyMap<string, StorageFailure["kind"]> = new Map([
  ["EACCES", "readonly"],
  ["EPERM", "readonly"],
  ["EROFS", "readonly"],
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EFBIG", "full"],
  ["EIO", "io"],
  ["EMFILE", "unreachable"],
  ["ENFILE", "unreachable"],
  ["ENOENT", "unreachable"],
  ["ENOTDIR", "unreachable"],
  ["EISDIR", "unreachable"],
  ["EEXIST", "unreachable"],
]);

/** Undefined for anything that storage did not cause: that is a bug, and the caller throws it on. */
export function storageFailure(error: unknown): StorageFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as Error & { readonly code?: unknown; readonly errcode?: unknown };
  if (code === "ERR_SQLITE_ERROR" && typeof errcode === "number") {
    const kind = sqliteKinds.get(errcode & 0xff);
    return kind === undefined ? undefined : { kind, text: error.message, code: errcode };
  }
  const kind = typeof code === "string" ? systemKinds.get(code) : undefined;
  return kind === undefined ? undefined : { kind, text: `${code}`, code: undefined };
}

/** The failure as a fault of one file of the data folder. */
export const storageFault = (failure: StorageFailure, file: string): Fault =>
  failure.kind === "damaged"
    ? fault("data_damaged", { message: `A file in the data folder is damaged: ${failure.text}.`, param: file })
    : fault("data_unwritable", { message: `The data folder cannot be written: ${failure.text}.`, param: file });
