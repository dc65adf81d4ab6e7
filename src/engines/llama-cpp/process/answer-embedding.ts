import type { EmbeddingRequest } from "../requests/embedding.ts";
import { contextExceeded, type Refusal } from "../requests/refusal.ts";
import { tokenizeInputs } from "./inputs.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { type AnswerIdentity, type Outlet, sendJson } from "./outlet.ts";

/** To length 1, as OpenAI's embeddings are. */
function normalised(vector: readonly number[]): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0));
}

/** IEEE 754 single precision, little-endian, in base 64. */
function base64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes.toString("base64");
}

/** Answers `embeddings`; gives the refusal where it cannot, before anything is sent. */
export async function answerEmbedding(model: LoadedModel, request: EmbeddingRequest, identity: AnswerIdentity, outlet: Outlet): Promise<Refusal | undefined> {
  const inputs = tokenizeInputs(model, request.inputs, "input", model.embeddingContextSize, false);
  if (!inputs.ok) return inputs.error;
  const context = await model.embeddingContext();
  // The model may add a token at the beginning and at the end.
  const lengths = inputs.value.map((tokens) => context.calculateInputLength([...tokens]));
  const tooLong = lengths.findIndex((length) => length >= model.embeddingContextSize);
  if (tooLong >= 0) {
    return contextExceeded(model.embeddingContextSize, String(lengths[tooLong]), inputs.value.length > 1 ? `input[${tooLong}]` : "input");
  }
  const data: object[] = [];
  for (const [index, tokens] of inputs.value.entries()) {
    const vector = normalised((await context.getEmbeddingFor([...tokens])).vector);
    data.push({ object: "embedding", index, embedding: request.encoding === "base64" ? base64(vector) : Array.from(vector) });
    await outlet.pause();
    if (outlet.signal.aborted) return undefined;
  }
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  sendJson(outlet, 200, JSON.stringify({ object: "list", data, model: identity.model, usage: { prompt_tokens: tokens, total_tokens: tokens } }));
  return undefined;
}
