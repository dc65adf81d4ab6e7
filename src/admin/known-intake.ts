import { type Unfit, unfitness, valuesIn } from "#boundary";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import type { KnownChange, KnownListInput, KnownRemoval } from "./known-contract.ts";

/** Values that can be put on a list, and where the others stood. */
export interface Intake {
  readonly values: readonly string[];
  readonly skipped: number;
  readonly skips: KnownChange["skips"];
}

const shownSkips = 100;

/** The values of a request in the order in which they stand, each once. Fault: `file_invalid` with line and column for text that is no such file. */
export function intakeOf(input: Pick<KnownListInput, "values" | "csv" | "form">, force: boolean): Result<Intake, Fault> {
  const cells = (input.values ?? []).map((text, index) => ({ text: text.trim(), line: index + 1, column: 1 }));
  if (input.csv !== undefined) {
    const read = valuesIn(input.csv, input.form);
    if (!read.ok) {
      const { line, column, message } = read.error;
      return err(fault("file_invalid", { message: `line ${line}, column ${column}: ${message}`, param: "csv" }));
    }
    for (const cell of read.value) cells.push(cell);
  }
  const values = new Set<string>();
  const skips: { line: number; column: number; reason: Unfit }[] = [];
  let skipped = 0;
  for (const { text, line, column } of cells) {
    const reason = unfitness(text, force);
    if (reason === undefined) values.add(text);
    else {
      skipped += 1;
      if (skips.length < shownSkips) skips.push({ line, column, reason });
    }
  }
  return ok({ values: [...values], skipped, skips });
}

export const givesValues = ({ values, csv }: KnownRemoval): boolean => values !== undefined || csv !== undefined;
