import type { Detector, Finding } from "#boundary";
import { type Format, splitterOf } from "./format.ts";
import { type Piece, pieceLength, type Stretch } from "./piece.ts";

/** A finding at its place in a file. */
export interface Found {
  readonly finding: Finding;
  /** In the piece. */
  readonly stretch: Stretch;
  /** In the file, in UTF-16 code units from its beginning, a byte order mark left out. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A piece with what was found in it; `to` is where the next one goes on. */
export interface ReadPiece {
  readonly piece: Piece;
  readonly found: readonly Found[];
  readonly from: number;
  readonly to: number;
}

/** Costly checks that a text may spend: as many for each character as a request has. */
const charactersPerCheck = 64;
const fewestChecks = 4000;

/** Counts lines while the offsets go up. */
class Lines {
  #line = 1;
  #lineStart = 0;
  #counted = 0;

  /** `raw` begins at `at`; offsets are the file's. */
  place(raw: string, at: number, offset: number): { readonly line: number; readonly column: number } {
    for (let index = this.#counted - at; index < offset - at; index += 1) {
      const code = raw.charCodeAt(index);
      if (code === 10 || (code === 13 && raw.charCodeAt(index + 1) !== 10)) {
        this.#line += 1;
        this.#lineStart = at + index + 1;
      }
    }
    this.#counted = Math.max(this.#counted, offset);
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }
}

/** Reads a file that comes in chunks, piece by piece, in bounded memory. Findings are sorted and free of overlaps, across pieces too. */
export async function* readPieces(chunks: AsyncIterable<string>, format: Format, detector: Detector, length = pieceLength): AsyncGenerator<ReadPiece> {
  const splitter = splitterOf(format, length);
  const lines = new Lines();
  /** Up to where everything was told, in the file. */
  let done = 0;

  function read(piece: Piece): ReadPiece {
    const { raw, at, reading } = piece;
    const from = Math.max(done - at, piece.from);
    let to = piece.to;
    let last = from;
    const found: Found[] = [];
    const stretches: { readonly finding: Finding; readonly stretch: Stretch }[] = [];
    for (const finding of reading.text === "" ? [] : detector.detect(reading.text, { checks: Math.max(fewestChecks, raw.length / charactersPerCheck) })) {
      for (const stretch of reading.stretches(finding.start, finding.end)) stretches.push({ finding, stretch });
    }
    stretches.sort((one, other) => one.stretch.start - other.stretch.start);
    for (const { finding, stretch } of stretches) {
      if (stretch.start < last || stretch.start >= piece.to) continue;
      last = stretch.end;
      const start = at + stretch.start;
      found.push({ finding, stretch, start, end: at + stretch.end, ...lines.place(raw, at, start) });
    }
    to = Math.max(to, last);
    lines.place(raw, at, at + to);
    done = at + to;
    return { piece, found, from, to };
  }

  for await (const chunk of chunks) for (const piece of splitter.push(chunk)) yield read(piece);
  for (const piece of splitter.end()) yield read(piece);
}
