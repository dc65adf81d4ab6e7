/** A fault in a file: where it is, what is wrong, what would be right. Line and column count from 1. */
export interface FileFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted path in the file, e.g. `backends[1].located-in`. */
  readonly path: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly severity: "error" | "warning";
}
