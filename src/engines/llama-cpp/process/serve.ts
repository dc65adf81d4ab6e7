import type { Llama } from "node-llama-cpp";
import type { Operation } from "#charter";
import { readChatRequest } from "../requests/chat.ts";
import { readCompletionRequest } from "../requests/completion.ts";
import { readEmbeddingRequest } from "../requests/embedding.ts";
import { errorBody, invalid, type Refusal, unsupported } from "../requests/refusal.ts";
import { answerChat } from "./answer-chat.ts";
import { answerCompletion } from "./answer-completion.ts";
import { answerEmbedding } from "./answer-embedding.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { type AnswerIdentity, type Outlet, sendJson } from "./outlet.ts";

export interface Question {
  readonly operation: Operation;
  readonly requestId: string;
  /** The client's model name. */
  readonly model: string;
  /** JSON. */
  readonly body: Uint8Array;
}

function parse(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

async function tryAnswer(llama: Llama, model: LoadedModel, question: Question, outlet: Outlet): Promise<Refusal | undefined> {
  const json = parse(question.body);
  if (json === undefined) return invalid("The request body is not valid JSON in UTF-8.", null);
  if (question.operation === "rerank") return unsupported("This backend does not rerank: models in process generate and embed.", "model");
  const identity = (prefix: string): AnswerIdentity => ({
    id: `${prefix}-${question.requestId}`,
    created: Math.floor(Date.now() / 1000),
    model: question.model,
  });
  if (question.operation === "embeddings") {
    const request = readEmbeddingRequest(json.value);
    return request.ok ? answerEmbedding(model, request.value, identity("embd"), outlet) : request.error;
  }
  if (!model.generates) return unsupported("This model gives embeddings only.", "model");
  if (question.operation === "completions") {
    const request = readCompletionRequest(json.value);
    return request.ok ? answerCompletion(model, request.value, identity("cmpl"), outlet) : request.error;
  }
  const request = readChatRequest(json.value);
  return request.ok ? answerChat(llama, model, request.value, identity("chatcmpl"), outlet) : request.error;
}

/** Answers one question. An aborted one ends without a word; what throws here is a fault of the model process. */
export async function serve(llama: Llama, models: ReadonlyMap<string, LoadedModel>, question: Question, outlet: Outlet): Promise<void> {
  const model = models.get(question.model);
  if (model === undefined) throw new Error("asked for a model that was not loaded");
  const refusal = await tryAnswer(llama, model, question, outlet).catch((cause: unknown) => {
    // The call stack is exhausted by nothing but a body that is nested without measure.
    if (cause instanceof RangeError && cause.message.includes("call stack")) return invalid("The request body is nested too deeply.", null);
    throw cause;
  });
  if (refusal !== undefined && !outlet.signal.aborted) sendJson(outlet, 400, errorBody(refusal));
}
