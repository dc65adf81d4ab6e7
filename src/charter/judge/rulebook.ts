import type { Registry } from "#registry";
import type { Charter } from "../charter.ts";
import type { Estate } from "../estate.ts";
import { withOwnFacts } from "../own-facts.ts";
import { startOfUtcDay } from "./day.ts";
import { Standing } from "./standing.ts";
import { linkTargets, type Target } from "./targets.ts";

/**
 * A charter and an estate linked with the facts on record, ready to judge. Its answers depend on what it was compiled from alone; what it
 * remembers of one day's answers only saves time.
 */
export class Rulebook {
  readonly charter: Charter;
  readonly estate: Estate;
  /** The shipped facts with the estate's own on top. */
  readonly registry: Registry;
  /** Every served model of every backend, in the estate's order. */
  readonly targets: readonly Target[];
  /** The names that clients may ask for, in the order in which the estate first names them. */
  readonly modelNames: ReadonlySet<string>;
  readonly #candidates: ReadonlyMap<string, readonly Target[]>;
  #standing: { readonly day: number; readonly standing: Standing } | undefined;

  constructor(charter: Charter, estate: Estate, registry: Registry) {
    this.charter = charter;
    this.estate = estate;
    this.registry = withOwnFacts(registry, estate);
    this.targets = linkTargets(estate, this.registry);
    this.#candidates = Map.groupBy(this.targets, (target) => target.served.name);
    this.modelNames = new Set(this.#candidates.keys());
  }

  candidatesFor(model: string): readonly Target[] {
    return this.#candidates.get(model) ?? [];
  }

  /** How things stand on the UTC day of `now` (milliseconds since the epoch). */
  at(now: number): Standing {
    const day = startOfUtcDay(now);
    if (this.#standing?.day === day) return this.#standing.standing;
    const standing = new Standing(this.charter, this.registry, this.#candidates, day);
    this.#standing = { day, standing };
    return standing;
  }
}

/** Links everything once. Never throws on parsed input: a reference that leads nowhere becomes an unknown fact, and so a refusal. */
export const compile = (charter: Charter, estate: Estate, registry: Registry): Rulebook => new Rulebook(charter, estate, registry);
