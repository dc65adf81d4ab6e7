import type { Finding } from "../../port.ts";

/** A text in which `[[…]]` marks each name of a person. */
export interface MarkedText {
  readonly text: string;
  readonly names: readonly { readonly start: number; readonly end: number }[];
}

export function readMarked(marked: string): MarkedText {
  const names: { start: number; end: number }[] = [];
  let text = "";
  let from = 0;
  for (const match of marked.matchAll(/\[\[(.+?)\]\]/gu)) {
    text += marked.slice(from, match.index);
    names.push({ start: text.length, end: text.length + (match[1]?.length ?? 0) });
    text += match[1] ?? "";
    from = match.index + match[0].length;
  }
  return { text: text + marked.slice(from), names };
}

const overlap = (one: { start: number; end: number }, other: { start: number; end: number }): boolean => one.start < other.end && other.start < one.end;

/** By overlap: how many of the marked names were found, and how many findings touch a marked name. */
export interface Score {
  labelled: number;
  found: number;
  findings: number;
  right: number;
}

export function scoreNames(
  texts: readonly string[],
  find: (text: string) => readonly Finding[],
  onMistake?: (kind: "missed" | "wrong", text: string, part: string) => void,
): Score {
  const score: Score = { labelled: 0, found: 0, findings: 0, right: 0 };
  for (const marked of texts) {
    const { text, names } = readMarked(marked);
    const people = find(text).filter(({ type }) => type === "person");
    score.labelled += names.length;
    score.findings += people.length;
    for (const name of names) {
      if (people.some((one) => overlap(one, name))) score.found += 1;
      else onMistake?.("missed", text, text.slice(name.start, name.end));
    }
    for (const one of people) {
      if (names.some((name) => overlap(one, name))) score.right += 1;
      else onMistake?.("wrong", text, text.slice(one.start, one.end));
    }
  }
  return score;
}
