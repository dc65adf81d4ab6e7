import type { Model, Party, Registry } from "./facts.ts";

const laid = <Row extends { readonly id: string }>(under: ReadonlyMap<string, Row>, over: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map([...under, ...over.map((row) => [row.id, row] as const)]);

/**
 * The registry with an estate's own facts on top. A row replaces the shipped row of the same id as a whole, source and dates included,
 * so that no shipped fact borrows the estate's date, nor the other way round.
 */
export const overlay = (registry: Registry, parties: readonly Party[], models: readonly Model[]): Registry => ({
  ...registry,
  parties: laid(registry.parties, parties),
  models: laid(registry.models, models),
});
