import { given, isObject, type JsonObject, kept, type Reading } from "../reading.ts";

const members = new Set([
  "type",
  "name",
  "description",
  "input_schema",
  "strict",
  "cache_control",
  "eager_input_streaming",
  "allowed_callers",
  "defer_loading",
  "input_examples",
]);

function tool(entry: JsonObject, param: string, reading: Reading): JsonObject {
  if (given(entry.type) && entry.type !== "custom") {
    const type = JSON.stringify(String(entry.type).slice(0, 40));
    reading.refuse(`${param}.type`, `Only tools with a schema of their own can be kept: ${type} is run by Anthropic, or known to its models alone.`);
    return {};
  }
  reading.only(entry, members, param);
  reading.without(entry, { defer_loading: "there is no search for tools here.", input_examples: "chat completions have no place for them." }, param);
  const callers = given(entry.allowed_callers) ? reading.list(entry.allowed_callers, `${param}.allowed_callers`) : [];
  if (callers.some((caller) => caller !== "direct")) reading.refuse(`${param}.allowed_callers`, "Tools are called by the model alone here.");
  const parameters = reading.object(entry.input_schema, `${param}.input_schema`);
  return {
    type: "function",
    function: { name: reading.text(entry.name, `${param}.name`), ...kept(entry, ["description"]), parameters, ...kept(entry, ["strict"]) },
  };
}

function choice(given: JsonObject, reading: Reading): JsonObject {
  const parallel = given.disable_parallel_tool_use === true ? { parallel_tool_calls: false } : {};
  switch (given.type) {
    case "auto":
    case "none":
      return { tool_choice: given.type, ...parallel };
    case "any":
      return { tool_choice: "required", ...parallel };
    case "tool":
      return { tool_choice: { type: "function", function: { name: reading.text(given.name, "tool_choice.name") } }, ...parallel };
    default:
      reading.refuse("tool_choice.type", "tool_choice.type must be auto, any, tool or none.", "invalid_request");
      return {};
  }
}

/** `tools` and `tool_choice` as chat completions have them. */
export function toolFields(body: JsonObject, reading: Reading): JsonObject {
  const entries = given(body.tools) ? reading.list(body.tools, "tools") : [];
  if (entries.length === 0) return {};
  const tools = entries.map((entry, index) => tool(reading.object(entry, `tools[${index}]`), `tools[${index}]`, reading));
  return { tools, ...(isObject(body.tool_choice) && choice(body.tool_choice, reading)) };
}
