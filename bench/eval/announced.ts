import type { Row } from "./labelled.ts";

/** Sets of bare numbers: many of them are no evidence of anything without the word that stands beside them in real text. */
export const setsOfNumbers = ["presidio-ids", "stdnum-vectors"];

/** `UK_NHS` and `fr.nir` as a person would head a column with them: `NHS`, `NIR`. */
const nameOf = (target: string): string =>
  target
    .replace(/^[a-z]{2}[._]/i, "")
    .replaceAll("_", " ")
    .toUpperCase();

/** The same numbers, each behind the name of its own scheme, as a form or a column has them. Rows that already are sentences stay out. */
export function announced(rows: readonly Row[]): readonly Row[] {
  return rows
    .filter(({ text, spans, kind }) => (kind === "negative" ? !/\s\p{L}{3,}/u.test(text) : spans[0]?.start === 0 && spans[0].end === text.length))
    .map((row) => {
      const head = `${nameOf(row.target ?? "")}: `;
      return { ...row, text: head + row.text, spans: row.spans.map((span) => ({ ...span, start: span.start + head.length, end: span.end + head.length })) };
    });
}
