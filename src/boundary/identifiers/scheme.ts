/** One kind of number that an authority assigns, as data. `value` is what was written, without separators, in upper case. */
export interface Scheme {
  /** `pl.pesel`: country (or `int`) and name. */
  readonly subtype: string;
  readonly type: "person_id" | "document_id" | "business_id" | "vehicle" | "iban";
  readonly format: RegExp;
  /** The lengths that `format` can match. */
  readonly lengths: readonly number[];
  /** The format has letters, and digits alone match it too. */
  readonly either?: boolean;
  /** What every such number satisfies: check digits, issuing ranges. Without one, only a word nearby tells the number. */
  readonly check?: (value: string) => boolean;
  /**
   * What, beyond the check, makes a number without any word nearby so unlikely to be another one that it is found: a date, a second
   * check, a telling shape. At most 0.6 % of random digits pass.
   */
  readonly alone?: (value: string) => boolean;
  /** The groups in which it is written apart from all together, as sizes: `6-4|2-2-2-4`. Found alone only so; near a word in any groups. */
  readonly groups?: string;
  /** Found alone only in groups: all together it looks like other numbers. */
  readonly apart?: boolean;
  /** Words that announce it, in the languages of its country; `dowod*` stands for every word that begins so. Accents and case do not count. */
  readonly words: readonly string[];
  /**
   * Whether a value that is the whole text is found without a word: a field of a form or a cell of a table tells that much. Left out, the
   * check decides, with `alone` where there is one; without a check there is no such finding.
   */
  readonly lone?: (value: string) => boolean;
  /** With its word directly before it, it is found although the check fails: mistyped, misread, or a number of test data. */
  readonly labelled?: boolean;
}

/** For schemes whose check is enough. */
export const always = (): boolean => true;

/** For schemes whose check says too little of a value without any word. */
export const never = (): boolean => false;
