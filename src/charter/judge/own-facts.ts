import { isDeepStrictEqual } from "node:util";
import { type Model, overlay, type Party, type Registry } from "#registry";
import type { Estate } from "../estate.ts";

/** Left out, or the same: what is left out does not contradict. */
const nothingNew = (own: unknown, shipped: unknown): boolean =>
  own === undefined || own === false || (Array.isArray(own) && own.length === 0) || isDeepStrictEqual(own, shipped);

/** Whether an undated row says nothing but what the shipped row of the same id says. */
function repeats<Row extends Party | Model>(own: Row, shipped: Row | undefined, members: readonly (keyof Row)[]): boolean {
  if (shipped === undefined || own.asOf !== undefined || own.until !== undefined) return false;
  return members.every((member) => nothingNew(own[member], shipped[member]));
}

/**
 * The registry with the estate's facts on top. An undated row of the estate that only repeats a shipped one, as whoever lists the models in
 * use writes it, leaves the shipped row with its date and source in force; one that says anything else replaces it and, being undated, makes
 * it unknown.
 */
export function withOwnFacts(registry: Registry, { parties, models }: Estate): Registry {
  const newParties = parties.filter((row) => !repeats(row, registry.parties.get(row.id), ["country", "parent", "self", "holders", "reach"]));
  const newModels = models.filter((row) => !repeats(row, registry.models.get(row.id), ["developer", "coDevelopers", "licence", "weights", "basedOn"]));
  return overlay(registry, newParties, newModels);
}
