import { dayFrom } from "../day.ts";
import { holds } from "../risks.ts";
import type { Rulebook } from "../rulebook.ts";
import type { Note } from "./note.ts";
import { modelsInUse } from "./used-facts.ts";

/** Days ahead in which an end is worth a warning. */
export const soon = 30;

function concernsSomething(rulebook: Rulebook, concerns: string): boolean {
  const models = modelsInUse(rulebook);
  const known = new Set([
    ...rulebook.targets.flatMap((target) => target.hardware ?? []).map((party) => `hardware:${party}`),
    ...models.map(({ id }) => `model:${id}`),
    ...models.flatMap(({ developer, coDevelopers = [] }) => [developer, ...coDevelopers]).map((party) => `developer:${party}`),
  ]);
  return known.has(concerns);
}

/** Accepted risks that are over, soon over, or about nothing that the estate has. */
export function riskNotes(rulebook: Rulebook, now: number): readonly Note[] {
  return rulebook.charter.acceptedRisks.flatMap((risk, index): Note[] => {
    const where = `charter.accepted-risks[${index}]`;
    if (!concernsSomething(rulebook, risk.concerns)) {
      const message = `the accepted risk ${risk.id} concerns ${risk.concerns}, which is nowhere in the estate`;
      return [{ severity: "warning", where, message, hint: "remove it, so that nobody relies on it by surprise later" }];
    }
    if (!holds(risk, now)) {
      const message = `the accepted risk ${risk.id} (${risk.concerns}) is over: it held until ${risk.until}`;
      return [{ severity: "warning", where, message, hint: `${risk.acceptedBy} accepted it; it takes a new decision and a new date, or another backend` }];
    }
    if (risk.until > dayFrom(now, soon)) return [];
    const message = `the accepted risk ${risk.id} (${risk.concerns}) ends with ${risk.until}`;
    return [{ severity: "warning", where, message, hint: `${risk.acceptedBy} accepted it; decide before that day` }];
  });
}
