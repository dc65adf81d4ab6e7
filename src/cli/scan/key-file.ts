import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { CommandFailure, say } from "../outcome.ts";
import type { KeyEntry } from "./key-book.ts";

const schema = z.strictObject({
  "freehold-key-file": z.literal(1),
  note: z.string(),
  secret: z.base64(),
  tokens: z.record(
    z.string(),
    z.strictObject({
      type: z.string(),
      value: z.string(),
      json: z.string().optional(),
      number: z.literal(true).optional(),
      csv: z.string().optional(),
      joined: z.literal(true).optional(),
    }),
  ),
});

const note = "Whoever holds this file can tell who is meant. Keep it apart from the texts, and destroy it to make them anonymous for good.";

/** A key file as it is in memory. */
export interface KeyFile {
  readonly path: string;
  readonly secret: Buffer;
  readonly entries: ReadonlyMap<string, KeyEntry>;
}

const failure = (path: string, what: string, ...more: readonly string[]): CommandFailure => new CommandFailure(2, [`error: ${path}: ${what}`, ...more]);

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "unknown reason");

export function readKeyFile(path: string): KeyFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw failure(path, `the key file cannot be read (${codeOf(error)})`);
  }
  if ((statSync(path).mode & 0o077) !== 0) say(`warning: ${path} can be read by others; chmod 600 keeps it to its owner.`);
  let parsed: ReturnType<typeof schema.safeParse>;
  try {
    parsed = schema.safeParse(JSON.parse(text));
  } catch {
    throw failure(path, "the key file is not JSON");
  }
  if (!parsed.success) throw failure(path, `this is no key file (${parsed.error.issues[0]?.path.join(".") ?? ""}: ${parsed.error.issues[0]?.message ?? ""})`);
  const { secret, tokens } = parsed.data;
  const entries = Object.entries(tokens).map(([token, { type, value, json, number, csv, joined }]): [string, KeyEntry] => [
    token,
    {
      type,
      value,
      ...(json !== undefined && { json }),
      ...(number !== undefined && { number }),
      ...(csv !== undefined && { csv }),
      ...(joined !== undefined && { joined }),
    },
  ]);
  return { path, secret: Buffer.from(secret, "base64"), entries: new Map(entries) };
}

/** The key file at a path, or a fresh one that is not written yet. Held by a lock: two runs at once would lose each other's tokens. */
export function openKeyFile(path: string): KeyFile & { readonly release: () => void } {
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, "wx", 0o600));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw failure(path, `the key file cannot be written (${codeOf(error)})`);
    throw failure(path, "another run is using this key file", `  next: wait for it; if none is running, remove ${lock}`);
  }
  const release = (): void => rmSync(lock, { force: true });
  try {
    return { ...(existsSync(path) ? readKeyFile(path) : { path, secret: randomBytes(32), entries: new Map() }), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Puts the key file in place as a whole, readable by its owner alone, on disk when this returns. */
export function writeKeyFile({ path, secret }: KeyFile, entries: ReadonlyMap<string, KeyEntry>): void {
  const text = `${JSON.stringify({ "freehold-key-file": 1, note, secret: secret.toString("base64"), tokens: Object.fromEntries(entries) }, undefined, 2)}\n`;
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  const file = openSync(partial, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}
