import { argumentsOf, type Block, type ChatAnswer, type ChatUsage } from "../chat-answer.ts";
import type { JsonObject } from "../reading.ts";

/** What a message says of the request that it answers. */
export interface MessageFrame {
  readonly id: string;
  readonly model: unknown;
  /** Whether the client asked to see what the model thinks. */
  readonly thinking: boolean;
}

const unknownUsage: ChatUsage = { input: 0, output: 0, cached: 0, reasoning: 0 };

/** Anthropic counts the tokens of a cache apart from the others. */
export const usageFields = ({ input, output, cached, reasoning }: ChatUsage = unknownUsage): JsonObject => ({
  input_tokens: Math.max(0, input - cached),
  output_tokens: output,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cached,
  output_tokens_details: reasoning === 0 ? null : { thinking_tokens: reasoning },
  server_tool_use: null,
});

const stopReasons = { stop: "end_turn", length: "max_tokens", calls: "tool_use", filter: "refusal" } as const;

/** Why it ended. Most backends do not tell that a stop sequence was met: then it is the end of the turn. */
export function stopFields({ finish, stopSequence }: Pick<ChatAnswer, "finish" | "stopSequence">): JsonObject {
  const met = finish === "stop" && stopSequence !== undefined;
  const details = finish === "filter" ? { type: "refusal", category: null, explanation: null } : null;
  return { stop_reason: met ? "stop_sequence" : stopReasons[finish], stop_sequence: met ? stopSequence : null, stop_details: details, container: null };
}

/** A message without content, as a stream begins it. */
export const emptyMessage = ({ id, model }: MessageFrame): JsonObject => ({
  id,
  type: "message",
  role: "assistant",
  model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  stop_details: null,
  container: null,
  diagnostics: null,
  usage: { ...usageFields(), cache_creation: null, inference_geo: null, service_tier: null, speed: null },
});

/** The block, with nothing in it yet where it has just begun. */
export function contentBlock(block: Block, begun: boolean): JsonObject | undefined {
  const text = begun ? "" : block.text;
  if (block.kind === "reasoning") return { type: "thinking", thinking: text, signature: "" };
  if (block.kind !== "call") return { type: "text", text, citations: null };
  const input = begun ? {} : argumentsOf(block.text);
  return input === undefined ? undefined : { type: "tool_use", id: block.id, name: block.name, input, caller: { type: "direct" } };
}

/** The whole message; undefined where a call's arguments are no object, which this format cannot say. A call that a limit cut off is left out. */
export function finishedMessage(frame: MessageFrame, answer: ChatAnswer): JsonObject | undefined {
  const content: JsonObject[] = [];
  for (const block of answer.blocks) {
    if (block.kind === "reasoning" && !frame.thinking) continue;
    const shown = contentBlock(block, false);
    if (shown !== undefined) content.push(shown);
    else if (answer.finish !== "length") return undefined;
  }
  const empty = emptyMessage(frame);
  const usage = { ...(empty.usage as JsonObject), ...usageFields(answer.usage) };
  return { ...empty, content, ...stopFields(answer), usage };
}
