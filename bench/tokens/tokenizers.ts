import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { carriers, filled } from "./carriers.ts";
import { type Shape, shapes } from "./shapes.ts";

type Encode = (text: string) => ArrayLike<unknown>;

/** A tokenizer that the user names: a module whose `encode`, by itself or on its default export, gives a text's model tokens. */
export interface Tokenizer {
  readonly name: string;
  readonly encode: Encode;
}

const encodeOf = (value: unknown): Encode | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const { encode } = value as { readonly encode?: unknown };
  return typeof encode === "function" ? (text) => (encode as Encode).call(value, text) : undefined;
};

/** `NAME=FILE` or `FILE`. */
export async function loadTokenizer(argument: string): Promise<Tokenizer> {
  const [file = "", name = basename(argument)] = argument.split("=").reverse();
  const loaded = (await import(pathToFileURL(resolve(file)).href)) as { readonly default?: unknown };
  const encode = encodeOf(loaded) ?? encodeOf(loaded.default);
  if (encode === undefined) throw new Error(`${file} exports no encode function`);
  return { name, encode };
}

/** Model tokens that one token of a shape costs: what the carriers take more with tokens than with a word of one model token in their places. */
export function costs(shape: Shape, { encode }: Tokenizer): number {
  let extra = 0;
  let places = 0;
  for (const [index, { text }] of carriers.entries()) {
    const tokens = [shape.token("person", 2 * index + 1), shape.token("person", 2 * index + 2), shape.token("email", index + 1)] as const;
    const with_ = encode(filled(text, ...tokens)).length;
    extra += with_ - encode(filled(text, "it", "it", "it")).length;
    places += text.split(/\{[abm]\}/).length - 1;
  }
  return 1 + extra / places;
}

/** A row for each shape: model tokens a token, by tokenizer. */
export const costTable = (tokenizers: readonly Tokenizer[]): readonly { readonly shape: string; readonly costs: readonly number[] }[] =>
  shapes.map((shape) => ({ shape: shape.name, costs: tokenizers.map((tokenizer) => Math.round(costs(shape, tokenizer) * 10) / 10) }));
