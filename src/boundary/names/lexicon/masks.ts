/** What the lexicon knows of a word, as bits: most words are several things. */
export const FIRST_NAME = 1;
export const LAST_NAME = 2;
/** The grammatical gender of a first name. */
export const FEMALE = 4;
export const MALE = 8;
/** `van`, `de la`, `zu`: joins the parts of a name. */
export const PARTICLE = 16;
/** `Dr`, `Frau`, `pan`: what follows is a person's name. */
export const TITLE = 32;
/** `Minister`, `lekarz`, `toimittaja`: a name may stand beside it. */
export const ROLE = 64;
/** Openings and closings of letters. */
export const SALUTATION = 128;
export const COMMON_WORD = 256;
export const PLACE = 512;
/** `GmbH`, `University`, `rt`: what stands beside it is an organisation. */
export const ORGANISATION_HINT = 1024;
/** Months, days of the week, languages. */
export const CALENDAR = 2048;
/** Not in the lexicon, but it ends as family names do: `-wicz`, `-escu`, `-opoulos`. */
export const SURNAME_SHAPE = 4096;
/** Known after a case ending was taken off. */
export const INFLECTED = 8192;

export const NAME = FIRST_NAME | LAST_NAME;
