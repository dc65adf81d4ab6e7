import type { NameTagger } from "../src/boundary/names/tagger/port.ts";
import type { Document } from "./corpus.ts";

/** By overlap, on names of people alone. */
export interface Figures {
  readonly labelled: number;
  readonly recall: number;
  readonly precision: number;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const overlap = (one: Stretch, other: Stretch): boolean => one.start < other.end && one.end > other.start;

/** A finding that touches nothing but a common noun for a person (`PERSON_NOMINAL`) counts neither for nor against. Spans below `leastScore` are left out. */
export function measure(tagger: NameTagger, documents: readonly Document[], leastScore = 0): Figures {
  let labelled = 0;
  let found = 0;
  let right = 0;
  let wrong = 0;
  for (const { text, spans } of documents) {
    const people = spans.filter(({ type }) => type === "PERSON");
    const nouns = spans.filter(({ type }) => type === "PERSON_NOMINAL");
    const tagged = tagger.tag(text).filter(({ label, score }) => label === "person" && score >= leastScore);
    labelled += people.length;
    found += people.filter((span) => tagged.some((one) => overlap(one, span))).length;
    for (const one of tagged) {
      if (people.some((span) => overlap(one, span))) right += 1;
      else if (!nouns.some((span) => overlap(one, span))) wrong += 1;
    }
  }
  return { labelled, recall: labelled === 0 ? 0 : found / labelled, precision: right + wrong === 0 ? 0 : right / (right + wrong) };
}
