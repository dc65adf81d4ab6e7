import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { CredentialReference } from "#charter";
import { err, type Fault, fault, ok, type Result } from "#kernel";

/** Reads a credential where the estate says it lies. The fault names the place, never the value. */
export function readCredential(reference: CredentialReference, environment: NodeJS.ProcessEnv): Result<string, Fault> {
  const place = `${reference.kind}:${reference.name}`;
  const missing = (why: string): Result<never, Fault> => err(fault("credential_missing", { message: `The credential ${place} ${why}.`, param: place }));
  const text = read(reference, environment);
  if (text === undefined) return missing("cannot be read");
  const value = text.trim();
  if (value === "") return missing("is empty");
  // A line break or another control character would end the header and begin one of its own.
  if (!/^[\x21-\x7e]+$/.test(value)) return missing("holds characters that cannot stand in a header");
  return ok(value);
}

function read({ kind, name }: CredentialReference, environment: NodeJS.ProcessEnv): string | undefined {
  if (kind === "env") return environment[name];
  const folder = environment.CREDENTIALS_DIRECTORY;
  if (kind === "credential" && (folder === undefined || basename(name) !== name)) return undefined;
  try {
    return readFileSync(kind === "file" ? name : join(folder ?? "", name), "utf8");
  } catch {
    return undefined;
  }
}
