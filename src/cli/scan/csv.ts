import { type Piece, ReadingBuilder, type Splitter } from "./piece.ts";

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** One cell of a table, in offsets of the text that was read. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Whether it ends its record. */
  readonly last: boolean;
}

/**
 * The cells of a table (RFC 4180, with any separator and any line end; a quote within a cell that does not begin with one is a character like
 * others). `open`: the text ends within a quoted cell, or may go on; what is left of it is no cell yet.
 */
function* cellsOf(text: string, separator: string, complete: boolean): Generator<Cell> {
  const split = separator.charCodeAt(0);
  let at = 0;
  while (at < text.length) {
    const start = at;
    const quoted = text.charCodeAt(at) === QUOTE;
    if (quoted) {
      at += 1;
      while (true) {
        at = text.indexOf('"', at);
        if (at === -1) {
          if (!complete) return;
          at = text.length;
          break;
        }
        at += 1;
        if (text.charCodeAt(at) !== QUOTE) break;
        at += 1;
      }
    }
    let code = text.charCodeAt(at);
    while (at < text.length && code !== split && code !== LF && code !== CR) {
      at += 1;
      code = text.charCodeAt(at);
    }
    if (at >= text.length) {
      if (complete) yield { start, end: text.length, quoted, last: true };
      return;
    }
    const end = at;
    if (code === CR && at + 1 === text.length && !complete) return;
    at += code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
    yield { start, end, quoted, last: code !== split };
  }
}

/** The separator of a table: what its first record holds most of. */
function separatorOf(head: string): string {
  let best = ",";
  let most = 0;
  for (const separator of [",", ";", "\t", "|"]) {
    let count = 0;
    for (const { last } of cellsOf(head, separator, true)) {
      if (last) break;
      count += 1;
    }
    if (count > most) {
      most = count;
      best = separator;
    }
  }
  return best;
}

/** The value of a cell, and where each of its characters stands if one is escaped. */
function contentOf(
  text: string,
  { start, end, quoted }: Cell,
): { readonly value: string; readonly from: number; readonly offsets: readonly number[] | undefined } {
  if (!quoted) return { value: text.slice(start, end), from: start, offsets: undefined };
  const from = start + 1;
  const close = text.charCodeAt(end - 1) === QUOTE && end - 1 > start ? end - 1 : end;
  const inner = text.slice(from, close);
  if (!inner.includes('""')) return { value: inner, from, offsets: undefined };
  let value = "";
  const offsets: number[] = [];
  for (let at = from; at < close; at += 1) {
    offsets.push(at);
    value += text.charAt(at);
    if (text.charCodeAt(at) === QUOTE && text.charCodeAt(at + 1) === QUOTE) at += 1;
  }
  offsets.push(close);
  return { value, from, offsets };
}

/** A word announces a value at most so far away. */
const contextReach = 48;

/** Names of columns are short, all different, and none looks like a value. */
function isHeader(names: readonly string[]): boolean {
  return (
    names.length > 0 &&
    new Set(names).size === names.length &&
    names.every((name) => name.trim().length > 0 && name.length <= 64 && /\p{L}/u.test(name) && !/\d{4}|[@\n]/.test(name))
  );
}

/** Cuts a table into pieces of whole records; each cell is read behind the name of its column. */
export function csvSplitter(length: number): Splitter {
  let held = "";
  let at = 0;
  /** The length at which it is worth while to read what is held. */
  let worth = length;
  let separator: string | undefined;
  let header: readonly string[] | undefined;

  /** Adds a record to what is read; the first one may be the names of the columns. */
  function record(text: string, cells: readonly Cell[], builder: ReadingBuilder): void {
    const contents = cells.map((cell) => contentOf(text, cell));
    for (const [column, { value, from, offsets }] of contents.entries()) {
      const name = header?.[column];
      if (name !== undefined && value !== "") builder.context(`${name}: `);
      builder.value(value, from, cells[column]?.end ?? from, "csv", offsets);
      builder.context("\n");
    }
    builder.context("\n");
    const names = contents.map(({ value }) => value.trim());
    if (header !== undefined) return;
    header = isHeader(names) ? names : [];
    // The names stand near the first record, and are no context for all of its values.
    if (header.length > 0) builder.context(`${" ".repeat(contextReach)}\n`);
  }

  function pieceOf(text: string, complete: boolean): Piece | undefined {
    separator ??= separatorOf(text);
    const builder = new ReadingBuilder();
    let end = 0;
    let cells: Cell[] = [];
    for (const cell of cellsOf(text, separator, complete)) {
      cells.push(cell);
      if (!cell.last) continue;
      record(text, cells, builder);
      cells = [];
      end = Math.min(text.length, nextRecord(text, cell.end));
    }
    // An empty cell at the very end is no cell of its own, but what is before it is.
    if (complete && cells.length > 0) record(text, cells, builder);
    if (complete) end = text.length;
    return end === 0 ? undefined : { at, raw: text.slice(0, end), from: 0, to: end, reading: builder.reading() };
  }

  function take(complete: boolean): readonly Piece[] {
    const piece = pieceOf(held, complete);
    worth = Math.max(length, 2 * (held.length - (piece?.to ?? 0)));
    if (piece === undefined) return [];
    held = held.slice(piece.to);
    at += piece.to;
    return [piece];
  }

  return {
    push(chunk) {
      held += chunk;
      if (held.length < worth) return [];
      // A quote that is never closed would hold everything to the end: from here on the table is read as it comes.
      return take(held.length > 4 * length);
    },
    end: () => take(true),
  };
}

/** The offset behind the line end that begins at `end`. */
const nextRecord = (text: string, end: number): number => end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);
