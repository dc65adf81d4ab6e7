import type { Command } from "commander";
import type { FileFault } from "#charter";
import { definitionOf, type Fault, type Result } from "#kernel";

/** A command that ends early: 1 for a negative finding, 2 for bad usage or input. */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2;
  readonly lines: readonly string[];
  constructor(exitCode: 1 | 2, lines: readonly string[]) {
    super(lines.join("\n"));
    this.exitCode = exitCode;
    this.lines = lines;
  }
}

/** Messages go to standard error, so that standard output stays machine-readable. */
export const say = (text: string): boolean => process.stderr.write(`${text}\n`);

export const print = (text: string): boolean => process.stdout.write(`${text}\n`);

export function complain(failure: CommandFailure): void {
  for (const line of failure.lines) say(line);
}

export const failureOf = (fault: Fault, exitCode: 1 | 2 = 2): CommandFailure =>
  new CommandFailure(exitCode, [`error: ${fault.message}`, `  next: ${definitionOf(fault.code).hint}`]);

/** The value of a result, or the end of the command with its fault. */
export function valueFrom<Value>(result: Result<Value, Fault>): Value {
  if (!result.ok) throw failureOf(result.error);
  return result.value;
}

/** `file:line:column: what is wrong`, as editors and terminals link it. */
export function faultLines(faults: readonly FileFault[]): string[] {
  return faults.flatMap(({ file, line, column, path, message, hint, severity }) => {
    const where = `${file}:${line}:${column}: ${severity}: ${path === "" ? "" : `${path}: `}${message}`;
    return hint === undefined ? [where] : [where, `  ${hint}`];
  });
}

/** Adds `--json` to a command. */
export const withJson = (command: Command): Command => command.option("--json", "machine-readable output on standard output");

/** Rows as aligned columns under a heading. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(heading), ...rows.map(line)].join("\n");
}
