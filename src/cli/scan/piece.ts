/** How a value is written at its place: as it is, within the quotes of JSON, as a number of JSON, or within the cell of a table. */
export type Writing = "text" | "json" | "number" | "csv";

/** One stretch of a file that holds a value, in offsets of the piece. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** What it says, decoded. */
  readonly value: string;
  readonly writing: Writing;
}

/** The text that the detector reads for a piece: values behind the names of their columns or members, decoded, with the way back. */
export interface Reading {
  readonly text: string;
  /** The stretches of the piece that lie between two offsets of the text; none of a name that only stands there for context. */
  stretches(start: number, end: number): readonly Stretch[];
}

/** A part of a file that is read at once. */
export interface Piece {
  /** Where it begins in the file, in UTF-16 code units. */
  readonly at: number;
  readonly raw: string;
  /** What begins between these offsets of `raw` is this piece's; the rest is there for context, and is some other piece's. */
  readonly from: number;
  readonly to: number;
  readonly reading: Reading;
}

/** Cuts a file that comes in chunks into pieces. */
export interface Splitter {
  push(chunk: string): readonly Piece[];
  end(): readonly Piece[];
}

/** Characters of a piece: enough that most files are read at once, and few enough that a file of any size is read in bounded memory. */
export const pieceLength = 1 << 20;

/** One stretch of a piece as it stands in the reading. Where nothing is escaped, characters map one to one. */
interface Placed {
  readonly readStart: number;
  readonly readEnd: number;
  readonly rawStart: number;
  readonly rawEnd: number;
  readonly writing: Writing;
  /** Of each character of the value the offset in the piece, and the end; undefined where they map one to one. */
  readonly offsets: readonly number[] | undefined;
}

/** Puts a reading together from the left. */
export class ReadingBuilder {
  readonly #parts: string[] = [];
  readonly #placed: Placed[] = [];
  #length = 0;

  /** Text that stands nowhere in the piece at this place. */
  context(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  /** A value of the piece; `offsets` where characters of it are escaped. */
  value(text: string, rawStart: number, rawEnd: number, writing: Writing, offsets?: readonly number[]): void {
    if (text !== "") this.#placed.push({ readStart: this.#length, readEnd: this.#length + text.length, rawStart, rawEnd, writing, offsets });
    this.context(text);
  }

  get length(): number {
    return this.#length;
  }

  reading(): Reading {
    const text = this.#parts.join("");
    const placed = this.#placed;
    return {
      text,
      stretches(start, end) {
        const found: Stretch[] = [];
        for (let index = firstEndingAfter(placed, start); index < placed.length; index += 1) {
          const value = placed[index];
          if (value === undefined || value.readStart >= end) break;
          found.push(stretchOf(value, text, Math.max(start, value.readStart), Math.min(end, value.readEnd)));
        }
        return found;
      },
    };
  }
}

function firstEndingAfter(placed: readonly Placed[], offset: number): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((placed[middle]?.readEnd ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function stretchOf({ readStart, readEnd, rawStart, rawEnd, writing, offsets }: Placed, text: string, start: number, end: number): Stretch {
  // A number is replaced as a whole or it is none any more.
  if (writing === "number") return { start: rawStart, end: rawEnd, value: text.slice(readStart, readEnd), writing };
  const rawAt = (offset: number): number => (offsets === undefined ? rawStart + offset - readStart : (offsets[offset - readStart] ?? rawEnd));
  return { start: rawAt(start), end: rawAt(end), value: text.slice(start, end), writing };
}
