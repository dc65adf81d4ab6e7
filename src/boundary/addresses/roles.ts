import { lexicon } from "../text/lexicon.ts";
import { addressLabels, postcodeLabels, townLabels } from "./label-words.ts";
import { before, boxes, english, polishTowns, residence, weakBefore, weakEnglish } from "./street-words.ts";

/** What a word says of what stands around it; one word may say several things. */
export const STREET = 1;
export const WEAK_STREET = 2;
export const ENGLISH = 4;
export const WEAK_ENGLISH = 8;
export const BOX = 16;
export const RESIDENCE = 32;
export const ADDRESS_LABEL = 64;
export const TOWN_LABEL = 128;
export const POSTCODE_LABEL = 256;
export const DIVISION = 512;
export const TOWN = 1024;

const roles = new Map<number, number>();

function give(rows: readonly string[], role: number): void {
  for (const word of rows.flatMap((row) => row.split(", "))) {
    const phrase = lexicon.add(word);
    roles.set(phrase, (roles.get(phrase) ?? 0) | role);
  }
}

give(before, STREET);
give(weakBefore, WEAK_STREET);
give([english], ENGLISH);
give([weakEnglish], WEAK_ENGLISH);
give(boxes, BOX);
give(residence, RESIDENCE);
give(addressLabels, ADDRESS_LABEL);
give(townLabels, TOWN_LABEL);
give(postcodeLabels, POSTCODE_LABEL);
give(polishTowns, TOWN);
give(["gmina, gminie, gminy, gminę, powiat, powiatu, powiecie, woj, województwo, województwa, województwie, sołectwo"], DIVISION);

/** The roles of a phrase, as bits; 0 for those that speak of other things. */
export const roleOf = (phrase: number): number => roles.get(phrase) ?? 0;
