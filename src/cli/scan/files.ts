import type { Stats } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file to read. */
export interface FileToScan {
  readonly path: string;
  /** The path below the folder that was named; the file's own name where it was named itself. */
  readonly within: string;
  readonly bytes: number;
}

/** Something that was left out. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
  /** True where it should have been read and could not be. */
  readonly fault: boolean;
}

export type Met = { readonly file: FileToScan } | { readonly skipped: Skipped };

/** Folders that hold no text of anybody: histories of version control, installed packages. */
const leftOut = new Set([".git", ".hg", ".svn", "node_modules"]);

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "unknown reason");

const unreadable = (path: string, error: unknown): Met => ({ skipped: { path, reason: `it cannot be read (${codeOf(error)})`, fault: true } });
const left = (path: string, reason: string): Met => ({ skipped: { path, reason, fault: false } });

/** Everything below the paths, in the order of names. A link is followed where it was named itself, and nowhere below. */
export async function* walk(paths: readonly string[]): AsyncGenerator<Met> {
  for (const path of paths) {
    let what: Stats;
    try {
      what = await stat(path);
    } catch (error) {
      yield unreadable(path, error);
      continue;
    }
    if (what.isDirectory()) yield* below(path, "");
    else if (what.isFile()) yield { file: { path, within: path.slice(path.lastIndexOf("/") + 1), bytes: what.size } };
    else yield { skipped: { path, reason: "it is neither a file nor a folder", fault: true } };
  }
}

async function* below(root: string, folder: string): AsyncGenerator<Met> {
  const at = join(root, folder);
  let names: string[];
  try {
    names = (await readdir(at)).sort();
  } catch (error) {
    yield unreadable(at, error);
    return;
  }
  for (const name of names) {
    const within = folder === "" ? name : join(folder, name);
    const path = join(root, within);
    let what: Stats;
    try {
      what = await lstat(path);
    } catch (error) {
      yield unreadable(path, error);
      continue;
    }
    if (what.isSymbolicLink()) yield left(path, "a link; what it leads to is scanned where it lies");
    else if (what.isDirectory()) {
      if (leftOut.has(name)) yield left(path, "a folder of version control or of installed packages");
      else yield* below(root, within);
    } else if (what.isFile()) yield { file: { path, within, bytes: what.size } };
    else yield left(path, "neither a file nor a folder");
  }
}
