import type { Rulebook } from "../rulebook.ts";
import type { Note } from "./note.ts";

/** Settings that are read and checked, and that this version does not act on: whoever wrote them should not rely on them. */
export function idleNotes({ charter, estate }: Rulebook): readonly Note[] {
  const note = (where: string, message: string, hint: string): Note => ({ severity: "warning", where, message, hint });
  const notes: Note[] = [];
  if (!charter.ledger.beforeEgress) {
    notes.push(note("charter.ledger.before-egress", "false has no effect: every decision is on disk before anything leaves", "leave it out, or say true"));
  }
  if (charter.content.keep !== "none") {
    notes.push(note("charter.content.keep", "this version keeps no prompts and no answers, whatever is written here", "say none"));
  }
  if (estate.stores.length > 0) {
    notes.push(note("estate.stores", "this version copies no dumps anywhere", "back up the data folder by other means; see docs/reference/estate.md"));
  }
  if (estate.telemetry.length > 0) {
    notes.push(note("estate.telemetry", "this version sends no telemetry", "read /metrics and the log instead"));
  }
  return notes;
}
