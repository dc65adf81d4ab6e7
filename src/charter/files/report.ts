import type { FileFault } from "../faults.ts";
import type { YamlFile } from "./document.ts";
import { type FilePath, formatPath } from "./paths.ts";

/** Collects what rules across a file find, with the places. */
export interface Report {
  error(path: FilePath, message: string, hint: string | undefined): void;
  warning(path: FilePath, message: string, hint: string | undefined): void;
  /** The same at the key. */
  keyError(path: FilePath, message: string, hint: string | undefined): void;
  readonly found: readonly FileFault[];
}

export function reportOn(yaml: Pick<YamlFile, "file" | "locate" | "locateKey">): Report {
  const found: FileFault[] = [];
  const add = (severity: FileFault["severity"], atKey: boolean) => (path: FilePath, message: string, hint: string | undefined) => {
    const place = atKey ? yaml.locateKey(path) : yaml.locate(path);
    found.push({ file: yaml.file, ...place, path: formatPath(path), message, hint, severity });
  };
  return { found, error: add("error", false), warning: add("warning", false), keyError: add("error", true) };
}

/** Faults in the order in which a reader meets them. */
export const inFileOrder = (faults: readonly FileFault[]): readonly FileFault[] =>
  [...faults].sort((one, other) => one.line - other.line || one.column - other.column);
