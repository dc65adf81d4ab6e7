import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

const root = join(import.meta.dirname, "..", "..");
export const program = join(root, "bin", "freehold.js");

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function scan(args: readonly string[], input: string | Buffer = ""): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "scan", ...args], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return { status, stdout, stderr };
}

/** Runs several command lines in one process, one after the other: starting one for each would take most of the time. */
export function scanAll(lines: readonly (readonly string[])[]): readonly Ran[] {
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", inOneProcess, JSON.stringify(lines)], { encoding: "utf8", cwd: root });
  return JSON.parse(stdout) as readonly Ran[];
}

const inOneProcess = `
import { main } from "./src/cli/main.ts";
const write = process.stdout.write.bind(process.stdout);
const all = [];
for (const line of JSON.parse(process.argv[1])) {
  const ran = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) process[name].write = (text) => { ran[name] += text; return true; };
  process.exitCode = 0;
  all.push({ status: await main(["scan", ...line]), ...ran });
}
process.exitCode = 0;
write(JSON.stringify(all));
`;

export function folder(test: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "freehold-scan-"));
  test.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface JsonFinding {
  readonly type: string;
  readonly subtype: string | null;
  readonly start: number;
  readonly end: number;
  readonly class: string;
  readonly line: number;
  readonly column: number;
  readonly confidence: number;
  readonly rule: string;
  readonly why: string;
  readonly text?: string;
}
export interface JsonFile {
  readonly file: string;
  readonly class?: string;
  readonly findings?: readonly JsonFinding[];
  readonly skipped?: string;
  readonly error?: string;
}

export const linesOf = <Line>(stdout: string): readonly Line[] =>
  stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);

export const account = "DE89 3704 0044 0532 0130 00";
export const mail = "jane@example.org";
