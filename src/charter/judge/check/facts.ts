import { inForce, reachOf } from "#registry";
import { countriesOf } from "../countries.ts";
import { dayFrom } from "../day.ts";
import type { Rulebook } from "../rulebook.ts";
import type { Note } from "./note.ts";
import { soon } from "./risks.ts";
import { factsInUse, operatorsInUse, partyPlace } from "./used-facts.ts";

/** Days after which a fact without an end is worth another look. */
const aged = 365;

/** Facts in use that are undated, over, soon over, or older than a year. */
export function ageNotes(rulebook: Rulebook, now: number): readonly Note[] {
  return factsInUse(rulebook, now).flatMap(({ where, name, fact }): Note[] => {
    const state = inForce(fact, now);
    if (state === "undated") {
      return [{ severity: "warning", where, message: `what is on record about ${name} has no date, so it counts as unknown`, hint: "add as-of and source" }];
    }
    if (state === "expired") {
      const message = `what is on record about ${name} was good until ${fact.until}, so it counts as unknown`;
      return [{ severity: "warning", where, message, hint: "look it up again and state it in the estate, or update Freehold" }];
    }
    if (fact.until !== undefined && fact.until <= dayFrom(now, soon)) {
      const message = `what is on record about ${name} is good until ${fact.until} and unknown from then on`;
      return [{ severity: "warning", where, message, hint: "look it up again and state it in the estate, or update Freehold" }];
    }
    if (fact.asOf === undefined || fact.asOf >= dayFrom(now, -aged)) return [];
    return [{ severity: "info", where, message: `what is on record about ${name} is of ${fact.asOf}, older than a year`, hint: "look it up again" }];
  });
}

/** SecNumCloud 3.2 §19.6 draws its line for one owner from abroad at 24 %; from half on a holder counts like a parent anyway. */
const worthSaying = (share: number): boolean => share >= 24 && share < 50;

/** Holders too small to count and too large to leave unsaid, where they come from outside a zone's `compellable-by`. */
export function holderNotes(rulebook: Rulebook, now: number): readonly Note[] {
  const { registry, charter } = rulebook;
  const lists = charter.zones.flatMap(({ name, compellableBy }) =>
    compellableBy === undefined ? [] : [{ name, list: countriesOf(registry, compellableBy, now) }],
  );
  return operatorsInUse(rulebook, now).flatMap((party) =>
    party.holders
      .filter(({ share }) => worthSaying(share))
      .flatMap((holder): Note[] => {
        const { countries, unknown, trail } = reachOf(registry, holder.party, now);
        const why = new Map([...countries].map((country) => [country, trail.find((step) => step.country === country)?.because ?? "on record"]));
        const zones = lists.filter(({ list }) => list.shortfall({ countries: why, unknown }) !== undefined).map(({ name }) => name);
        if (zones.length === 0) return [];
        const from = unknown.length === 0 ? `can be compelled by ${[...countries].join(", ")}` : "may be compelled by nobody knows whom";
        const message = `${holder.party} holds ${holder.share} % of ${party.name} and ${from}, outside compellable-by of zone ${zones.join(", ")}`;
        return [
          {
            severity: "warning",
            where: partyPlace(rulebook, party.id),
            message,
            hint: "below half it does not count as control; whether it is, is for you to judge",
          },
        ];
      }),
  );
}
