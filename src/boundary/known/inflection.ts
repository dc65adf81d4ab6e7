import { type InflectionRule, inflectionRules } from "./inflection-rules.ts";

/** One way in which a word may stand in a text: a stem, and what may follow it. */
export interface Form {
  readonly stem: string;
  readonly suffixes: ReadonlySet<string>;
}

/** The same for every word with the same last letters: so many of them give way to others. */
interface Change {
  readonly dropped: number;
  readonly becomes: string;
  readonly suffixes: ReadonlySet<string>;
}

/** Every suffix of every language. */
export const allSuffixes: ReadonlySet<string> = new Set(inflectionRules.flatMap(({ suffixes }) => suffixes));
export const longestSuffix = Math.max(...Array.from(allSuffixes, (suffix) => suffix.length));

interface NumberedRule extends InflectionRule {
  readonly number: number;
}

const longestEnding = Math.max(...inflectionRules.map(({ ending }) => ending.length));
/** Shorter words do not inflect: too many other words begin like them. */
const shortestWord = 3;
const shortestStem = 2;

/** The forms of words in some languages. */
export class Inflection {
  /** By the last letter of their ending, "" where a rule takes every word. */
  readonly #rules: ReadonlyMap<string, readonly NumberedRule[]>;
  readonly #byTail = new Map<string, readonly Change[]>();
  readonly #byRules = new Map<string, readonly Change[]>();

  /** In all languages where none is named. */
  constructor(languages?: readonly string[]) {
    const rules = inflectionRules.map((rule, number) => ({ ...rule, number }));
    const spoken = rules.filter(({ language }) => languages === undefined || languages.includes(language));
    this.#rules = Map.groupBy(spoken, ({ ending }) => ending.slice(-1));
  }

  /** The forms of a word in lower case; the word as it is is none of them. Each stem once. */
  forms(word: string): readonly Form[] {
    if (word.length < shortestWord) return [];
    const forms: Form[] = [];
    for (const { dropped, becomes, suffixes } of this.#changesOf(word.slice(-longestEnding))) {
      const stem = word.slice(0, word.length - dropped) + becomes;
      if (stem.length >= shortestStem) forms.push({ stem, suffixes });
    }
    return forms;
  }

  #changesOf(tail: string): readonly Change[] {
    const known = this.#byTail.get(tail);
    if (known !== undefined) return known;
    const rules: NumberedRule[] = [];
    for (const letter of /\d$/.test(tail) ? [] : ["", tail.slice(-1)]) {
      for (const rule of this.#rules.get(letter) ?? []) if (tail.endsWith(rule.ending)) rules.push(rule);
    }
    const id = rules.map(({ number }) => number).join(" ");
    const changes = this.#byRules.get(id) ?? changesBy(rules);
    this.#byRules.set(id, changes);
    this.#byTail.set(tail, changes);
    return changes;
  }
}

/** The changes of all these rules, those with the same stem as one. */
function changesBy(rules: readonly InflectionRule[]): readonly Change[] {
  const byStem = new Map<string, { dropped: number; becomes: string; suffixes: Set<string> }>();
  for (const { ending, becomes, suffixes } of rules) {
    let kept = 0;
    while (kept < becomes.length && ending.charAt(kept) === becomes.charAt(kept)) kept += 1;
    const dropped = ending.length - kept;
    const id = `${dropped} ${becomes.slice(kept)}`;
    const change = byStem.get(id) ?? { dropped, becomes: becomes.slice(kept), suffixes: new Set() };
    for (const suffix of suffixes) change.suffixes.add(suffix);
    byStem.set(id, change);
  }
  return [...byStem.values()];
}
