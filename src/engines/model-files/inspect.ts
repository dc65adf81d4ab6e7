import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { FileCursor, MalformedFile } from "./file-cursor.ts";
import { type GgufHeader, readGgufHeader } from "./gguf-header.ts";

/** A file of weights as `freehold models add` records it. */
export interface ModelFileFacts extends GgufHeader {
  /** Length of the file. */
  readonly bytes: number;
  /** Digest of the whole file: 64 hexadecimal digits. */
  readonly sha256: string;
}

async function withFile<Value>(path: string, use: (file: FileHandle, size: number) => Promise<Value>): Promise<Result<Value, Fault>> {
  let file: FileHandle | undefined;
  try {
    // Without blocking: a named pipe must not hold us up.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = await file.stat();
    if (!facts.isFile()) throw new MalformedFile("it is not a regular file");
    return ok(await use(file, facts.size));
  } catch (cause) {
    if (cause instanceof MalformedFile) return err(fault("model_file_invalid", { message: `${path} cannot be used: ${cause.message}.`, param: path }));
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
    if (reason === undefined) throw cause;
    return err(fault("file_unreadable", { message: `${path} cannot be read (${reason}).`, param: path }));
  } finally {
    await file?.close();
  }
}

/** Reads the header alone. Faults: `model_file_invalid`, which says what is wrong, and `file_unreadable`. */
export const inspectGgufHeader = (path: string): Promise<Result<GgufHeader, Fault>> =>
  withFile(path, (file, size) => readGgufHeader(new FileCursor(file, size)));

/** Reads the header, and the whole file for its digest. Faults: `model_file_invalid`, which says what is wrong, and `file_unreadable`. */
export const inspectGguf = (path: string): Promise<Result<ModelFileFacts, Fault>> =>
  withFile(path, async (file, size) => {
    const header = await readGgufHeader(new FileCursor(file, size));
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    if (bytes !== size) throw new MalformedFile("it changed while it was read");
    return { ...header, bytes, sha256: hash.digest("hex") };
  });
