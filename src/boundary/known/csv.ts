import { err, ok, type Result } from "#kernel";

/** One field of a file of values. Lines and columns from 1, columns in UTF-16 code units. */
export interface Cell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a file of values, and where. Never holds a value. */
export interface TextFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const QUOTE = '"';

/** The rows of comma-separated text (RFC 4180; CR LF or LF), or the first fault. Empty lines are no rows. */
export function csvRows(text: string, separator: string): Result<readonly (readonly Cell[])[], TextFault> {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let line = 1;
  let lineStart = 0;
  let index = 0;
  const endRow = (): void => {
    if (row.length > 1 || (row[0]?.text.trim() ?? "") !== "") rows.push(row);
    row = [];
  };
  const breakLine = (next: number): void => {
    line += 1;
    lineStart = next;
  };
  while (index <= text.length) {
    const at = { line, column: index - lineStart + 1 };
    let value = "";
    if (text[index] === QUOTE) {
      index += 1;
      for (;;) {
        if (index >= text.length) return err({ ...at, message: "the quotation mark that opens here is never closed" });
        if (text[index] === QUOTE) {
          if (text[index + 1] !== QUOTE) break;
          index += 1;
        } else if (text[index] === "\n") breakLine(index + 1);
        value += text[index];
        index += 1;
      }
      index += 1;
      const after = text[index];
      if (after !== undefined && after !== separator && after !== "\n" && after !== "\r")
        return err({ line, column: index - lineStart + 1, message: "text follows a closing quotation mark; double the marks that belong to the value" });
    } else {
      const start = index;
      while (index < text.length && text[index] !== separator && text[index] !== "\n") {
        if (text[index] === "\0") return err({ line, column: index - lineStart + 1, message: "this is no text: it holds a zero character" });
        index += 1;
      }
      value = text.slice(start, index);
    }
    if (text[index] === "\r") index += 1;
    row.push({ text: value.trim(), ...at });
    if (text[index] === separator) {
      index += 1;
      continue;
    }
    endRow();
    if (index >= text.length) break;
    index += 1;
    breakLine(index);
  }
  return ok(rows);
}
