import { randomBytes } from "node:crypto";
import { Template } from "@huggingface/jinja";
import { err, ok, type Result } from "#kernel";
import type { ChatMessage, Tool } from "../requests/chat.ts";
import { invalid, type Refusal } from "../requests/refusal.ts";

/** A part of a prompt. Control tokens are read in the template's parts only. */
export interface Segment {
  readonly text: string;
  readonly from: "template" | "request";
}

export interface TemplateContext {
  /** The model's own chat template (Jinja). */
  readonly template: string;
  readonly bos: string;
  readonly eos: string;
  /** Whether a text would be read as one of the model's control tokens, in whole or in part. */
  holdsControlToken(text: string): boolean;
}

const toolInstructions = (tools: readonly Tool[]): string =>
  `You may call these functions. To call one, answer <tool_call>{"name": ..., "arguments": ...}</tool_call>\n<tools>\n${tools
    .map((tool) => JSON.stringify(tool.definition))
    .join("\n")}\n</tools>`;

const spellCall = (name: string, args: string): string => `<tool_call>\n{"name": ${JSON.stringify(name)}, "arguments": ${args}}\n</tool_call>`;

/** For templates that know nothing of tools: definitions, calls and results as plain text. */
function withoutToolRoles(messages: readonly ChatMessage[], tools: readonly Tool[]): ChatMessage[] {
  const plain = messages.map((message): ChatMessage => {
    if (message.role === "tool") return { ...message, role: "user", content: `<tool_response>\n${message.content}\n</tool_response>` };
    if (message.toolCalls.length === 0) return message;
    const calls = message.toolCalls.map((call) => spellCall(call.name, call.arguments)).join("\n");
    return { ...message, content: message.content === "" ? calls : `${message.content}\n${calls}`, toolCalls: [] };
  });
  if (tools.length === 0) return plain;
  const instructions: ChatMessage = { role: "system", content: toolInstructions(tools), toolCalls: [], toolCallId: undefined };
  const [first, ...rest] = plain;
  if (first?.role === "system") return [{ ...first, content: `${first.content}\n\n${instructions.content}` }, ...rest];
  return [instructions, ...plain];
}

/** For templates that refuse a system message: it goes before the first message of the user. */
function withoutSystemRole(messages: readonly ChatMessage[]): ChatMessage[] | undefined {
  const system = messages.filter((message) => message.role === "system").map((message) => message.content);
  const others = messages.filter((message) => message.role !== "system");
  const first = others.findIndex((message) => message.role === "user");
  const user = others[first];
  if (system.length === 0 || user === undefined) return undefined;
  return others.with(first, { ...user, content: [...system, user.content].join("\n\n") });
}

/**
 * What a request says is put into the template as a mark that nobody can guess, and taken out of the result again: so the template sees
 * that there is text, and the tokenizer knows whose text it is.
 */
class Marks {
  readonly #context: TemplateContext;
  readonly #nonce = randomBytes(12).toString("hex");
  readonly #texts: string[] = [];

  constructor(context: TemplateContext) {
    this.#context = context;
  }

  mark(text: string): string {
    if (text === "") return "";
    this.#texts.push(text);
    return `\uE000${this.#nonce}.${this.#texts.length - 1}\uE001`;
  }

  /** Definitions and arguments stay readable for the template, which may look into them; only what could be a control token is marked. */
  markWhereNeeded(value: unknown): unknown {
    if (typeof value === "string") return this.#context.holdsControlToken(value) ? this.mark(value) : value;
    if (Array.isArray(value)) return value.map((item) => this.markWhereNeeded(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.#context.holdsControlToken(key) ? this.mark(key) : key, this.markWhereNeeded(item)]),
    );
  }

  split(rendered: string): Segment[] {
    const pieces = rendered.split(new RegExp(`\uE000${this.#nonce}\\.(\\d+)\uE001`));
    return pieces.flatMap((piece, index): Segment[] => {
      if (index % 2 === 0) return piece === "" ? [] : [{ text: piece, from: "template" }];
      const text = this.#texts[Number(piece)] ?? "";
      const quoted = pieces[index - 1]?.endsWith('"') && pieces[index + 1]?.startsWith('"');
      return [{ text: quoted ? JSON.stringify(text).slice(1, -1) : text, from: "request" }];
    });
  }
}

/** Templates expect the arguments of a call as an object; a text that is none stays as it is. */
function argumentsValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Applies the chat template of one model. */
export class ChatPrompt {
  readonly #context: TemplateContext;
  readonly #template: Template;
  readonly #knowsTools: boolean;

  constructor(context: TemplateContext) {
    this.#context = context;
    this.#template = new Template(context.template);
    this.#knowsTools = /\btools\b/.test(context.template);
  }

  /** The tag with which the model's template has a call begin, where it has one. */
  callPrefix(): string {
    return !this.#knowsTools || this.#context.template.includes("<tool_call>") ? "<tool_call>\n" : "";
  }

  /** The prompt up to where the assistant's answer begins; `tools` are those that may be called. */
  segments(messages: readonly ChatMessage[], tools: readonly Tool[]): Result<readonly Segment[], Refusal> {
    const conversation = this.#knowsTools ? messages : withoutToolRoles(messages, tools);
    const result = this.#render(conversation, this.#knowsTools ? tools : []);
    if (result.ok) return result;
    const merged = withoutSystemRole(conversation);
    const second = merged === undefined ? result : this.#render(merged, this.#knowsTools ? tools : []);
    return second.ok ? second : result;
  }

  #render(messages: readonly ChatMessage[], tools: readonly Tool[]): Result<readonly Segment[], Refusal> {
    const marks = new Marks(this.#context);
    const variables = {
      messages: messages.map((message) => ({
        role: message.role,
        content: marks.mark(message.content),
        ...(message.toolCalls.length > 0 && {
          tool_calls: message.toolCalls.map((call) => ({
            id: marks.markWhereNeeded(call.id),
            type: "function",
            function: { name: marks.markWhereNeeded(call.name), arguments: marks.markWhereNeeded(argumentsValue(call.arguments)) },
          })),
        }),
        ...(message.toolCallId !== undefined && { tool_call_id: marks.markWhereNeeded(message.toolCallId) }),
      })),
      ...(tools.length > 0 && { tools: tools.map((tool) => marks.markWhereNeeded(tool.definition)) }),
      add_generation_prompt: true,
      bos_token: this.#context.bos,
      eos_token: this.#context.eos,
    };
    try {
      return ok(marks.split(this.#template.render(variables)));
    } catch {
      return err(invalid("The model's chat template does not take this sequence of messages.", "messages"));
    }
  }
}
