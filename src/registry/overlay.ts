import type { Model, Party, Registry } from "./facts.ts";

const laid = <Row extends { readonly id: string }>(under: ReadonlyMap<string, Row>, over: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map([...under, ...over.map((row) => [row.id, row] as const)]);

/**
 * What an undated row on weights counts for. One that repeats the shipped row's developer is a shorter way to write that row, and keeps its date and the
 * origins it leaves out. One on weights that nobody else knows is the estate's own word. One that contradicts the shipped row stays undated: unknown.
 */
function settled(row: Model, shipped: Model | undefined): Model {
  if (row.asOf !== undefined) return row;
  if (shipped === undefined) return { ...row, ownWord: true };
  if (row.developer !== shipped.developer) return row;
  const { source, asOf, until, coDevelopers } = shipped;
  const basedOn = row.basedOn.length === 0 ? shipped.basedOn : row.basedOn;
  return { ...row, source, asOf, until, basedOn, ...(coDevelopers !== undefined && { coDevelopers }) };
}

/**
 * The registry with an estate's own facts on top. A row replaces the shipped row of the same id as a whole, source and dates included,
 * so that no shipped fact borrows the estate's date; for undated rows on weights see `settled`.
 */
export const overlay = (registry: Registry, parties: readonly Party[], models: readonly Model[]): Registry => ({
  ...registry,
  parties: laid(registry.parties, parties),
  models: laid(
    registry.models,
    models.map((row) => settled(row, registry.models.get(row.id))),
  ),
});
