import { hashOf } from "../lexicon/lexicon.ts";

/** The hashes of words in a list: whether a word is in it is asked without making a string of it. */
export const hashSet = (list: string): ReadonlySet<number> => new Set(list.split(/\s+/u).filter(Boolean).map(hashOf));
