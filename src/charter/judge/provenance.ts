import { developersOf, makersOf, type Registry } from "#registry";
import type { Reason } from "../decision.ts";
import { type Countries, lapsedMembership } from "./countries.ts";
import type { Risks } from "./risks.ts";
import type { Target } from "./targets.ts";

/** A party that had a hand in a part of the target, with the risks that would cover it. */
interface Contributor {
  readonly party: string;
  readonly role: string;
  readonly concerns: readonly string[];
}

/** What the rules on provenance rest on, on one day. */
export interface Origins {
  readonly registry: Registry;
  readonly risks: Risks;
  readonly now: number;
}

function reasonsFor(
  rule: string,
  list: Countries,
  contributors: readonly Contributor[],
  unknown: readonly string[],
  { registry, risks }: Origins,
): readonly Reason[] {
  const reasons: Reason[] = [];
  const gaps = [...unknown];
  for (const { party, role, concerns } of contributors) {
    // A seat that is not on record is among the unknown facts already.
    const country = registry.parties.get(party)?.country;
    if (country === undefined) continue;
    const standing = list.standing(country);
    if (standing === "lapsed") gaps.push(lapsedMembership(country, list));
    if (standing !== "outside") continue;
    const fact = `${role} ${party} has its seat in ${country}, which is outside ${list.text}`;
    const over = risks.expired(concerns);
    if (over === undefined) reasons.push({ rule, code: "provenance", message: `${fact}; no accepted risk concerns ${concerns.join(" or ")}` });
    else reasons.push({ rule, code: "expired", message: `${fact}; the accepted risk ${over.id} concerned ${over.concerns} until ${over.until}` });
  }
  if (gaps.length > 0) reasons.push({ rule, code: "unknown_fact", message: gaps.join(" ") });
  return reasons;
}

/** The developers of a model and of what it is based on, without those that an accepted risk in force covers. */
function uncoveredDevelopers(model: string, { registry, risks }: Origins): readonly Contributor[] {
  const contributors: Contributor[] = [];
  const seen = new Set<string>();
  function walk(id: string, above: readonly string[]): void {
    // Who accepts a model accepts it with what it was made from.
    if (seen.has(id) || risks.accepted(`model:${id}`)) return;
    seen.add(id);
    const entry = registry.models.get(id);
    if (entry === undefined) return;
    const chain = [id, ...above];
    const developers = entry.developer === undefined ? [] : [entry.developer];
    for (const party of [...developers, ...(entry.coDevelopers ?? [])]) {
      if (risks.accepted(`developer:${party}`)) continue;
      contributors.push({ party, role: `developer of ${id}`, concerns: [`developer:${party}`, ...chain.map((part) => `model:${part}`)] });
    }
    for (const base of entry.basedOn) walk(base, chain);
  }
  walk(model, []);
  return contributors;
}

const modelRule = "provenance.models.developed-in";

/** Why the weights do not satisfy `developed-in`; empty = they do. An accepted risk covers a country, never an unknown fact. */
export function modelReasons(target: Target, list: Countries, origins: Origins): readonly Reason[] {
  if (list.any) return [];
  if (target.model === undefined) {
    const message = `Which weights ${target.backend.name} serves as ${target.served.name} is not on record.`;
    return [{ rule: modelRule, code: "unknown_fact", message }];
  }
  const found = developersOf(origins.registry, target.model, origins.now);
  return reasonsFor(modelRule, list, uncoveredDevelopers(target.model, origins), found.unknown, origins);
}

/** Why the accelerators do not satisfy `made-by`; empty = they do, or there are none. */
export function hardwareReasons(target: Target, list: Countries, origins: Origins): readonly Reason[] {
  if (list.any) return [];
  const found = makersOf(origins.registry, target.hardware, origins.now);
  const contributors = [...new Set(target.hardware)]
    .filter((party) => !origins.risks.accepted(`hardware:${party}`))
    .map((party): Contributor => ({ party, role: "maker of accelerators", concerns: [`hardware:${party}`] }));
  return reasonsFor("provenance.hardware.made-by", list, contributors, found.unknown, origins);
}
