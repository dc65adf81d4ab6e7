import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type FileForm, valuesIn } from "#boundary";
import { CommandFailure } from "./outcome.ts";

export interface FormFlags {
  readonly header?: boolean;
  readonly lines?: boolean;
}

/**
 * A file of values as the admin API takes it. It is read here first, so that a fault names the file with line and column; messages never
 * repeat a value.
 */
export async function valuesFrom(path: string, { header, lines }: FormFlags): Promise<{ readonly csv: string; readonly form: FileForm }> {
  if (header === true && lines === true) throw new CommandFailure(2, ["error: --header and --lines exclude each other"]);
  const form: FileForm = header === true ? "header" : lines === true ? "lines" : "guess";
  let bytes: Buffer;
  try {
    bytes = path === "-" ? await buffer(process.stdin) : await readFile(path);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new CommandFailure(2, [`error: ${path} cannot be read (${reason})`]);
  }
  const csv = textOf(bytes, path);
  const read = valuesIn(csv, form);
  if (!read.ok) throw new CommandFailure(2, [`${path}:${read.error.line}:${read.error.column}: error: ${read.error.message}`]);
  if (read.value.length === 0) throw new CommandFailure(2, [`${path}:1:1: error: there is no value in this file`]);
  return { csv, form };
}

function textOf(bytes: Buffer, path: string): string {
  const text = bytes.toString("utf8");
  const at = text.indexOf("\ufffd");
  if (at === -1 || Buffer.from(text, "utf8").equals(bytes)) return text;
  const before = text.slice(0, at).split("\n");
  const place = `${before.length}:${(before.at(-1) ?? "").length + 1}`;
  throw new CommandFailure(2, [`${path}:${place}: error: this is not UTF-8 text`, "  next: save the file as UTF-8 (in spreadsheets: CSV UTF-8)"]);
}
