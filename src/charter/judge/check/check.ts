import type { Rulebook } from "../rulebook.ts";
import { deadNotes, mixedZoneNotes, unknownNotes } from "./backends.ts";
import { classNotes, overlapNotes, zoneNotes } from "./charter.ts";
import { probeAll } from "./coverage.ts";
import { ageNotes, holderNotes } from "./facts.ts";
import { idleNotes } from "./idle.ts";
import type { Note } from "./note.ts";
import { riskNotes } from "./risks.ts";

const severities: readonly Note["severity"][] = ["error", "warning", "info"];

/**
 * What the charter, the estate and the facts mean for each other at `now` (milliseconds since the epoch), the gravest first. Faults of one
 * file alone, and names that lead nowhere, are told where the files are parsed, with line and column.
 */
export function check(rulebook: Rulebook, now: number): readonly Note[] {
  const probes = probeAll(rulebook, now);
  const notes = [
    ...deadNotes(rulebook, probes),
    ...unknownNotes(rulebook, now),
    ...riskNotes(rulebook, now),
    ...ageNotes(rulebook, now),
    ...holderNotes(rulebook, now),
    ...overlapNotes(rulebook),
    ...classNotes(rulebook, probes),
    ...zoneNotes(rulebook, now),
    ...mixedZoneNotes(rulebook, now),
    ...idleNotes(rulebook),
  ];
  return severities.flatMap((severity) => notes.filter((note) => note.severity === severity));
}
