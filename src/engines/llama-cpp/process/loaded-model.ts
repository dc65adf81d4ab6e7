import type { Llama, LlamaContext, LlamaContextSequence, LlamaEmbeddingContext, LlamaModel, Token } from "node-llama-cpp";
import type { ModelFile } from "../messages.ts";
import { ChatPrompt, type Segment } from "./chat-prompt.ts";

const defaultContext = 8192;
/** A pooled embedding is computed in one piece, so its context is also the size of a batch. */
const defaultEmbeddingContext = 2048;
const evaluationBatch = 512;

const pieceLength = 16_384;
/** Tokens by which the count of a text may grow when it is cut in two. */
const cutTolerance = 8;

/** Models that look at the whole text at once, such as BERT, say so in their file; they give embeddings only. */
function isCausal(model: LlamaModel): boolean {
  const { attention } = model.fileInfo.architectureMetadata as { attention?: { causal?: unknown } };
  return attention?.causal !== false && model.fileInsights.hasDecoder;
}

/** A file of weights in memory, with room for `parallel` answers at one time. */
export class LoadedModel {
  readonly model: LlamaModel;
  /** undefined = the model has no chat template. */
  readonly chatPrompt: ChatPrompt | undefined;
  /** False for models that only encode, such as BERT. */
  readonly generates: boolean;
  readonly #context: LlamaContext | undefined;
  readonly #free: LlamaContextSequence[];
  readonly #waiting: ((sequence: LlamaContextSequence) => void)[] = [];
  readonly #embeddingContextSize: number;
  #embedding: Promise<LlamaEmbeddingContext> | undefined;

  private constructor(model: LlamaModel, context: LlamaContext | undefined, sequences: LlamaContextSequence[], embeddingContextSize: number) {
    this.model = model;
    this.generates = context !== undefined;
    this.#context = context;
    this.#free = sequences;
    this.#embeddingContextSize = embeddingContextSize;
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    if (typeof template === "string" && this.generates) {
      this.chatPrompt = new ChatPrompt({
        template,
        bos: model.tokens.bosString ?? "",
        eos: model.tokens.eosString ?? "",
        holdsControlToken: (text) => model.tokenize(text.toWellFormed(), true).some((token) => model.isSpecialToken(token)),
      });
    }
  }

  static async load(llama: Llama, file: ModelFile, parallel: number): Promise<LoadedModel> {
    const model = await llama.loadModel({ modelPath: file.path, gpuLayers: 0 });
    const trained = model.trainContextSize;
    const generates = isCausal(model);
    const context = generates
      ? await model.createContext({ contextSize: file.context ?? Math.min(trained, defaultContext), sequences: parallel, batchSize: evaluationBatch })
      : undefined;
    const sequences = context === undefined ? [] : Array.from({ length: parallel }, () => context.getSequence());
    const embeddingContextSize = file.context ?? Math.min(trained, generates ? defaultEmbeddingContext : defaultContext);
    return new LoadedModel(model, context, sequences, embeddingContextSize);
  }

  /** Tokens that a prompt and its answer may have together. */
  get contextSize(): number {
    return this.#context?.contextSize ?? 0;
  }

  /** Runs in a place of its own. It is empty before and after: nothing of one request is left for the next one. */
  async withSequence<Value>(run: (sequence: LlamaContextSequence) => Promise<Value>): Promise<Value> {
    const sequence = this.#free.pop() ?? (await new Promise<LlamaContextSequence>((resolve) => this.#waiting.push(resolve)));
    try {
      await sequence.clearHistory();
      return await run(sequence);
    } finally {
      await sequence.clearHistory();
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(sequence);
      else next(sequence);
    }
  }

  embeddingContext(): Promise<LlamaEmbeddingContext> {
    const size = this.#embeddingContextSize;
    this.#embedding ??= this.model.createEmbeddingContext({ contextSize: size, batchSize: size });
    return this.#embedding;
  }

  get embeddingContextSize(): number {
    return this.#embeddingContextSize;
  }

  get vocabularySize(): number {
    return this.model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length ?? 0;
  }

  /** Tokens of a text in which control tokens are not read; undefined = certainly more than `most`, found without reading it all. */
  tokenize(text: string, most: number): Token[] | undefined {
    return this.#tokenize(text, false, most);
  }

  /** Tokens of a prompt, beginning as the model was trained to see it; undefined = certainly more than `most`. */
  tokenizePrompt(segments: readonly Segment[], most: number): Token[] | undefined {
    const tokens: Token[] = [];
    for (const { text, from } of segments) {
      const piece = this.#tokenize(text, from === "template", most - tokens.length);
      if (piece === undefined) return undefined;
      for (const token of piece) tokens.push(token);
    }
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  #tokenize(text: string, control: boolean, most: number): Token[] | undefined {
    const wellFormed = text.toWellFormed();
    if (wellFormed.length > 2 * pieceLength && this.#isCertainlyLonger(wellFormed, most)) return undefined;
    return this.model.tokenize(wellFormed, control, "trimLeadingSpace");
  }

  /** Counts piece by piece, so that a text of megabytes costs no more than a context that is full. */
  #isCertainlyLonger(text: string, most: number): boolean {
    let count = 0;
    for (let start = 0; start < text.length; start += pieceLength) {
      count += this.model.tokenize(text.slice(start, start + pieceLength).toWellFormed(), false).length - cutTolerance;
      if (count > most) return true;
    }
    return false;
  }
}
