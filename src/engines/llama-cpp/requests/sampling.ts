import { randomInt } from "node:crypto";
import { z } from "zod";
import { type Refusal, unsupported } from "./refusal.ts";

/** How the next token is chosen. */
export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  /** 0 = all tokens. */
  readonly topK: number;
  readonly minP: number;
  readonly seed: number;
  readonly presencePenalty: number;
  readonly frequencyPenalty: number;
}

/** What chat and plain completions have in common. */
export interface GenerationRequest {
  readonly sampling: Sampling;
  /** undefined = as many as the context holds. */
  readonly maxTokens: number | undefined;
  readonly stop: readonly string[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

const seeds = 2 ** 32;
const stopString = z.string().min(1).max(1024);
const tokenCount = z.int().min(1);

export const generationFields = {
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(-1).max(1_000_000).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  max_tokens: tokenCount.nullish(),
  stop: z.union([stopString, z.array(stopString).max(16)]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
};

const fields = z.object(generationFields);
type Fields = z.infer<typeof fields>;

export const maxTokensField = tokenCount.nullish();

/** `maxTokens` where the body says nothing is the caller's. */
export function generationRequest(body: Fields, maxTokens: number | undefined): GenerationRequest {
  const { seed, stop } = body;
  return {
    sampling: {
      temperature: body.temperature ?? 1,
      topP: body.top_p ?? 1,
      topK: Math.max(0, body.top_k ?? 0),
      minP: body.min_p ?? 0,
      seed: seed === null || seed === undefined ? randomInt(seeds) : ((seed % seeds) + seeds) % seeds,
      presencePenalty: body.presence_penalty ?? 0,
      frequencyPenalty: body.frequency_penalty ?? 0,
    },
    maxTokens,
    stop: typeof stop === "string" ? [stop] : (stop ?? []),
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
  };
}

/** What the engine cannot do, said plainly instead of being passed over. */
export function unsupportedGeneration(body: Fields): Refusal | undefined {
  if ((body.n ?? 1) > 1) return unsupported("This backend gives one answer per request: n must be 1.", "n");
  if (Object.keys(body.logit_bias ?? {}).length > 0) return unsupported("This backend does not support logit_bias.", "logit_bias");
  return undefined;
}
