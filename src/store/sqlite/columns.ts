import type { SQLOutputValue } from "node:sqlite";

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column that the table's definition promises; anything else means that the file was changed by other hands. */
function unexpected(row: Row, column: string): never {
  throw new TypeError(`column ${column} holds a ${row[column] === null ? "null" : typeof row[column]}`);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : unexpected(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : unexpected(row, column);
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : unexpected(row, column);
}

export const optionalText = (row: Row, column: string): string | undefined => (row[column] === null ? undefined : text(row, column));

export const optionalInteger = (row: Row, column: string): number | undefined => (row[column] === null ? undefined : integer(row, column));

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === "string");
}

/** A list of strings, kept as JSON. */
export function texts(row: Row, column: string): readonly string[] {
  const value: unknown = JSON.parse(text(row, column));
  return isTexts(value) ? value : unexpected(row, column);
}

export const optionalTexts = (row: Row, column: string): readonly string[] | undefined => (row[column] === null ? undefined : texts(row, column));

function optionalObject(row: Row, column: string): object | undefined {
  if (row[column] === null) return undefined;
  const value: unknown = JSON.parse(text(row, column));
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : unexpected(row, column);
}

/** Strings by name, kept as JSON. */
export function optionalTextByName(row: Row, column: string): Readonly<Record<string, string>> | undefined {
  const value = optionalObject(row, column);
  if (value === undefined) return undefined;
  const texts: Record<string, string> = {};
  for (const [name, member] of Object.entries(value)) texts[name] = typeof member === "string" ? member : unexpected(row, column);
  return texts;
}

/** Lists of strings by name, kept as JSON. */
export function optionalTextsByName(row: Row, column: string): Readonly<Record<string, readonly string[]>> | undefined {
  const value = optionalObject(row, column);
  if (value === undefined) return undefined;
  const lists: Record<string, readonly string[]> = {};
  for (const [name, list] of Object.entries(value)) lists[name] = isTexts(list) ? list : unexpected(row, column);
  return lists;
}

export const jsonOrNull = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
