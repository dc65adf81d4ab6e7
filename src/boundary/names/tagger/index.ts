import file from "../data/weights.json" with { type: "json" };
import type { TaggedSpan } from "./port.ts";
import { createTagger } from "./tagger.ts";
import { loadWeights } from "./weights.ts";

const tagger = createTagger(loadWeights(file));

/** Names of people, places and organisations in European languages, by the weights that ship. Sorted, free of overlaps; linear time. */
export const tagNames = (text: string): readonly TaggedSpan[] => tagger.tag(text);

export type { NameTagger, TaggedSpan } from "./port.ts";
