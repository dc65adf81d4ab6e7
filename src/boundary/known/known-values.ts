import type { DataClass } from "#charter";
import type { Finding } from "../port.ts";
import { Inflection } from "./inflection.ts";
import { type Comparison, Matcher } from "./matcher.ts";
import { PatternSearch } from "./pattern.ts";
import { withoutCase } from "./words.ts";

/** The class that a list or a pattern may give. */
export type KnownClass = Extract<DataClass, "sensitive" | "secret">;

/** Values that a tenant wants found, such as its customers or its code names. */
export interface KnownList {
  readonly name: string;
  /** A type of the scan's shape: `person`, `organisation`, `known_value` … */
  readonly type: string;
  readonly class: KnownClass;
  readonly ignoreCase: boolean;
  /** Whether its words may take on endings. */
  readonly inflected: boolean;
  /** The languages of the endings (ISO 639-1); undefined = all that are known. */
  readonly languages?: readonly string[] | undefined;
  readonly values: readonly string[];
}

/** Values that may be seen: what a detector finds wholly within one of them is not reported. */
export interface AllowList {
  readonly name: string;
  /** `secret`: even a finding of a credential is dropped. */
  readonly class: KnownClass;
  readonly ignoreCase: boolean;
  readonly values: readonly string[];
}

/** A shape that a tenant wants found. */
export interface KnownPattern {
  readonly name: string;
  readonly type: string;
  readonly class: KnownClass;
  readonly pattern: string;
  /** Words of which one must stand within 40 characters; undefined = none is asked for. */
  readonly words?: readonly string[] | undefined;
}

/** All that one tenant registered. */
export interface KnownValues {
  readonly lists: readonly KnownList[];
  readonly allowed: readonly AllowList[];
  readonly patterns: readonly KnownPattern[];
}

/** What a tenant's own values make of a text. */
export interface KnownFindings {
  /** Sorted by their beginnings; may overlap. */
  readonly listed: readonly Finding[];
  readonly patterned: readonly Finding[];
  /** Sorted by their beginnings; may overlap. */
  readonly allowed: readonly Allowed[];
}

export interface Allowed {
  readonly start: number;
  readonly end: number;
  readonly class: KnownClass;
}

const reach = 40;
const byPlace = (one: { readonly start: number; readonly end: number }, other: { readonly start: number; readonly end: number }): number =>
  one.start - other.start || other.end - one.end;

/** A tenant's values, ready to be looked for. */
export class Known {
  readonly #lists: readonly (KnownList | AllowList)[];
  readonly #allowedFrom: number;
  readonly #patterns: readonly { readonly pattern: KnownPattern; readonly words: readonly string[] | undefined }[];
  readonly #matcher: Matcher;
  readonly #search: PatternSearch;

  /** Throws on a pattern that `compilePattern` refuses. */
  constructor({ lists, allowed, patterns }: KnownValues) {
    this.#lists = [...lists, ...allowed];
    this.#allowedFrom = lists.length;
    const inflections = new Map<string, Inflection>();
    const comparisonOf = (list: KnownList): Comparison => {
      const { ignoreCase, inflected, languages } = list;
      const id = languages?.join(" ") ?? "";
      const inflection = inflected ? (inflections.get(id) ?? new Inflection(languages)) : undefined;
      if (inflection !== undefined) inflections.set(id, inflection);
      return { ignoreCase, inflection };
    };
    this.#matcher = new Matcher([
      ...lists.map((list) => ({ ...comparisonOf(list), values: list.values })),
      ...allowed.map(({ ignoreCase, values }) => ({ ignoreCase, inflection: undefined, values })),
    ]);
    this.#patterns = patterns.map((pattern) => ({ pattern, words: pattern.words?.map(withoutCase) }));
    this.#search = new PatternSearch(patterns.map(({ pattern }) => pattern));
  }

  find(text: string): KnownFindings {
    const listed: Finding[] = [];
    const allowed: Allowed[] = [];
    this.#matcher.find(text, ({ start, end, list }) => {
      const known = this.#lists[list];
      if (known === undefined) return;
      if (list >= this.#allowedFrom || !("type" in known)) allowed.push({ start, end, class: known.class });
      else listed.push(listedFinding(known, start, end));
    });
    const patterned: Finding[] = [];
    this.#search.find(text, (index, start, end) => {
      const known = this.#patterns[index];
      if (known === undefined || (known.words !== undefined && !hasWord(text, start, end, known.words))) return;
      const { name, type, class: dataClass } = known.pattern;
      patterned.push({ type, subtype: name, start, end, confidence: 1, rule: `pattern.${name}`, class: dataClass, because: `the pattern ${name}` });
    });
    return { listed: listed.sort(byPlace), patterned, allowed: allowed.sort(byPlace) };
  }
}

const listedFinding = ({ name, type, class: dataClass }: KnownList, start: number, end: number): Finding => ({
  type,
  subtype: name,
  start,
  end,
  confidence: 1,
  rule: `known.${name}`,
  class: dataClass,
  because: `on the list ${name}`,
});

/** Whether one of the words begins a word nearby. */
function hasWord(text: string, start: number, end: number, words: readonly string[]): boolean {
  const around = ` ${withoutCase(`${text.slice(Math.max(0, start - reach), start)} ${text.slice(end, end + reach)}`)}`;
  return words.some((word) => {
    for (let at = around.indexOf(word); at !== -1; at = around.indexOf(word, at + 1)) if (!/[\p{L}\p{N}]/u.test(around.charAt(at - 1))) return true;
    return false;
  });
}
