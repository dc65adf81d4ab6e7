import { isObject, type JsonObject } from "./reading.ts";

/** One stretch of what a model answered: a text, or a call with its arguments as JSON text. */
export type Block =
  | { readonly kind: "reasoning" | "text" | "refusal"; readonly text: string }
  | { readonly kind: "call"; readonly id: string; readonly name: string; readonly text: string };

export type Finish = "stop" | "length" | "calls" | "filter";

export interface ChatUsage {
  readonly input: number;
  readonly output: number;
  /** Tokens of the prompt that a cache held; of the answer, those that were thought and not said. */
  readonly cached: number;
  readonly reasoning: number;
}

/** An answer of chat completions, without its clothes. */
export interface ChatAnswer {
  readonly blocks: readonly Block[];
  readonly finish: Finish;
  /** The string at which it stopped, where the backend tells. */
  readonly stopSequence: string | undefined;
  readonly usage: ChatUsage | undefined;
}

const countIn = (holder: unknown, name: string): number => {
  const value = isObject(holder) ? holder[name] : undefined;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
};

/** `usage` of a completion or of a stream's last event; undefined where it counts nothing. */
export function usageOf(usage: unknown): ChatUsage | undefined {
  if (!isObject(usage) || typeof usage.prompt_tokens !== "number") return undefined;
  return {
    input: countIn(usage, "prompt_tokens"),
    output: countIn(usage, "completion_tokens"),
    cached: countIn(usage.prompt_tokens_details, "cached_tokens"),
    reasoning: countIn(usage.completion_tokens_details, "reasoning_tokens"),
  };
}

/** Several backends say `stop` although they called a tool. */
export function finishOf(reason: unknown, called: boolean): Finish {
  if (reason === "length") return "length";
  if (reason === "content_filter") return "filter";
  return called ? "calls" : "stop";
}

/** vLLM tells the string at which it stopped; token numbers are its own affair. */
export const stopSequenceOf = (choice: JsonObject): string | undefined => (typeof choice.stop_reason === "string" ? choice.stop_reason : undefined);

interface Piece {
  readonly kind: "reasoning" | "text" | "refusal";
  readonly text: string;
}

/** The texts of a message or of a delta in the order in which a model says them. `content` is a list of parts with Mistral's reasoning models. */
export function textsOf(message: JsonObject): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], text: unknown): void => {
    if (typeof text === "string" && text !== "") pieces.push({ kind, text });
  };
  add("reasoning", message.reasoning_content ?? message.reasoning);
  if (Array.isArray(message.content)) {
    for (const part of message.content) {
      if (!isObject(part)) continue;
      if (part.type === "thinking")
        for (const inner of Array.isArray(part.thinking) ? part.thinking : [part.thinking]) add("reasoning", isObject(inner) ? inner.text : inner);
      else add("text", part.text);
    }
  } else add("text", message.content);
  add("refusal", message.refusal);
  return pieces;
}

/** Reads a whole completion; undefined for what is none. */
export function readChatAnswer(body: unknown): ChatAnswer | undefined {
  const choices = isObject(body) && Array.isArray(body.choices) ? body.choices.filter(isObject) : [];
  const choice = choices.find(({ index }) => index === 0) ?? choices[0];
  if (!isObject(body) || choice === undefined || !isObject(choice.message)) return undefined;
  const { message } = choice;
  const calls: Block[] = [];
  for (const call of Array.isArray(message.tool_calls) ? message.tool_calls : []) {
    if (!isObject(call) || !isObject(call.function) || typeof call.function.name !== "string") return undefined;
    const { name, arguments: args } = call.function;
    const text = typeof args === "string" ? args : JSON.stringify(args ?? {});
    calls.push({ kind: "call", id: typeof call.id === "string" && call.id !== "" ? call.id : `call_${calls.length}`, name, text });
  }
  return {
    blocks: [...textsOf(message), ...calls],
    finish: finishOf(choice.finish_reason, calls.length > 0),
    stopSequence: stopSequenceOf(choice),
    usage: usageOf(body.usage),
  };
}

/** The arguments of a call as the object that they must be; undefined for anything else. No arguments are an empty object. */
export function argumentsOf(text: string): JsonObject | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
