import { z } from "zod";
import { err, ok, type Result } from "#kernel";
import { invalid, type Refusal, read, unsupported } from "./refusal.ts";
import { type GenerationRequest, generationFields, generationRequest, maxTokensField, unsupportedGeneration } from "./sampling.ts";

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
}

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly toolCallId: string | undefined;
}

export interface Tool {
  readonly name: string;
  readonly parameters: unknown;
  readonly strict: boolean;
  /** As the client wrote it, for the chat template. */
  readonly definition: Readonly<Record<string, unknown>>;
}

export type ToolChoice = "none" | "auto" | "required" | { readonly name: string };

export type ResponseFormat = { readonly type: "text" } | { readonly type: "json"; readonly schema: unknown; readonly strict: boolean };

export interface ChatRequest extends GenerationRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly responseFormat: ResponseFormat;
}

const part = z.looseObject({ type: z.string() });
type Part = z.infer<typeof part>;
const content = z.union([z.string(), z.array(part)]);
const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, underscores or hyphens");

const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer", "user"]), content }),
  z.object({
    role: z.literal("assistant"),
    content: content.nullish(),
    tool_calls: z.array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) })).nullish(),
  }),
  z.object({ role: z.literal("tool"), content, tool_call_id: z.string() }),
]);

const functionTool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({ name, parameters: z.record(z.string(), z.unknown()).nullish(), strict: z.boolean().nullish() }),
});

const chatBody = z.object({
  ...generationFields,
  messages: z.array(message).min(1),
  max_completion_tokens: maxTokensField,
  tools: z.array(functionTool).max(128).nullish(),
  tool_choice: z.union([z.enum(["none", "auto", "required"]), z.object({ type: z.literal("function"), function: z.object({ name }) })]).nullish(),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("text") }),
      z.object({ type: z.literal("json_object") }),
      z.object({
        type: z.literal("json_schema"),
        json_schema: z.object({ name, schema: z.record(z.string(), z.unknown()).nullish(), strict: z.boolean().nullish() }),
      }),
    ])
    .nullish(),
  logprobs: z.boolean().nullish(),
  modalities: z.array(z.string()).nullish(),
  functions: z.array(z.unknown()).nullish(),
});
type ChatBody = z.infer<typeof chatBody>;
type MessageBody = z.infer<typeof message>;

/** Only text can be read; anything else is refused by name. */
function textOf(parts: string | readonly Part[] | null | undefined, param: string): Result<string, Refusal> {
  if (typeof parts === "string") return ok(parts);
  let text = "";
  for (const [index, { type, text: piece, refusal }] of (parts ?? []).entries()) {
    const place = `${param}[${index}]`;
    if (type !== "text" && type !== "refusal") return err(unsupported(`This backend reads text only, not ${JSON.stringify(type.slice(0, 40))}.`, place));
    const words = type === "text" ? piece : refusal;
    if (typeof words !== "string") return err(invalid(`${place}: expected text`, place));
    text += words;
  }
  return ok(text);
}

function readMessage(body: MessageBody, param: string): Result<ChatMessage, Refusal> {
  const text = textOf(body.content, `${param}.content`);
  if (!text.ok) return text;
  const calls = body.role === "assistant" ? (body.tool_calls ?? []) : [];
  return ok({
    role: body.role === "developer" ? "system" : body.role,
    content: text.value,
    toolCalls: calls.map((call) => ({ id: call.id, name: call.function.name, arguments: call.function.arguments })),
    toolCallId: body.role === "tool" ? body.tool_call_id : undefined,
  });
}

function unsupportedChat(body: ChatBody): Refusal | undefined {
  if (body.logprobs) return unsupported("This backend does not give log probabilities.", "logprobs");
  if (body.modalities?.some((modality) => modality !== "text")) return unsupported("This backend answers with text only.", "modalities");
  if (body.functions?.length) return unsupported("functions is superseded by tools.", "functions");
  return unsupportedGeneration(body);
}

function readToolChoice(body: ChatBody, tools: readonly Tool[]): Result<ToolChoice, Refusal> {
  const choice = body.tool_choice ?? (tools.length > 0 ? "auto" : "none");
  if (typeof choice === "string") {
    if (choice === "required" && tools.length === 0) return err(invalid("tool_choice requires a call, but there are no tools.", "tool_choice"));
    return ok(choice);
  }
  if (!tools.some((tool) => tool.name === choice.function.name))
    return err(invalid("tool_choice names a function that is not among the tools.", "tool_choice"));
  return ok({ name: choice.function.name });
}

function responseFormat(body: ChatBody): ResponseFormat {
  const format = body.response_format;
  if (format?.type === "json_object") return { type: "json", schema: { type: "object" }, strict: false };
  if (format?.type === "json_schema")
    return { type: "json", schema: format.json_schema.schema ?? { type: "object" }, strict: format.json_schema.strict ?? false };
  return { type: "text" };
}

/** Reads the body of `chat/completions`. */
export function readChatRequest(input: unknown): Result<ChatRequest, Refusal> {
  const parsed = read(chatBody, input);
  if (!parsed.ok) return parsed;
  const body = parsed.value;
  const cannot = unsupportedChat(body);
  if (cannot !== undefined) return err(cannot);
  const messages: ChatMessage[] = [];
  for (const [index, entry] of body.messages.entries()) {
    const result = readMessage(entry, `messages[${index}]`);
    if (!result.ok) return result;
    messages.push(result.value);
  }
  const tools = (body.tools ?? []).map((tool) => ({
    name: tool.function.name,
    parameters: tool.function.parameters ?? { type: "object", properties: {} },
    strict: tool.function.strict ?? false,
    definition: tool,
  }));
  const toolChoice = readToolChoice(body, tools);
  if (!toolChoice.ok) return toolChoice;
  return ok({
    ...generationRequest(body, body.max_completion_tokens ?? body.max_tokens ?? undefined),
    messages,
    tools,
    toolChoice: toolChoice.value,
    responseFormat: responseFormat(body),
  });
}
