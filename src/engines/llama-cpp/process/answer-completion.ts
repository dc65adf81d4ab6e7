import type { Token } from "node-llama-cpp";
import type { CompletionRequest } from "../requests/completion.ts";
import type { Refusal } from "../requests/refusal.ts";
import { type GenerationEnd, generate } from "./generate.ts";
import { tokenizeInputs } from "./inputs.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { type AnswerIdentity, EventStream, type Outlet, sendJson, usageOf } from "./outlet.ts";

/** Generates after one prompt; undefined when aborted. */
async function complete(
  model: LoadedModel,
  request: CompletionRequest,
  prompt: readonly Token[],
  outlet: Outlet,
  show: (text: string) => void,
): Promise<GenerationEnd | undefined> {
  return model.withSequence(async (sequence) => {
    const { signal } = outlet;
    const pieces = generate({ model, sequence, prompt, request, grammar: undefined, signal, pause: () => outlet.pause() });
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) return signal.aborted ? undefined : value;
      if (value !== "") show(value);
    }
  });
}

/** Answers `completions`, the prompts one after the other; gives the refusal where it cannot, before anything is sent. */
export async function answerCompletion(model: LoadedModel, request: CompletionRequest, identity: AnswerIdentity, outlet: Outlet): Promise<Refusal | undefined> {
  const prompts = tokenizeInputs(model, request.prompts, "prompt", model.contextSize, true);
  if (!prompts.ok) return prompts.error;
  const events = new EventStream(outlet, "text_completion", identity, request.includeUsage);
  const choices: object[] = [];
  let promptTokens = 0;
  let completionTokens = 0;
  for (const [index, prompt] of prompts.value.entries()) {
    let text = "";
    const end = await complete(model, request, prompt, outlet, (piece) => {
      if (request.stream) events.choice({ text: piece, index, logprobs: null, finish_reason: null });
      else text += piece;
    });
    if (end === undefined) return undefined;
    promptTokens += prompt.length;
    completionTokens += end.completionTokens;
    const last = { text, index, logprobs: null, finish_reason: end.finishReason };
    if (request.stream) events.choice(last);
    else choices.push(last);
  }
  const usage = usageOf(promptTokens, completionTokens);
  const { id, created, model: name } = identity;
  if (request.stream) events.finish(request.includeUsage ? usage : undefined);
  else sendJson(outlet, 200, JSON.stringify({ id, object: "text_completion", created, model: name, choices, usage }));
  return undefined;
}
