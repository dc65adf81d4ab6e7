import { type DataClass, dataClasses } from "../../charter.ts";
import type { Candidate } from "../../decision.ts";
import type { Rulebook } from "../rulebook.ts";
import type { Target } from "../targets.ts";

/** One target judged for one class of one jurisdiction, for any operation and with no tenant's rules. */
export interface Probe {
  readonly target: Target;
  readonly jurisdiction: string;
  readonly class: DataClass;
  readonly candidate: Candidate;
}

/** Every target under every jurisdiction and class: what can ever be permitted at `now`. */
export function probeAll(rulebook: Rulebook, now: number): readonly Probe[] {
  const standing = rulebook.at(now);
  return [...rulebook.modelNames].flatMap((model) =>
    standing.jurisdictions.flatMap((jurisdiction) =>
      dataClasses.flatMap((dataClass) => {
        const { considered } = standing.ruling({ model, class: dataClass, jurisdiction, operation: undefined, openZones: undefined });
        const targets = rulebook.candidatesFor(model);
        return considered.flatMap((candidate, index): Probe[] => {
          const target = targets[index];
          return target === undefined ? [] : [{ target, jurisdiction: jurisdiction.jurisdiction.name, class: dataClass, candidate }];
        });
      }),
    ),
  );
}
