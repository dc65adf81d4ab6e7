import { dataClasses } from "../../charter.ts";
import type { Rulebook } from "../rulebook.ts";
import type { Probe } from "./coverage.ts";
import type { Note } from "./note.ts";

/** Classes that may go nowhere, and classes that may go somewhere where nothing is. */
export function classNotes({ charter }: Rulebook, probes: readonly Probe[]): readonly Note[] {
  const reachable = new Set(probes.filter((probe) => probe.candidate.permitted).map((probe) => `${probe.class} ${probe.jurisdiction}`));
  return dataClasses.flatMap((dataClass): Note[] => {
    const rule = charter.data[dataClass];
    const where = `charter.data.${dataClass}`;
    if (rule.mayGoTo.length === 0) {
      return [{ severity: "info", where, message: `${dataClass} data may go nowhere`, hint: "requests of this class are refused; that may be what is meant" }];
    }
    return charter.jurisdictions.flatMap(({ name }): Note[] => {
      if (reachable.has(`${dataClass} ${name}`)) return [];
      const message = `no backend may answer ${dataClass} requests under jurisdiction ${name}`;
      if (dataClass === "sensitive" && rule.orAfter !== undefined && reachable.has(`pseudonymised ${name}`)) {
        return [
          { severity: "info", where, message: `${message} as they are, only after pseudonymising`, hint: "text that someone declared sensitive is refused" },
        ];
      }
      const hint = `add a backend in [${rule.mayGoTo.join(", ")}] that processes inside process-in, or accept that these requests are refused`;
      return [{ severity: "warning", where, message, hint }];
    });
  });
}

/** Zones in which no backend lies. Zones that no class names are a fault of the file already. */
export function zoneNotes(rulebook: Rulebook, now: number): readonly Note[] {
  const standing = rulebook.at(now);
  return rulebook.charter.zones.flatMap((zone): Note[] => {
    if (rulebook.targets.some((target) => standing.assess(target).zones.get(zone.name)?.length === 0)) return [];
    const hint = "no harm is done; freehold explain shows for each backend why it is not in the zone";
    return [{ severity: "info", where: `charter.zones.${zone.name}`, message: `no backend of the estate lies in zone ${zone.name}`, hint }];
  });
}

/** Countries that two jurisdictions claim, by a group or by `ANY`: the first one in the file has them. */
export function overlapNotes({ charter, registry }: Rulebook): readonly Note[] {
  const countriesIn = (list: readonly string[]): Set<string> => new Set(list.flatMap((word) => registry.groups.get(word)?.members ?? [word]));
  return charter.jurisdictions.flatMap((later, index) =>
    charter.jurisdictions.slice(0, index).flatMap((earlier): Note[] => {
      const where = `charter.jurisdictions.${later.name}`;
      if (earlier.peopleIn.includes("ANY")) {
        const message = `${earlier.name} protects people everywhere, so ${later.name} after it protects nobody`;
        return [{ severity: "warning", where, message, hint: `put ${later.name} before ${earlier.name}` }];
      }
      const both = [...countriesIn(earlier.peopleIn).intersection(countriesIn(later.peopleIn))];
      if (both.length === 0) return [];
      const message = `people in ${both.join(", ")} are in ${earlier.name} and in ${later.name}; ${earlier.name} comes first and has them`;
      return [{ severity: "warning", where, message, hint: "name each country in one jurisdiction" }];
    }),
  );
}
