import { hash } from "node:crypto";
import { chatTemplate } from "./chat-template.ts";
import { type GgufValue, writeGguf } from "./gguf.ts";
import { buildVocabulary, type Vocabulary } from "./vocabulary.ts";
import { buildTensors, shape } from "./weights.ts";

const text = (value: string): GgufValue => ({ type: "string", value });
const count = (value: number): GgufValue => ({ type: "uint32", value });
const real = (value: number): GgufValue => ({ type: "float32", value });
const flag = (value: boolean): GgufValue => ({ type: "bool", value });

const poolingMean = 1;

function describe(vocabulary: Vocabulary): [string, GgufValue][] {
  const { entries, idOf } = vocabulary;
  return [
    ["general.architecture", text("llama")],
    ["general.name", text("freehold-demo")],
    ["general.description", text("A demonstration model, built by a script and not trained. Its answers mean nothing.")],
    ["general.license", text("CC0-1.0")],
    ["general.file_type", count(0)],
    ["general.alignment", count(32)],
    ["llama.vocab_size", count(entries.length)],
    ["llama.context_length", count(shape.contextLength)],
    ["llama.embedding_length", count(shape.width)],
    ["llama.block_count", count(1)],
    ["llama.feed_forward_length", count(shape.feedForward)],
    ["llama.attention.head_count", count(shape.heads)],
    ["llama.attention.head_count_kv", count(shape.heads)],
    ["llama.attention.layer_norm_rms_epsilon", real(1e-5)],
    ["llama.rope.dimension_count", count(shape.width / shape.heads)],
    ["llama.rope.freq_base", real(10_000)],
    ["llama.pooling_type", count(poolingMean)],
    ["tokenizer.ggml.model", text("llama")],
    ["tokenizer.ggml.tokens", { type: "strings", value: entries.map((entry) => entry.piece) }],
    ["tokenizer.ggml.scores", { type: "float32s", value: entries.map((entry) => entry.score) }],
    ["tokenizer.ggml.token_type", { type: "int32s", value: entries.map((entry) => entry.kind) }],
    ["tokenizer.ggml.unknown_token_id", count(idOf("<unk>"))],
    ["tokenizer.ggml.bos_token_id", count(idOf("<s>"))],
    ["tokenizer.ggml.eos_token_id", count(idOf("<|im_end|>"))],
    ["tokenizer.ggml.padding_token_id", count(idOf("</s>"))],
    ["tokenizer.ggml.add_bos_token", flag(true)],
    ["tokenizer.ggml.add_eos_token", flag(false)],
    ["tokenizer.ggml.add_space_prefix", flag(false)],
    ["tokenizer.chat_template", text(chatTemplate)],
  ];
}

/** The demonstration model as a GGUF file of about 1 MB: the same bytes on every machine. */
export function buildDemoModel(): Buffer {
  const vocabulary = buildVocabulary();
  return writeGguf(describe(vocabulary), buildTensors(vocabulary));
}

/** `sha256:…` of a model file's bytes. */
export const digestOfFile = (bytes: Buffer): string => `sha256:${hash("sha256", bytes, "hex")}`;
