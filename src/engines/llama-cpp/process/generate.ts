import { type LlamaContextSequence, type LlamaGrammar, LlamaGrammarEvaluationState, type SequenceEvaluateOptions, type Token } from "node-llama-cpp";
import type { GenerationRequest, Sampling } from "../requests/sampling.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { StopStrings } from "./stop-strings.ts";
import { TokenText } from "./token-text.ts";

export interface Generation {
  readonly model: LoadedModel;
  readonly sequence: LlamaContextSequence;
  readonly prompt: readonly Token[];
  readonly request: Pick<GenerationRequest, "sampling" | "maxTokens" | "stop">;
  readonly grammar: LlamaGrammar | undefined;
  /** Aborted: generation ends before the next token. */
  readonly signal: AbortSignal;
  /** Called after each piece of work. Resolves when the receiver takes more. */
  readonly pause: () => Promise<void>;
}

export interface GenerationEnd {
  readonly finishReason: "stop" | "length";
  /** Without the token that ends the answer. */
  readonly completionTokens: number;
}

/** Tokens of a prompt that are read between two looks at the abort signal. */
const promptStep = 256;
/** Tokens back that the penalties look. */
const penaltyWindow = 1024;

function evaluateOptions(sampling: Sampling, generated: readonly Token[]): SequenceEvaluateOptions {
  const { temperature, topP, topK, minP, seed, presencePenalty, frequencyPenalty } = sampling;
  const penalised = presencePenalty !== 0 || frequencyPenalty !== 0;
  return {
    temperature,
    topP,
    topK,
    minP,
    seed,
    ...(penalised && {
      repeatPenalty: { penalty: 1, presencePenalty, frequencyPenalty, maxPunishTokens: penaltyWindow, punishTokens: () => generated.slice(-penaltyWindow) },
    }),
  };
}

/** Generates the answer to a prompt that fits into the context, as text that can be shown piece by piece. */
export async function* generate({ model, sequence, prompt, request, grammar, signal, pause }: Generation): AsyncGenerator<string, GenerationEnd, undefined> {
  const room = model.contextSize - prompt.length;
  const most = Math.min(request.maxTokens ?? room, room);
  const text = new TokenText((tokens, before) => model.model.detokenize(tokens, false, before), prompt);
  const stops = new StopStrings(request.stop);
  const generated: Token[] = [];
  const end = (finishReason: GenerationEnd["finishReason"]): GenerationEnd => ({ finishReason, completionTokens: generated.length });

  const last = Math.floor((prompt.length - 1) / promptStep) * promptStep;
  for (let start = 0; start < last; start += promptStep) {
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, start + promptStep));
    await pause();
    if (signal.aborted) return end("stop");
  }
  const state = grammar && { grammarEvaluationState: new LlamaGrammarEvaluationState({ model: model.model, grammar }) };
  for await (const token of sequence.evaluate(prompt.slice(last), { ...evaluateOptions(request.sampling, generated), ...state })) {
    generated.push(token);
    const shown = stops.push(text.push(token));
    if (shown !== "") yield shown;
    if (stops.stopped) return end("stop");
    await pause();
    if (signal.aborted) return end("stop");
    if (generated.length >= most) {
      yield stops.flush();
      return end("length");
    }
  }
  yield stops.flush();
  return end("stop");
}
