import { type Detector, unfitness, withKnownValues } from "#boundary";
import type { Found } from "./findings.ts";
import type { KeyEntry } from "./key-book.ts";

/** What is longer is hardly written twice. */
const longest = 256;

/** Values that are replaced somewhere in a run, so that they are found where nothing around them tells what they are. */
export class Recurring {
  readonly #values = new Map<string, Set<string>>();

  constructor(entries: ReadonlyMap<string, KeyEntry>) {
    for (const { type, value } of entries.values()) this.#add(type, value);
  }

  add({ finding, stretch }: Found): void {
    this.#add(finding.type, stretch.value);
  }

  #add(type: string, value: string): void {
    // Short values and common words would be found in text that means something else.
    if (value.length > longest || value.includes("\n") || unfitness(value, false) !== undefined) return;
    const values = this.#values.get(type);
    if (values === undefined) this.#values.set(type, new Set([value]));
    else values.add(value);
  }

  /** The detector that finds them too, exactly as they were written. */
  over(detector: Detector): Detector {
    if (this.#values.size === 0) return detector;
    const lists = [...this.#values].map(([type, values]) => ({
      name: "again",
      type,
      class: type === "secret" ? ("secret" as const) : ("sensitive" as const),
      ignoreCase: false,
      inflected: false,
      values: [...values],
    }));
    return withKnownValues(detector, { lists, allowed: [], patterns: [] });
  }
}
