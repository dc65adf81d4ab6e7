import type { Token } from "node-llama-cpp";
import { err, ok, type Result } from "#kernel";
import type { TokenisableInput } from "../requests/completion.ts";
import { contextExceeded, invalid, type Refusal } from "../requests/refusal.ts";
import type { LoadedModel } from "./loaded-model.ts";

/** Tokens of each input, all below `contextSize`; `begin` puts the model's beginning before a text. */
export function tokenizeInputs(
  model: LoadedModel,
  inputs: readonly TokenisableInput[],
  param: string,
  contextSize: number,
  begin: boolean,
): Result<readonly (readonly Token[])[], Refusal> {
  const all: (readonly Token[])[] = [];
  for (const [index, input] of inputs.entries()) {
    const place = inputs.length > 1 ? `${param}[${index}]` : param;
    if (typeof input !== "string" && input.some((id) => id >= model.vocabularySize)) {
      return err(invalid(`${place}: the model has no token with this id; they go from 0 to ${model.vocabularySize - 1}.`, place));
    }
    const tokens = typeof input === "string" ? tokenizeText(model, input, contextSize, begin) : (input as readonly Token[]);
    if (tokens === undefined) return err(contextExceeded(contextSize, "far more", place));
    if (tokens.length >= contextSize) return err(contextExceeded(contextSize, String(tokens.length), place));
    if (tokens.length === 0) return err(invalid(`${place} must not be empty.`, place));
    all.push(tokens);
  }
  return ok(all);
}

const tokenizeText = (model: LoadedModel, text: string, contextSize: number, begin: boolean): readonly Token[] | undefined =>
  begin ? model.tokenizePrompt([{ text, from: "request" }], contextSize) : model.tokenize(text, contextSize);
