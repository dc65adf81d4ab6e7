import { isDeepStrictEqual } from "node:util";
import { type Model, overlay, type Party, type Registry } from "#registry";
import type { Estate } from "./estate.ts";

const partyMembers = ["country", "parent", "self", "holders", "reach"] as const;
const modelMembers = ["developer", "coDevelopers", "licence", "weights", "basedOn"] as const;

/** Left out, or the same: what is left out does not contradict. */
const nothingNew = (own: unknown, shipped: unknown): boolean =>
  own === undefined || own === false || (Array.isArray(own) && own.length === 0) || isDeepStrictEqual(own, shipped);

/** Whether an undated row says nothing but what the shipped row of the same id says. */
function repeats<Row extends Party | Model>(own: Row, shipped: Row | undefined, members: readonly (keyof Row)[]): boolean {
  if (shipped === undefined || own.asOf !== undefined || own.until !== undefined) return false;
  return members.every((member) => nothingNew(own[member], shipped[member]));
}

/** Rows of the estate that count as unknown because they have no date: parties, and weights that contradict the shipped registry. */
export function undatedRows({ parties, models }: Estate, registry: Registry): { readonly parties: readonly string[]; readonly models: readonly string[] } {
  const undated = ({ asOf }: Party | Model): boolean => asOf === undefined;
  return {
    parties: parties.filter((row) => undated(row) && !repeats(row, registry.parties.get(row.id), partyMembers)).map(({ id }) => id),
    models: models.filter((row) => undated(row) && registry.models.has(row.id) && !repeats(row, registry.models.get(row.id), modelMembers)).map(({ id }) => id),
  };
}

/**
 * The registry with the estate's facts on top. An undated row that only repeats a shipped one, as whoever lists the models in use writes it,
 * leaves the shipped row with its date and source in force. Undated weights that nobody else describes are the estate's own word. Any other
 * undated row replaces the shipped one and makes it unknown.
 */
export function withOwnFacts(registry: Registry, { parties, models }: Estate): Registry {
  const newParties = parties.filter((row) => !repeats(row, registry.parties.get(row.id), partyMembers));
  const newModels = models
    .filter((row) => !repeats(row, registry.models.get(row.id), modelMembers))
    .map((row): Model => (row.asOf === undefined && !registry.models.has(row.id) ? { ...row, ownWord: true } : row));
  return overlay(registry, newParties, newModels);
}
