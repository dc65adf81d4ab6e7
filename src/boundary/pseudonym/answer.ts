import { restoreCounted, type TextForm } from "./restore.ts";
import type { Vault } from "./vault.ts";

/** Members whose strings are JSON texts: the arguments of tool calls. */
const jsonMembers = new Set(["arguments", "partial_json"]);

/** In which form a member's string is to be restored. */
export const formOf = (member: string | undefined): TextForm => (member !== undefined && jsonMembers.has(member) ? "json" : "text");

/** Deeper members are left as they are: no answer nests so, and the walk must not exhaust the stack. */
const maxDepth = 256;

/** A complete answer with every string restored, arguments of tool calls as the JSON texts that they are; a new value. */
export function restoreAnswer(body: unknown, vault: Vault): unknown {
  return vault.size === 0 ? body : restoreValue(body, vault, undefined, 0);
}

function restoreValue(value: unknown, vault: Vault, member: string | undefined, depth: number): unknown {
  if (typeof value === "string") return restoreCounted(value, vault, formOf(member)).text;
  if (typeof value !== "object" || value === null || depth === maxDepth) return value;
  if (Array.isArray(value)) return (value as readonly unknown[]).map((element) => restoreValue(element, vault, member, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, below]): [string, unknown] => [restoreCounted(name, vault).text, restoreValue(below, vault, name, depth + 1)]),
  );
}
