import type { Fault, Result } from "#kernel";
import { withSystem } from "../chat-body.ts";
import { given, isObject, type JsonObject, kept, Reading } from "../reading.ts";
import { inputMessages } from "./input.ts";
import { toolFields } from "./tools.ts";

const stateful = "nothing is stored here between requests; send the whole conversation as input.";
const atProvider = "it asks the provider for a feature of its own.";

/** Members whose meaning would be lost, with the reason. */
const refused: Readonly<Record<string, string>> = {
  access_programs: atProvider,
  background: "answers are not kept for later here.",
  context_management: "nothing here shortens a conversation.",
  conversation: stateful,
  image: atProvider,
  moderation: atProvider,
  previous_response_id: stateful,
  prompt: "prompts are not stored here; send the text.",
  store: "answers are not stored here; send false, or leave it out.",
};

const known: ReadonlySet<string> = new Set([
  ...Object.keys(refused),
  "frequency_penalty",
  "include",
  "input",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "metadata",
  "min_p",
  "model",
  "parallel_tool_calls",
  "presence_penalty",
  "prompt_cache_key",
  "prompt_cache_options",
  "prompt_cache_retention",
  "reasoning",
  "repetition_penalty",
  "safety_identifier",
  "seed",
  "service_tier",
  "stop",
  "stream",
  "stream_options",
  "temperature",
  "text",
  "tool_choice",
  "tools",
  "top_k",
  "top_logprobs",
  "top_p",
  "truncation",
  "user",
]);

/** Sampling that both formats write alike, and what servers of open models add to it. */
const sampling = ["temperature", "top_p", "top_k", "min_p", "seed", "stop", "presence_penalty", "frequency_penalty", "repetition_penalty"];

function responseFormat(text: JsonObject, reading: Reading): JsonObject {
  reading.only(text, new Set(["format", "verbosity"]), "text");
  const verbosity = kept(text, ["verbosity"]);
  if (!given(text.format)) return verbosity;
  const format = reading.object(text.format, "text.format");
  switch (format.type) {
    case "text":
      return verbosity;
    case "json_object":
      return { ...verbosity, response_format: { type: "json_object" } };
    case "json_schema":
      return { ...verbosity, response_format: { type: "json_schema", json_schema: kept(format, ["name", "description", "schema", "strict"]) } };
    default:
      reading.refuse("text.format.type", "text.format.type must be text, json_object or json_schema.");
      return verbosity;
  }
}

function refuseUnkeepable(body: JsonObject, reading: Reading): void {
  reading.without(body, refused);
  reading.only(body, known);
  for (const [index, entry] of (given(body.include) ? reading.list(body.include, "include") : []).entries()) {
    // Reasoning comes readable or not at all, so there is never anything encrypted to include.
    if (entry !== "reasoning.encrypted_content") reading.refuse(`include[${index}]`, `include[${index}] asks for something that this endpoint does not give.`);
  }
  if (given(body.top_logprobs) && body.top_logprobs !== 0) reading.refuse("top_logprobs", "This endpoint gives no log probabilities.");
  if (given(body.truncation) && body.truncation !== "disabled")
    reading.refuse("truncation", "Nothing here cuts a conversation short: truncation must be disabled, or left out.");
}

/** The body in the format of chat completions, whose answer can be told as a response again. */
export function toChat(body: JsonObject): Result<JsonObject, Fault> {
  const reading = new Reading();
  refuseUnkeepable(body, reading);
  const system = given(body.instructions) ? [reading.text(body.instructions, "instructions")] : [];
  const { system: more, messages } = inputMessages(body.input, reading);
  const effort = isObject(body.reasoning) ? kept(body.reasoning, ["effort"]).effort : undefined;
  const chat = {
    model: body.model,
    messages: withSystem([...system, ...more], messages),
    ...(body.stream === true && { stream: true, stream_options: { include_usage: true } }),
    ...(given(body.max_output_tokens) && { max_tokens: reading.count(body.max_output_tokens, "max_output_tokens") }),
    ...kept(body, sampling),
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(given(body.text) && responseFormat(reading.object(body.text, "text"), reading)),
    ...toolFields(body, reading),
  };
  return reading.result(chat);
}
