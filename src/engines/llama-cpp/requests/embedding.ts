import { z } from "zod";
import { err, ok, type Result } from "#kernel";
import { inputField, inputsOf, type TokenisableInput } from "./completion.ts";
import { invalid, type Refusal, read, unsupported } from "./refusal.ts";

export interface EmbeddingRequest {
  readonly inputs: readonly TokenisableInput[];
  readonly encoding: "float" | "base64";
}

const embeddingBody = z.object({
  input: inputField,
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().nullish(),
});

/** Reads the body of `embeddings`. */
export function readEmbeddingRequest(input: unknown): Result<EmbeddingRequest, Refusal> {
  const parsed = read(embeddingBody, input);
  if (!parsed.ok) return parsed;
  const body = parsed.value;
  if (body.dimensions !== null && body.dimensions !== undefined) return err(unsupported("This backend's embeddings have one length.", "dimensions"));
  const inputs = inputsOf(body.input);
  const empty = inputs.findIndex((entry) => entry.length === 0);
  if (empty >= 0) return err(invalid("An input must not be empty.", inputs.length > 1 ? `input[${empty}]` : "input"));
  return ok({ inputs, encoding: body.encoding_format ?? "float" });
}
