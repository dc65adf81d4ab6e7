import { type CountryCode, inForce, type Registry, reachOf, type Service } from "#registry";
import type { Known } from "./countries.ts";
import type { Target } from "./targets.ts";

/** An operator with what the registry says of it on one day. */
export interface KnownOperator {
  readonly party: string;
  readonly as: string;
  readonly self: boolean;
}

/** What is known of one target on one day, for the rules to judge. */
export interface Dossier {
  readonly place: Known;
  readonly operators: { readonly known: readonly KnownOperator[]; readonly unknown: readonly string[] };
  /** The countries whose authorities can compel access: of its place and of everyone who runs it, with their owners. */
  readonly compellable: Known;
}

/** Why the service's entry cannot be relied on, as a sentence. */
function lapse(service: Service | undefined, now: number): string | undefined {
  if (service === undefined || inForce(service, now) === "known") return undefined;
  return `The registry's entry on ${service.name} is ${inForce(service, now)}.`;
}

function placeOf(target: Target, now: number): Known {
  const { countries, as, restsOn } = target.place;
  const lapsed = lapse(restsOn, now);
  const missing =
    countries === undefined || countries.length === 0 ? `Where ${target.backend.name} processes ${target.served.name} is not on record.` : undefined;
  return {
    countries: new Map((countries ?? []).map((country) => [country, as])),
    unknown: [missing, lapsed].filter((sentence) => sentence !== undefined),
  };
}

function operatorsOf(registry: Registry, target: Target, now: number): Dossier["operators"] {
  const known: KnownOperator[] = [];
  const unknown = [...target.operatorGaps];
  const lapsed = lapse(target.operatorsRestOn, now);
  if (lapsed !== undefined) unknown.push(lapsed);
  for (const { party, as } of target.operators) {
    const record = registry.parties.get(party);
    if (record === undefined) unknown.push(`There is nothing on record about "${party}" (${as}).`);
    else if (inForce(record, now) !== "known") unknown.push(`What is on record about "${party}" (${as}) is ${inForce(record, now)}.`);
    known.push({ party, as, self: record?.self === true });
  }
  return { known, unknown };
}

function compellableOf(registry: Registry, target: Target, place: Known, operators: Dossier["operators"], now: number): Known {
  const countries = new Map<CountryCode, string>([...place.countries].map(([country, as]) => [country, `it is located there: ${as}`]));
  const unknown = new Set([...place.unknown, ...operators.unknown]);
  for (const { party, as } of target.operators) {
    const reach = reachOf(registry, party, now);
    for (const sentence of reach.unknown) unknown.add(sentence);
    for (const country of reach.countries) {
      if (countries.has(country)) continue;
      const because = reach.trail.find((step) => step.country === country)?.because ?? "on record";
      countries.set(country, `${as} ${party}: ${because}`);
    }
  }
  return { countries, unknown: [...unknown] };
}

export function dossierOf(registry: Registry, target: Target, now: number): Dossier {
  const place = placeOf(target, now);
  const operators = operatorsOf(registry, target, now);
  return { place, operators, compellable: compellableOf(registry, target, place, operators, now) };
}
