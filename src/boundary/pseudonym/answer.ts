import type { TextForm } from "./restore.ts";
import { createRestorer } from "./restorer.ts";
import type { Vault } from "./vault.ts";

/** What the request tells about its answer. */
export interface AnswerForm {
  /** The answer's text is a JSON document, as the request asked: values are escaped in it. */
  readonly json?: boolean;
}

/** Members whose strings are JSON texts: the arguments of tool calls. */
const jsonMembers = new Set(["arguments", "partial_json"]);
/** Members that hold the answer's text. */
const textMembers = new Set(["content", "text"]);

/** In which form a member's string is to be restored. */
export function textForm(member: string | undefined, { json }: AnswerForm): TextForm {
  if (member === undefined) return "text";
  return jsonMembers.has(member) || (json === true && textMembers.has(member)) ? "json" : "text";
}

/** Log probabilities speak of the model's own pieces of the tokens: beside the restored text they contradict it, and nothing of them can be restored. */
export const removedMember = "logprobs";

/** Deeper members are left as they are: no answer nests so, and the walk must not exhaust the stack. */
const maxDepth = 256;

export interface RestoredAnswer {
  /** A new value. */
  readonly body: unknown;
  /** Tokens that the model changed or invented. */
  readonly unresolved: number;
}

/** A complete answer with every string restored, arguments of tool calls as the JSON texts that they are. */
export function restoreAnswer(body: unknown, vault: Vault, form: AnswerForm = {}): RestoredAnswer {
  if (vault.size === 0) return { body, unresolved: 0 };
  let unresolved = 0;

  function text(value: string, member: string | undefined): string {
    const restorer = createRestorer(vault, textForm(member, form));
    const restored = restorer.push(value) + restorer.end();
    unresolved += restorer.unresolved;
    return restored;
  }

  function walk(value: unknown, member: string | undefined, depth: number): unknown {
    if (typeof value === "string") return text(value, member);
    if (typeof value !== "object" || value === null || depth === maxDepth) return value;
    if (Array.isArray(value)) return (value as readonly unknown[]).map((element) => walk(element, member, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, below]): [string, unknown] => [
        text(name, undefined),
        name === removedMember && typeof below === "object" ? null : walk(below, name, depth + 1),
      ]),
    );
  }

  return { body: walk(body, undefined, 0), unresolved };
}

/** Formats in which a client asks for an answer in JSON: OpenAI's, vLLM's and Ollama's. */
const jsonFormats = new Set(["json_object", "json_schema"]);

/** What a request tells about the form of its answer. */
export function answerForm(request: unknown): AnswerForm {
  if (typeof request !== "object" || request === null) return {};
  const { response_format: format, guided_json: guided, structured_outputs: structured } = request as Readonly<Record<string, unknown>>;
  const type: unknown = typeof format === "object" && format !== null ? (format as { readonly type?: unknown }).type : undefined;
  const byGuide = guided !== undefined && guided !== null;
  const byStructure = typeof structured === "object" && structured !== null && "json" in structured;
  return { json: (typeof type === "string" && jsonFormats.has(type)) || byGuide || byStructure };
}
