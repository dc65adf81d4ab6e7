import { z } from "zod";
import { err, ok, type Result } from "#kernel";
import { type Refusal, read, unsupported } from "./refusal.ts";
import { type GenerationRequest, generationFields, generationRequest, unsupportedGeneration } from "./sampling.ts";

/** Text, or ids of the model's own vocabulary. */
export type TokenisableInput = string | readonly number[];

export interface CompletionRequest extends GenerationRequest {
  readonly prompts: readonly TokenisableInput[];
}

const tokenIds = z.array(z.int().min(0)).min(1);
const manyInputs = 2048;

/** One text, several texts, one list of token ids, or several of those. */
export const inputField = z.union([z.string(), z.array(z.string()).min(1).max(manyInputs), tokenIds, z.array(tokenIds).min(1).max(manyInputs)]);

export const inputsOf = (input: z.infer<typeof inputField>): readonly TokenisableInput[] => {
  if (typeof input === "string") return [input];
  return typeof input[0] === "number" ? [input as number[]] : (input as string[] | number[][]);
};

const completionBody = z.object({
  ...generationFields,
  prompt: inputField,
  suffix: z.string().nullish(),
  echo: z.boolean().nullish(),
  best_of: z.int().min(1).nullish(),
  logprobs: z.int().min(0).nullish(),
});

/** OpenAI's own default for this endpoint. */
const defaultMaxTokens = 16;

/** Reads the body of `completions`. */
export function readCompletionRequest(input: unknown): Result<CompletionRequest, Refusal> {
  const parsed = read(completionBody, input);
  if (!parsed.ok) return parsed;
  const body = parsed.value;
  if (body.suffix) return err(unsupported("This backend does not fill text in before a suffix.", "suffix"));
  if (body.echo) return err(unsupported("This backend does not echo the prompt.", "echo"));
  if ((body.best_of ?? 1) > 1) return err(unsupported("This backend gives one answer per prompt: best_of must be 1.", "best_of"));
  if (body.logprobs) return err(unsupported("This backend does not give log probabilities.", "logprobs"));
  const cannot = unsupportedGeneration(body);
  if (cannot !== undefined) return err(cannot);
  return ok({ ...generationRequest(body, body.max_tokens ?? defaultMaxTokens), prompts: inputsOf(body.prompt) });
}
