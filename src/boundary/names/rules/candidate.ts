/** A stretch of text that may be a person's name, and what speaks for it. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  /** Its words, from `first` to before `behind`. */
  readonly first: number;
  readonly behind: number;
  readonly rule: PersonRule;
  readonly confidence: number;
  readonly because: string;
  /** Whether the same name elsewhere in the text is a name too. */
  readonly strong: boolean;
}

export type PersonRule =
  | "person.title"
  | "person.role"
  | "person.lexicon"
  | "person.capital"
  | "person.initials"
  | "person.label"
  | "person.salutation"
  | "person.closing"
  | "person.tagger"
  | "person.propagated";
