import { given, isObject, type JsonObject, kept, type Reading } from "../reading.ts";

const toolMembers = new Set(["type", "name", "description", "parameters", "strict", "allowed_callers", "async", "defer_loading", "output_schema"]);

function functionTool(tool: JsonObject, param: string, reading: Reading): JsonObject {
  reading.only(tool, toolMembers, param);
  reading.without(
    tool,
    { async: "calls are answered in turn here.", defer_loading: "there is no search for tools here.", output_schema: "no backend takes it." },
    param,
  );
  const callers = given(tool.allowed_callers) ? reading.list(tool.allowed_callers, `${param}.allowed_callers`) : [];
  if (callers.some((caller) => caller !== "direct")) reading.refuse(`${param}.allowed_callers`, "Tools are called by the model alone here.");
  return { type: "function", function: { name: reading.text(tool.name, `${param}.name`), ...kept(tool, ["description", "parameters", "strict"]) } };
}

/** `tools`, `tool_choice` and `parallel_tool_calls` as chat completions have them. */
export function toolFields(body: JsonObject, reading: Reading): JsonObject {
  const tools: JsonObject[] = [];
  for (const [index, entry] of (given(body.tools) ? reading.list(body.tools, "tools") : []).entries()) {
    const param = `tools[${index}]`;
    const tool = reading.object(entry, param);
    if (tool.type === "function") tools.push(functionTool(tool, param, reading));
    else
      reading.refuse(
        `${param}.type`,
        `Only tools of the type function can be kept: ${JSON.stringify(String(tool.type).slice(0, 40))} is run by a provider, or known to its models alone.`,
      );
  }
  if (tools.length === 0) return {};
  return { ...toolChoice(body.tool_choice, tools, reading), ...kept(body, ["parallel_tool_calls"]) };
}

function toolChoice(choice: unknown, tools: readonly JsonObject[], reading: Reading): JsonObject {
  if (!given(choice)) return { tools };
  if (choice === "none" || choice === "auto" || choice === "required") return { tools, tool_choice: choice };
  const { type, name, mode, tools: allowed } = reading.object(choice, "tool_choice");
  if (type === "function") return { tools, tool_choice: { type: "function", function: { name: reading.text(name, "tool_choice.name") } } };
  if (type === "allowed_tools" && (mode === "auto" || mode === "required")) {
    const names = reading.list(allowed, "tool_choice.tools").map((tool) => (isObject(tool) && tool.type === "function" ? tool.name : undefined));
    const left = tools.filter((tool) => isObject(tool.function) && names.includes(tool.function.name));
    if (left.length !== names.length) reading.refuse("tool_choice.tools", "tool_choice allows a tool that is not among the tools.", "invalid_request");
    return { tools: left, tool_choice: mode };
  }
  reading.refuse("tool_choice", "tool_choice must be none, auto, required, a function or allowed functions.");
  return { tools };
}
