import type { DataClass } from "#charter";
import type { KnownNames } from "./names/rules/known-names.ts";

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
  /** What beside the value itself speaks for it, e.g. `the word "PESEL" stands before it`; without any of the text that was found. */
  readonly because?: string;
}

/** What one request may spend on checks that cost microseconds each; at 0 the shape alone decides, towards finding. */
export interface Budget {
  checks: number;
  /** The names of people that the request told so far: what one of its texts tells is known in the next. */
  readonly names?: KnownNames;
}

/** Finds personal data and secrets in text: pure, synchronous, linear in the text's length. */
export interface Detector {
  /** Sorted by place, free of overlaps. Several texts of one request share a budget. */
  detect(text: string, budget?: Budget): readonly Finding[];
  /** Whether it can find something in a number or a name of three characters, as values that a tenant registered can be. */
  readonly readsAll?: boolean;
}
