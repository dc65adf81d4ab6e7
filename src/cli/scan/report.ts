import { once } from "node:events";
import { whyOf } from "#boundary";
import { type DataClass, dataClasses } from "#charter";
import { say } from "../outcome.ts";
import type { FileToScan, Skipped } from "./files.ts";
import type { Found } from "./findings.ts";
import type { Format } from "./format.ts";
import { higher } from "./selection.ts";

/** Where the findings of a run go, as they come. */
export interface Report {
  begin(file: FileToScan, format: Format): Promise<void>;
  found(found: readonly Found[]): Promise<void>;
  /** `fault`: why the file ended before its end. */
  end(fault?: string): Promise<void>;
  skipped(skipped: Skipped): Promise<void>;
}

/** Writes to standard output and waits while its reader is slower. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Findings that are written at once, and lined up with each other. */
const together = 200;

/** A finding as `scan --json` tells it, in the order of the contract. */
const rowOf = ({ finding, stretch, start, end, line, column }: Found, reveal: boolean): Record<string, unknown> => ({
  type: finding.type,
  subtype: finding.subtype ?? null,
  start,
  end,
  confidence: finding.confidence,
  rule: finding.rule,
  class: finding.class,
  line,
  column,
  why: whyOf(finding),
  ...(reveal && { text: stretch.value }),
});

/** A JSON object a file, a file a line; a large file's findings are written as they come. */
export function jsonReport(reveal: boolean): Report {
  let highest: DataClass = "public";
  let first = true;
  return {
    async begin({ path }, format) {
      highest = "public";
      first = true;
      await write(`{"file":${JSON.stringify(path)},"format":"${format}","findings":[`);
    },
    async found(found) {
      for (let from = 0; from < found.length; from += together) {
        const some = found.slice(from, from + together);
        highest = some.reduce((sum, { finding }) => higher(sum, finding.class), highest);
        await write((first ? "" : ",") + some.map((one) => JSON.stringify(rowOf(one, reveal))).join(","));
        first = false;
      }
    },
    end: (fault) => write(`],"class":"${highest}"${fault === undefined ? "" : `,"error":${JSON.stringify(fault)}`}}\n`),
    skipped: ({ path, reason, fault }) => write(`${JSON.stringify({ file: path, [fault ? "error" : "skipped"]: reason })}\n`),
  };
}

/** What a file holds must not steer the terminal. */
export const printable = (text: string): string => (/\p{C}/u.test(text) ? JSON.stringify(text) : text);

/** A line a finding, in columns. */
export function tableReport(reveal: boolean): Report {
  let path = "";
  let rows: string[][] = [];

  async function flush(): Promise<void> {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const lines = rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  "));
    rows = [];
    if (lines.length > 0) await write(`${lines.join("\n")}\n`);
  }

  return {
    async begin(file) {
      path = printable(file.path);
    },
    async found(found) {
      for (const { finding, stretch, line, column } of found) {
        const { type, subtype = "", class: dataClass, confidence, rule } = finding;
        const shown = reveal ? [printable(stretch.value)] : [];
        rows.push([`${path}:${line}:${column}`, type, subtype, dataClass, confidence.toFixed(2), rule, ...shown, whyOf(finding)]);
        if (rows.length === together) await flush();
      }
    },
    end: flush,
    async skipped() {
      // Told at the end, with the others of its kind.
    },
  };
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
const shownAtMost = 5;

/** What a run came to, for the sentence at its end. */
export class Sums {
  files = 0;
  findings = 0;
  highest: DataClass | undefined;
  faults = 0;
  readonly #types = new Map<string, number>();
  readonly #skipped = new Map<string, string[]>();

  add({ finding }: Found): void {
    this.findings += 1;
    this.highest = this.highest === undefined ? finding.class : higher(this.highest, finding.class);
    this.#types.set(finding.type, (this.#types.get(finding.type) ?? 0) + 1);
  }

  skip({ path, reason, fault }: Skipped): void {
    if (fault) {
      this.faults += 1;
      say(`error: ${printable(path)}: ${reason}`);
      return;
    }
    const same = this.#skipped.get(reason);
    if (same === undefined) this.#skipped.set(reason, [path]);
    else same.push(path);
  }

  /** What was skipped and why. */
  tellSkipped(): void {
    for (const [reason, paths] of this.#skipped) {
      const more = paths.length > shownAtMost ? `, and ${paths.length - shownAtMost} more (--json names all)` : "";
      say(`skipped: ${reason}: ${paths.slice(0, shownAtMost).map(printable).join(", ")}${more}`);
    }
  }

  /** What was skipped and what was found; holds none of it. */
  tell(interrupted: boolean): void {
    this.tellSkipped();
    const types = [...this.#types].sort((one, other) => other[1] - one[1]).map(([type, count]) => `${count} ${type}`);
    const what = this.findings === 0 ? "nothing found" : `${counted(this.findings, "finding")} (${types.join(", ")}), highest class ${this.highest}`;
    say(`${interrupted ? "Interrupted: " : ""}${counted(this.files, "file")} read, ${what}.`);
  }

  /** Whether something at or above a class was found. */
  reaches(dataClass: DataClass): boolean {
    return this.highest !== undefined && dataClasses.indexOf(this.highest) >= dataClasses.indexOf(dataClass);
  }
}
