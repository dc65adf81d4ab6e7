import type { Found, ReadPiece } from "./findings.ts";
import type { KeyBook } from "./key-book.ts";

/** The text of a piece with tokens for what is to be replaced. Every character outside of the findings stays as it is. */
export function replaced(
  { piece, found, from, to }: ReadPiece,
  isReplaced: (found: Found) => boolean,
  book: KeyBook,
): { readonly text: string; readonly count: number } {
  let text = "";
  let at = from;
  let count = 0;
  const chosen = found.filter(isReplaced);
  for (const [index, { finding, stretch }] of chosen.entries()) {
    const { start, end, value, writing } = stretch;
    // Where another token follows at once, it begins with a capital.
    const next = chosen[index + 1]?.stretch.start === end ? "A" : piece.raw.slice(end, end + 1);
    const token = book.tokenFor(finding.type, value, writing, piece.raw.slice(start, end), next);
    text += piece.raw.slice(at, start) + (writing === "number" ? `"${token}"` : token);
    at = end;
    count += 1;
  }
  return { text: text + piece.raw.slice(at, to), count };
}
