import type { Result } from "#kernel";
import type { Tool } from "../requests/chat.ts";
import { grammarOf, type SchemaFault } from "./json-schema.ts";

/** One call of one of the tools: `{"name": …, "arguments": …}`. References inside a tool's parameters are kept apart by nesting. */
export function toolCallGrammar(tools: readonly Tool[]): Result<string, SchemaFault> {
  const alternatives = tools.map((tool, index) => ({
    type: "object",
    properties: { name: { const: tool.name }, arguments: relocate(tool.parameters, `#/anyOf/${index}/properties/arguments`) },
    required: ["name", "arguments"],
  }));
  return grammarOf(
    { anyOf: alternatives },
    tools.some((tool) => tool.strict),
  );
}

/** A schema that stands inside another one, with its own references pointing to where it stands. */
function relocate(schema: unknown, place: string): unknown {
  if (Array.isArray(schema)) return schema.map((item) => relocate(item, place));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" && value.startsWith("#") ? `${place}${value.slice(1)}` : relocate(value, place),
    ]),
  );
}
