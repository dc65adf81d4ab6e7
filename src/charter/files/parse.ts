import type { z } from "zod";
import { err, ok, type Result } from "#kernel";
import type { FileFault } from "../faults.ts";
import { type Locate, readYaml } from "./document.ts";
import { inFileOrder, type Report, reportOn } from "./report.ts";
import { schemaFaults } from "./schema-faults.ts";

/** A file that holds, with what is odd about it and the way from a path to its place. */
export interface ParsedFile {
  readonly file: string;
  readonly warnings: readonly FileFault[];
  readonly locate: Locate;
  /** The place of the key at a path, where `locate` gives that of the value. */
  readonly locateKey: Locate;
}

interface Read<Content> extends ParsedFile {
  readonly content: Content;
  /** The file's own content, before defaults were filled in. */
  readonly written: unknown;
}

/** Reads a file, checks it against its schema and its rules, and reports every fault at once, in file order. Never throws. */
export function readChecked<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  checkRules: (content: unknown, report: Report) => void,
): Result<Read<z.output<Schema>>, readonly FileFault[]> {
  const yaml = readYaml(text, file);
  if (!yaml.readable) return err(inFileOrder(yaml.faults));
  if (yaml.content === null || yaml.content === undefined) {
    return err([{ file, line: 1, column: 1, path: "", message: "the file is empty", hint: "freehold init writes one to begin with", severity: "error" }]);
  }
  const report = reportOn(yaml);
  const parsed = schema.safeParse(yaml.content);
  checkRules(yaml.content, report);
  const faults = inFileOrder([...yaml.faults, ...(parsed.success ? [] : schemaFaults(schema, parsed.error.issues, yaml)), ...report.found]);
  if (!parsed.success || faults.some(({ severity }) => severity === "error")) return err(faults);
  return ok({ file, content: parsed.data, written: yaml.content, warnings: faults, locate: yaml.locate, locateKey: yaml.locateKey });
}
