import type { DataClass } from "#charter";

/** One thing found in one piece of text. Offsets are UTF-16 code units. */
export interface Finding {
  readonly type: string;
  /** The scheme, e.g. `github.pat`; undefined where the type says it all. */
  readonly subtype: string | undefined;
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** The rule that found it. */
  readonly rule: string;
  readonly class: DataClass;
}

/** Finds personal data and secrets in text: pure, synchronous, linear in the text's length. */
export interface Detector {
  detect(text: string): readonly Finding[];
}
