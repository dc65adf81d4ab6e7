import { existsSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { CommandFailure } from "../outcome.ts";
import { type FileToScan, type Skipped, walk } from "./files.ts";

/** A file to read, and where its other form goes; `-` is standard input, and standard output. */
export interface Job {
  readonly file: FileToScan;
  readonly target: string;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const failure = (...lines: readonly string[]): CommandFailure => new CommandFailure(2, lines);

/** Every file with its target, before anything is written: one file goes to a file or into a folder, a folder into a folder of the same tree. */
export async function jobsOf(paths: readonly string[], out: string | undefined, force: boolean, skip: (skipped: Skipped) => void): Promise<readonly Job[]> {
  if (paths.length === 1 && paths[0] === "-") return [{ file: { path: "-", within: "-", bytes: 0 }, target: out ?? "-" }];
  if (out === undefined) throw failure("error: --out says where the result goes: a file for one file, a folder for several");
  const inside = paths.find((path) => isFolder(path) && `${resolve(out)}${sep}`.startsWith(`${resolve(path)}${sep}`));
  if (inside !== undefined) throw failure(`error: --out lies in ${inside}, which is read`, "  next: name a folder elsewhere");
  const files: FileToScan[] = [];
  for await (const met of walk(paths)) {
    if ("file" in met) files.push(met.file);
    else skip(met.skipped);
  }
  const intoFolder = paths.length > 1 || isFolder(paths[0] ?? "") || isFolder(out) || out.endsWith("/");
  const jobs = files.map((file): Job => ({ file, target: intoFolder ? join(out, file.within) : out }));
  const targets = new Set<string>();
  for (const { file, target } of jobs) {
    const place = resolve(target);
    if (targets.has(place)) throw failure(`error: two files would go to ${target}`, "  next: run them one by one");
    targets.add(place);
    if (place === resolve(file.path)) throw failure(`error: ${target} would overwrite what is read`);
    if (!force && existsSync(target)) throw failure(`error: ${target} is there already`, "  next: --force overwrites it");
  }
  return jobs;
}
