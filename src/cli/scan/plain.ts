import type { Piece, Reading, Splitter } from "./piece.ts";

/** What a piece of text holds of its neighbours, so that what lies at its edge is seen with what stands around it. */
const margin = 1 << 14;
/** How far back from its full length a piece may end, to end with a line. */
const slack = 1 << 16;

const asItIs = (raw: string): Reading => ({
  text: raw,
  stretches: (start, end) => [{ start, end, value: raw.slice(start, end), writing: "text" }],
});

/** An offset near `wanted` at which a text may be cut: behind a line, else behind a space, and never within a pair of surrogates. */
function cutBefore(text: string, wanted: number): number {
  for (const separator of ["\n", " "]) {
    const found = text.lastIndexOf(separator, wanted - 1);
    if (found > wanted - slack) return found + 1;
  }
  const code = text.charCodeAt(wanted);
  return code >= 0xdc00 && code <= 0xdfff ? wanted - 1 : wanted;
}

/** Cuts text into overlapping pieces. */
export function plainSplitter(length: number): Splitter {
  let held = "";
  let at = 0;
  /** What of `held` belongs to the piece before. */
  let from = 0;

  return {
    push(chunk) {
      held += chunk;
      const pieces: Piece[] = [];
      while (held.length >= from + length + margin) {
        const to = cutBefore(held, from + length);
        const raw = held.slice(0, to + margin);
        pieces.push({ at, raw, from, to, reading: asItIs(raw) });
        const keep = Math.max(0, to - margin);
        held = held.slice(keep);
        at += keep;
        from = to - keep;
      }
      return pieces;
    },
    end: () => (held.length > from ? [{ at, raw: held, from, to: held.length, reading: asItIs(held) }] : []),
  };
}
