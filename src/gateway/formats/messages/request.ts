import type { Fault, Result } from "#kernel";
import { type ChatMessage, withSystem } from "../chat-body.ts";
import { given, isObject, type JsonObject, kept, Reading } from "../reading.ts";
import { assistantMessages, systemText, userMessages } from "./content.ts";
import { toolFields } from "./tools.ts";

const atAnthropic = "it asks Anthropic for a feature of its own.";

/** Members whose meaning would be lost, with the reason. */
const refused: Readonly<Record<string, string>> = {
  container: "there are no containers here.",
  context_management: "nothing here shortens a conversation.",
  diagnostics: atAnthropic,
  inference_geo: "where a request may be answered is the charter's to say.",
  mcp_servers: "destinations come from the estate alone.",
  speed: atAnthropic,
  user_profile_id: atAnthropic,
  workspace_id: atAnthropic,
};

const known: ReadonlySet<string> = new Set([
  ...Object.keys(refused),
  "cache_control",
  "max_tokens",
  "messages",
  "metadata",
  "model",
  "output_config",
  "service_tier",
  "stop_sequences",
  "stream",
  "system",
  "temperature",
  "thinking",
  "tool_choice",
  "tools",
  "top_k",
  "top_p",
]);

function conversation(body: JsonObject, reading: Reading): readonly ChatMessage[] {
  const system = given(body.system) ? [systemText(body.system, "system", reading)] : [];
  const messages: ChatMessage[] = [];
  const entries = reading.list(body.messages, "messages");
  if (entries.length === 0) reading.refuse("messages", "messages must hold at least one message.", "invalid_request");
  for (const [index, entry] of entries.entries()) {
    const param = `messages[${index}]`;
    const { role, content } = reading.object(entry, param);
    if (role === "user") messages.push(...userMessages(content, `${param}.content`, reading));
    else if (role === "assistant") messages.push(...assistantMessages(content, `${param}.content`, reading));
    else if (role === "system") messages.push({ role, content: systemText(content, `${param}.content`, reading) });
    else reading.refuse(`${param}.role`, `${param}.role must be user, assistant or system.`, "invalid_request");
  }
  const last = messages.at(-1);
  if (last?.role === "assistant") {
    reading.refuse(`messages[${entries.length - 1}]`, "A last message of the assistant, to be continued, cannot be kept: backends would begin a new one.");
  }
  return withSystem(system, messages);
}

/** Tokens to think with, as the effort that chat completions know instead. */
const effortOf = (budget: number): string => (budget < 4096 ? "low" : budget < 16_384 ? "medium" : "high");

function thinkingFields(body: JsonObject, reading: Reading): JsonObject {
  const config = given(body.output_config) ? reading.object(body.output_config, "output_config") : {};
  reading.only(config, new Set(["effort", "format"]), "output_config");
  if (typeof config.effort === "string") return { reasoning_effort: config.effort };
  const { thinking } = body;
  if (!isObject(thinking) || thinking.type !== "enabled") return {};
  return { reasoning_effort: effortOf(reading.count(thinking.budget_tokens, "thinking.budget_tokens")) };
}

function formatFields({ output_config: config }: JsonObject, reading: Reading): JsonObject {
  if (!isObject(config) || !given(config.format)) return {};
  const { type, schema } = reading.object(config.format, "output_config.format");
  if (type !== "json_schema") reading.refuse("output_config.format.type", "output_config.format.type must be json_schema.");
  return {
    response_format: { type: "json_schema", json_schema: { name: "output", schema: reading.object(schema, "output_config.format.schema"), strict: true } },
  };
}

/** Whether the client asked to be shown what the model thinks. */
export function showsThinking({ thinking }: JsonObject): boolean {
  return isObject(thinking) && thinking.type !== "disabled" && thinking.display !== "omitted";
}

/** The body in the format of chat completions, whose answer can be told as a message again. */
export function toChat(body: JsonObject): Result<JsonObject, Fault> {
  const reading = new Reading();
  reading.without(body, refused);
  reading.only(body, known);
  const chat = {
    model: body.model,
    messages: conversation(body, reading),
    max_tokens: reading.count(body.max_tokens, "max_tokens"),
    ...(body.stream === true && { stream: true, stream_options: { include_usage: true } }),
    ...kept(body, ["temperature", "top_p", "top_k"]),
    ...(given(body.stop_sequences) && { stop: reading.list(body.stop_sequences, "stop_sequences").map((text) => reading.text(text, "stop_sequences")) }),
    ...thinkingFields(body, reading),
    ...formatFields(body, reading),
    ...toolFields(body, reading),
  };
  return reading.result(chat);
}
