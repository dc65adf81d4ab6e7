import { type CountryGroup, type Model, type Party, type Provenance, reachOf, type Service, serviceFor } from "#registry";
import type { Rulebook } from "../rulebook.ts";

/** A fact that some decision may rest on, with its place. */
export interface UsedFact {
  readonly where: string;
  readonly name: string;
  readonly fact: Provenance;
}

const distinct = <Row>(rows: readonly Row[]): readonly Row[] => [...new Set(rows)];

/** The weights that the estate serves and all that they were made from. */
export function modelsInUse({ registry, targets }: Rulebook): readonly Model[] {
  const found = new Map<string, Model>();
  const waiting = targets.flatMap((target) => target.model ?? []);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const entry = registry.models.get(id);
    if (entry === undefined || found.has(id)) continue;
    found.set(id, entry);
    waiting.push(...entry.basedOn);
  }
  return [...found.values()];
}

/** Whoever operates a target, and their owners. */
export function operatorsInUse({ registry, targets }: Rulebook, now: number): readonly Party[] {
  const named = distinct(targets.flatMap((target) => target.operators.map(({ party }) => party)));
  const ids = distinct(named.flatMap((party) => [party, ...reachOf(registry, party, now).trail.map((step) => step.party)]));
  return ids.flatMap((id) => registry.parties.get(id) ?? []);
}

/** Makers of accelerators and developers of weights: their seats count. */
function originatorsInUse(rulebook: Rulebook): readonly Party[] {
  const makers = rulebook.targets.flatMap((target) => target.hardware ?? []);
  const developers = modelsInUse(rulebook).flatMap(({ developer, coDevelopers = [] }) => [...(developer === undefined ? [] : [developer]), ...coDevelopers]);
  return distinct([...makers, ...developers]).flatMap((id) => rulebook.registry.parties.get(id) ?? []);
}

function servicesInUse({ registry, estate }: Rulebook): readonly Service[] {
  return distinct(estate.backends.flatMap((backend) => (backend.url === undefined ? [] : (serviceFor(registry, backend.url.hostname) ?? []))));
}

function groupsInUse({ charter, registry }: Rulebook): readonly CountryGroup[] {
  const { models, hardware } = charter.provenance;
  const lists = [
    ...charter.jurisdictions.flatMap(({ peopleIn, processIn }) => [peopleIn, processIn]),
    ...charter.zones.flatMap(({ locatedIn = [], compellableBy = [] }) => [locatedIn, compellableBy]),
    models?.developedIn ?? [],
    hardware?.madeBy ?? [],
  ];
  return distinct(lists.flat().flatMap((word) => registry.groups.get(word) ?? []));
}

export const partyPlace = ({ estate }: Rulebook, id: string): string =>
  `${estate.parties.some((party) => party.id === id) ? "estate" : "registry"}.parties.${id}`;

const modelPlace = ({ estate }: Rulebook, id: string): string => `${estate.models.some((model) => model.id === id) ? "estate" : "registry"}.models.${id}`;

/** Every dated fact that a decision on this estate may rest on, each once. */
export function factsInUse(rulebook: Rulebook, now: number): readonly UsedFact[] {
  const parties = distinct([...operatorsInUse(rulebook, now), ...originatorsInUse(rulebook)]);
  return [
    ...parties.map((fact) => ({ where: partyPlace(rulebook, fact.id), name: fact.name, fact })),
    ...modelsInUse(rulebook).map((fact) => ({ where: modelPlace(rulebook, fact.id), name: fact.name, fact })),
    ...servicesInUse(rulebook).map((fact) => ({ where: `registry.services.${fact.id}`, name: fact.name, fact })),
    ...groupsInUse(rulebook).map((fact) => ({ where: `registry.groups.${fact.id}`, name: fact.name, fact })),
  ];
}
