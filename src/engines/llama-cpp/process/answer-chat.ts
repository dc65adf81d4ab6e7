import { randomBytes } from "node:crypto";
import type { Llama, LlamaGrammar, Token } from "node-llama-cpp";
import { err, ok, type Result } from "#kernel";
import { grammarOf, type SchemaFault } from "../grammar/json-schema.ts";
import { toolCallGrammar } from "../grammar/tool-call.ts";
import type { ChatRequest, Tool } from "../requests/chat.ts";
import { contextExceeded, invalid, type Refusal, unsupported } from "../requests/refusal.ts";
import { type GenerationEnd, generate } from "./generate.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { type AnswerIdentity, EventStream, type Outlet, sendJson, type Usage, usageOf } from "./outlet.ts";
import { parseCall, type ScannedPiece, ToolCallScanner } from "./tool-call-scanner.ts";

/** Where the pieces of the assistant's message go. */
interface MessageWriter {
  text(text: string): void;
  call(name: string, args: string): void;
  finish(end: GenerationEnd, usage: Usage): void;
}

const mintCallId = (): string => `call_${randomBytes(12).toString("hex")}`;

const finishReasonOf = (end: GenerationEnd, calls: number): string => (calls > 0 && end.finishReason === "stop" ? "tool_calls" : end.finishReason);

function streamedMessage(outlet: Outlet, identity: AnswerIdentity, includeUsage: boolean): MessageWriter {
  const events = new EventStream(outlet, "chat.completion.chunk", identity, includeUsage);
  let calls = 0;
  const delta = (content: object, finishReason: string | null = null): void => {
    if (!events.begun) events.choice({ index: 0, delta: { role: "assistant", content: "" }, logprobs: null, finish_reason: null });
    events.choice({ index: 0, delta: content, logprobs: null, finish_reason: finishReason });
  };
  return {
    text: (content) => delta({ content }),
    call(name, args) {
      delta({ tool_calls: [{ index: calls, id: mintCallId(), type: "function", function: { name, arguments: args } }] });
      calls += 1;
    },
    finish(end, usage) {
      delta({}, finishReasonOf(end, calls));
      events.finish(includeUsage ? usage : undefined);
    },
  };
}

function wholeMessage(outlet: Outlet, identity: AnswerIdentity): MessageWriter {
  let content = "";
  const calls: object[] = [];
  return {
    text(text) {
      content += text;
    },
    call(name, args) {
      calls.push({ id: mintCallId(), type: "function", function: { name, arguments: args } });
    },
    finish(end, usage) {
      const message = {
        role: "assistant",
        content: calls.length > 0 && content === "" ? null : content,
        refusal: null,
        ...(calls.length > 0 && { tool_calls: calls }),
      };
      const choice = { index: 0, message, logprobs: null, finish_reason: finishReasonOf(end, calls.length) };
      const { id, created, model } = identity;
      sendJson(outlet, 200, JSON.stringify({ id, object: "chat.completion", created, model, choices: [choice], usage }));
    },
  };
}

/** The tools of which one must be called. */
function forcedTools({ tools, toolChoice }: ChatRequest): readonly Tool[] {
  if (toolChoice === "required") return tools;
  return typeof toolChoice === "object" ? tools.filter((tool) => tool.name === toolChoice.name) : [];
}

async function grammarFor(llama: Llama, request: ChatRequest, forced: readonly Tool[]): Promise<Result<LlamaGrammar | undefined, Refusal>> {
  const param = forced.length > 0 ? "tools" : "response_format";
  let grammar: Result<string, SchemaFault>;
  if (forced.length > 0) grammar = toolCallGrammar(forced);
  else if (request.responseFormat.type === "json") grammar = grammarOf(request.responseFormat.schema, request.responseFormat.strict);
  else return ok(undefined);
  if (!grammar.ok) return err(invalid(`The JSON Schema cannot be used: ${grammar.error.message}.`, param));
  try {
    return ok(await llama.createGrammar({ grammar: grammar.value }));
  } catch {
    return err(invalid("The JSON Schema cannot be used: llama.cpp refuses its grammar, for instance because it refers to itself without end.", param));
  }
}

function promptOf(model: LoadedModel, request: ChatRequest, forced: readonly Tool[]): Result<readonly Token[], Refusal> {
  const { chatPrompt, contextSize } = model;
  if (chatPrompt === undefined) return err(unsupported("This model has no chat template: it cannot chat.", "model"));
  const segments = chatPrompt.segments(request.messages, request.toolChoice === "none" ? [] : request.tools);
  if (!segments.ok) return segments;
  const opening = forced.length > 0 ? [{ text: chatPrompt.callPrefix(), from: "template" as const }] : [];
  const tokens = model.tokenizePrompt([...segments.value, ...opening], contextSize);
  if (tokens === undefined) return err(contextExceeded(contextSize, "far more", "messages"));
  if (tokens.length >= contextSize) return err(contextExceeded(contextSize, String(tokens.length), "messages"));
  return ok(tokens);
}

/** A forced call, complete or cut off at the limit of tokens. */
function readForcedCall(text: string): { name: string; arguments: string } {
  const whole = parseCall(text);
  if (whole !== undefined) return whole;
  const [, name = "", args = ""] = /^\{"name": ?"([^"]*)"?(?:, ?"arguments": ?(.*))?$/s.exec(text) ?? [];
  return { name, arguments: args };
}

/** Answers `chat/completions`; gives the refusal where the request cannot be answered, before anything is sent. */
export async function answerChat(
  llama: Llama,
  model: LoadedModel,
  request: ChatRequest,
  identity: AnswerIdentity,
  outlet: Outlet,
): Promise<Refusal | undefined> {
  const forced = forcedTools(request);
  const prompt = promptOf(model, request, forced);
  if (!prompt.ok) return prompt.error;
  const grammar = await grammarFor(llama, request, forced);
  if (!grammar.ok) return grammar.error;
  const writer = request.stream ? streamedMessage(outlet, identity, request.includeUsage) : wholeMessage(outlet, identity);
  const scanner = new ToolCallScanner(request.toolChoice === "auto" ? request.tools.map((tool) => tool.name) : []);
  const show = (pieces: readonly ScannedPiece[]): void => {
    for (const piece of pieces) {
      if (piece.type === "call") writer.call(piece.name, piece.arguments);
      else writer.text(piece.text);
    }
  };
  const end = await model.withSequence(async (sequence) => {
    const { signal } = outlet;
    const pieces = generate({ model, sequence, prompt: prompt.value, request, grammar: grammar.value, signal, pause: () => outlet.pause() });
    let call = "";
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) {
        if (signal.aborted) return undefined;
        if (forced.length > 0) show([{ type: "call", ...readForcedCall(call) }]);
        return value;
      }
      if (forced.length > 0) call += value;
      else show(request.toolChoice === "auto" ? scanner.push(value) : value === "" ? [] : [{ type: "text", text: value }]);
    }
  });
  if (end === undefined) return undefined;
  show(scanner.flush());
  writer.finish(end, usageOf(prompt.value.length, end.completionTokens));
  return undefined;
}
