import { FEMALE, FIRST_NAME, lookUp, MALE } from "../names/lexicon/lexicon.ts";

/** What grammar needs to know of a person, and a token does not show. */
export type Gender = "feminine" | "masculine";

/** The gender that goes with a value; undefined where it is not known. */
export type GenderOf = (type: string, value: string) => Gender | undefined;

/** By the first names in a person's name: where they are given to women alone or to men alone, and do not contradict each other. */
export const genderOfName: GenderOf = (type, value) => {
  if (type !== "person") return undefined;
  const given = new Set<Gender>();
  for (const word of value.match(/\p{L}+/gu) ?? []) {
    const known = lookUp(word);
    if ((known & FIRST_NAME) === 0) continue;
    const women = (known & FEMALE) !== 0;
    if (women !== ((known & MALE) !== 0)) given.add(women ? "feminine" : "masculine");
  }
  return given.size === 1 ? [...given][0] : undefined;
};
