import type { Registry } from "#registry";
import type { Zone } from "../charter.ts";
import { type Countries, countriesOf, type Shortfall } from "./countries.ts";
import type { Dossier } from "./dossier.ts";

/** A zone with its lists resolved for one day. */
export interface StandingZone {
  readonly zone: Zone;
  readonly locatedIn: Countries | undefined;
  readonly compellableBy: Countries | undefined;
}

/** A condition that does not hold; `unknown` when it fails for want of a fact, not because of one. */
export interface Failure {
  readonly unknown: boolean;
  readonly message: string;
}

export const standingZone = (registry: Registry, zone: Zone, now: number): StandingZone => ({
  zone,
  locatedIn: zone.locatedIn && countriesOf(registry, zone.locatedIn, now),
  compellableBy: zone.compellableBy && countriesOf(registry, zone.compellableBy, now),
});

/** Says what lies outside the list or, where nothing certainly does, what is not known. */
export function failureOf(shortfall: Shortfall, list: Countries, verb: string, question: string): Failure {
  if (shortfall.outside.length === 0) return { unknown: true, message: `${question} is not fully known: ${shortfall.unknown.join(" ")}` };
  const facts = shortfall.outside.map(([country, why]) => `${verb} ${country}, which is outside ${list.text} (${why})`);
  return { unknown: false, message: facts.join(", ") };
}

function operatedBy(allowed: readonly string[], operators: Dossier["operators"]): Failure | undefined {
  const admits = (party: string, self: boolean): boolean => (party !== "self" && allowed.includes(party)) || (self && allowed.includes("self"));
  const strangers = operators.known.filter(({ party, self }) => !admits(party, self));
  if (strangers.length > 0) {
    return { unknown: false, message: `operated by ${strangers.map(({ party, as }) => `${party} (${as})`).join(", ")}, not by [${allowed.join(", ")}]` };
  }
  if (operators.unknown.length > 0) return { unknown: true, message: `who operates it is not fully known: ${operators.unknown.join(" ")}` };
  return undefined;
}

/**
 * What keeps the zone from matching; empty = it matches. Every condition that the zone states must hold. A zone that states none matches
 * nothing: only `ANY`, written out, admits the unknown.
 */
export function zoneFailures({ zone, locatedIn, compellableBy }: StandingZone, dossier: Dossier): readonly Failure[] {
  const failures: Failure[] = [];
  const outside = locatedIn?.shortfall(dossier.place);
  if (locatedIn !== undefined && outside !== undefined) failures.push(failureOf(outside, locatedIn, "located in", "where it processes"));
  const compelled = compellableBy?.shortfall(dossier.compellable);
  if (compellableBy !== undefined && compelled !== undefined) failures.push(failureOf(compelled, compellableBy, "compellable by", "who can compel access"));
  const strangers = zone.operatedBy === undefined ? undefined : operatedBy(zone.operatedBy, dossier.operators);
  if (strangers !== undefined) failures.push(strangers);
  if (locatedIn === undefined && compellableBy === undefined && zone.operatedBy === undefined) {
    failures.push({ unknown: false, message: "it states no condition, so it matches nothing; located-in: [ANY] admits everything" });
  }
  return failures;
}
