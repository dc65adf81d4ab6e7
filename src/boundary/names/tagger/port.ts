/** A stretch of text that names someone, a place or an organisation. Offsets are UTF-16 code units, on the borders of words. */
export interface TaggedSpan {
  readonly start: number;
  readonly end: number;
  readonly label: "person" | "location" | "organisation";
  /** 0 to 1: how sure the tagger is of the label. Below 0.25, a person needs something else that speaks for it. */
  readonly score: number;
}

/**
 * Whatever tags names in text: the tagger of this folder, or a bigger model that an operator keeps in a file. It answers at once, in time
 * linear in the text's length, asks no network, keeps nothing of the text, and gives spans sorted by place and free of overlaps.
 */
export interface NameTagger {
  tag(text: string): readonly TaggedSpan[];
}
