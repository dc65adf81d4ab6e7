import { argumentsOf, type Block, type ChatAnswer, type ChatUsage } from "../chat-answer.ts";
import { given, isObject, type JsonObject } from "../reading.ts";

/** What a response says of the request that it answers. */
export interface ResponseFrame {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  /** The client's body. */
  readonly asked: JsonObject;
}

type ItemStatus = "in_progress" | "completed" | "incomplete";

const idPrefix = { reasoning: "rs", text: "msg", refusal: "msg", call: "fc" } as const;

/** The id of the item at an index of the output. */
export const itemId = (frame: ResponseFrame, block: Block, index: number): string => `${idPrefix[block.kind]}_${frame.id.slice(5)}${index}`;

/** The part of a message or of reasoning; undefined for a call. */
export function partOf(block: Block): JsonObject | undefined {
  switch (block.kind) {
    case "reasoning":
      return { type: "reasoning_text", text: block.text };
    case "text":
      return { type: "output_text", annotations: [], logprobs: [], text: block.text };
    case "refusal":
      return { type: "refusal", refusal: block.text };
    case "call":
      return undefined;
  }
}

/** A call without arguments is called with an empty object. */
export const callArguments = (text: string): string => (text.trim() === "" ? "{}" : text);

/** One item of the output; one that has just begun holds nothing yet. */
export function itemOf(frame: ResponseFrame, block: Block, index: number, status: ItemStatus): JsonObject {
  const id = itemId(frame, block, index);
  const begun = status === "in_progress";
  const part = partOf(block);
  if (block.kind === "call") {
    return { id, type: "function_call", status, arguments: begun ? "" : callArguments(block.text), call_id: block.id, name: block.name };
  }
  const content = begun ? [] : [part];
  if (block.kind === "reasoning") return { id, type: "reasoning", summary: [], content, encrypted_content: null, status };
  return { id, type: "message", status, role: "assistant", content };
}

const usageFields = ({ input, output, cached, reasoning }: ChatUsage): JsonObject => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: input + output,
});

interface Progress {
  readonly status: "in_progress" | "completed" | "incomplete" | "failed";
  readonly output?: readonly JsonObject[];
  readonly error?: JsonObject;
  readonly reason?: "max_output_tokens" | "content_filter" | undefined;
  readonly usage?: ChatUsage | undefined;
  readonly completedAt?: number;
}

/** The response object, with what was asked told back as OpenAI tells it. */
export function responseObject({ id, createdAt, asked }: ResponseFrame, progress: Progress): JsonObject {
  const told = (name: string, otherwise: unknown): unknown => (given(asked[name]) ? asked[name] : otherwise);
  const reasoning = isObject(asked.reasoning) ? asked.reasoning : {};
  const text = isObject(asked.text) ? asked.text : {};
  return {
    id,
    object: "response",
    created_at: createdAt,
    status: progress.status,
    background: false,
    completed_at: progress.completedAt ?? null,
    error: progress.error ?? null,
    incomplete_details: progress.reason === undefined ? null : { reason: progress.reason },
    instructions: told("instructions", null),
    max_output_tokens: told("max_output_tokens", null),
    max_tool_calls: told("max_tool_calls", null),
    model: asked.model,
    output: progress.output ?? [],
    parallel_tool_calls: told("parallel_tool_calls", true),
    previous_response_id: null,
    prompt_cache_key: told("prompt_cache_key", null),
    reasoning: { effort: reasoning.effort ?? null, summary: null },
    safety_identifier: told("safety_identifier", null),
    service_tier: "default",
    store: false,
    temperature: told("temperature", null),
    text: { format: given(text.format) ? text.format : { type: "text" }, ...(given(text.verbosity) && { verbosity: text.verbosity }) },
    tool_choice: told("tool_choice", "auto"),
    tools: told("tools", []),
    top_logprobs: 0,
    top_p: told("top_p", null),
    truncation: "disabled",
    usage: progress.usage === undefined ? null : usageFields(progress.usage),
    user: told("user", null),
    metadata: told("metadata", {}),
  };
}

const reasonOf = { stop: undefined, calls: undefined, length: "max_output_tokens", filter: "content_filter" } as const;

/** Whether an item is whole, where a limit cut the answer off within it or right after it: a call that can be made is. */
export const itemStatus = (block: Block, cut: boolean): ItemStatus =>
  cut && !(block.kind === "call" && argumentsOf(block.text) !== undefined) ? "incomplete" : "completed";

/** The response that is complete, or that ended at a limit. */
export function finishedResponse(frame: ResponseFrame, { blocks, finish, usage }: ChatAnswer, now: number): JsonObject {
  const reason = reasonOf[finish];
  const output = blocks.map((block, index) => itemOf(frame, block, index, itemStatus(block, reason !== undefined && index === blocks.length - 1)));
  if (reason !== undefined) return responseObject(frame, { status: "incomplete", reason, output, usage });
  return responseObject(frame, { status: "completed", output, usage, completedAt: now });
}
