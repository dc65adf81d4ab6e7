import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import { buildDemoModel, digestOfFile } from "./build.ts";

/** Digest of the file that `buildDemoModel` gives. It changes only with the demonstration model itself. */
export const demoModelDigest = "sha256:684d3172e64bd8ba9ebb7748d61844e8ffb67eac7672c6f3865a5a130e433b87";

async function isWhole(path: string): Promise<boolean> {
  try {
    return digestOfFile(await readFile(path)) === demoModelDigest;
  } catch {
    return false;
  }
}

/**
 * Puts the demonstration model at `models/demo.gguf` in the data folder, unless it is there already with the right digest, and
 * returns its path. The file appears whole or not at all: it is written beside, synced, and renamed.
 */
export async function ensureDemoModel(dataFolder: string): Promise<Result<string, Fault>> {
  const folder = join(dataFolder, "models");
  const path = join(folder, "demo.gguf");
  if (await isWhole(path)) return ok(path);
  const draft = join(folder, `.demo-${randomUUID()}.gguf`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(draft, "wx", 0o644);
    try {
      await file.writeFile(buildDemoModel());
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    return ok(path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    return err(fault("data_unwritable", { message: `The demonstration model cannot be written to ${path} (${reason}).`, param: path }));
  }
}
