import type { CountryCode, Registry } from "./facts.ts";
import { type CountryFinding, reachOf, staleness, type TrailStep } from "./reach.ts";

/** Gathers the seats of parties. Their owners go into the trail alone: docs/decisions/0004-provenance-is-the-developers-seat.md. */
class Seats {
  readonly countries = new Set<CountryCode>();
  readonly unknown: string[] = [];
  readonly trail: TrailStep[] = [];
  readonly #registry: Registry;
  readonly #now: number;

  constructor(registry: Registry, now: number) {
    this.#registry = registry;
    this.#now = now;
  }

  add(partyId: string, role: string): void {
    const party = this.#registry.parties.get(partyId);
    if (party === undefined) {
      this.unknown.push(`There is nothing on record about "${partyId}", ${role}.`);
      return;
    }
    const stale = staleness(`"${partyId}"`, party, this.#now);
    if (stale !== undefined) this.unknown.push(stale);
    if (party.country === undefined) {
      this.unknown.push(`The seat of "${partyId}", ${role}, is not known.`);
      return;
    }
    this.countries.add(party.country);
    this.trail.push({ party: partyId, country: party.country, because: `seat of ${party.name}, ${role}` });
    const owners = reachOf(this.#registry, partyId, this.#now).trail.filter((step) => step.party !== partyId);
    this.trail.push(...owners.map((step) => ({ ...step, because: `${step.because}; told, not counted` })));
  }
}

/**
 * Where a model was developed at `now` (milliseconds): the seats of its developers and of the developers of every model that it is based on.
 */
export function developersOf(registry: Registry, modelId: string, now: number): CountryFinding {
  const seats = new Seats(registry, now);
  const seen = new Set<string>();

  function walk(id: string, role: string, above: readonly string[]): void {
    if (above.includes(id)) {
      seats.unknown.push(`The model "${modelId}" is based on itself: ${[...above, id].join(" < ")}.`);
      return;
    }
    if (seen.has(id)) return;
    seen.add(id);
    const model = registry.models.get(id);
    if (model === undefined) {
      seats.unknown.push(`There is nothing on record about the model "${id}"${role}.`);
      return;
    }
    const stale = staleness(`the model "${id}"`, model, now);
    if (stale !== undefined) seats.unknown.push(stale);
    if (model.developer === undefined) seats.unknown.push(`The developer of the model "${id}"${role} is not known.`);
    else seats.add(model.developer, `developer of ${id}${role}`);
    for (const party of model.coDevelopers ?? []) seats.add(party, `co-developer of ${id}${role}`);
    for (const base of model.basedOn) walk(base, `, on which ${id} is based`, [...above, id]);
  }

  walk(modelId, "", []);
  return { countries: seats.countries, unknown: seats.unknown, trail: seats.trail };
}

/** Where accelerators were made at `now`: the seats of their makers. `[]` = there are none; undefined = nobody said which. */
export function makersOf(registry: Registry, makers: readonly string[] | undefined, now: number): CountryFinding {
  const seats = new Seats(registry, now);
  if (makers === undefined) seats.unknown.push("The makers of the accelerators are not known.");
  for (const maker of new Set(makers)) seats.add(maker, "maker of accelerators");
  return { countries: seats.countries, unknown: seats.unknown, trail: seats.trail };
}
