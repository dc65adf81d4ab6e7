import type { GgufTensor } from "./gguf.ts";
import { type Followers, followers, opening } from "./speech.ts";
import type { Vocabulary } from "./vocabulary.ts";

/**
 * Weights by construction instead of training. An embedding has three parts:
 *
 *     [0]            1 for every token: carries what holds after any token
 *     [1 … 47]       one place for each piece that has followers of its own
 *     [48 … 63]      zero: here the attention writes the mood
 *     [64 … 127]     a fixed pseudo-random pattern of the token
 *
 * The queries and keys are zero, so attention is the plain average over everything read so far. The values project the patterns
 * onto 16 numbers, the mood of the prompt, which tips the balance where two followers are equals. The output matrix reads the next
 * token from the current one. The feed-forward part is zero. llama.cpp computes all of it as it would for any model.
 */
export const shape = { width: 128, heads: 4, feedForward: 32, contextLength: 32_768 } as const;

const constantPlace = 0;
const firstPiecePlace = 1;
const firstMoodPlace = 48;
const moodSize = 16;
const firstPatternPlace = 64;

const weightOfFollower = 8;
const weightOfOpening = 4;
/** Between one wish and the next one; large beside the mood, so that only equals depend on the prompt. */
const weightStep = 0.5;
const moodOfEquals = 0.5;
const moodOfOthers = 1 / 32;

/** Numbers in [-1, 1) that are the same on every machine: xorshift on integers, no rounding. */
function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 31 - 1;
  };
}

class Matrix {
  readonly data: Float32Array;
  readonly #columns: number;

  constructor(columns: number, rows: number) {
    this.data = new Float32Array(columns * rows);
    this.#columns = columns;
  }

  set(row: number, column: number, value: number): void {
    this.data[row * this.#columns + column] = value;
  }
}

function embeddings(vocabulary: Vocabulary, placeOf: ReadonlyMap<number, number>): Matrix {
  const matrix = new Matrix(shape.width, vocabulary.entries.length);
  const random = pseudoRandom(1);
  vocabulary.entries.forEach((_, id) => {
    matrix.set(id, constantPlace, 1);
    const place = placeOf.get(id);
    if (place !== undefined) matrix.set(id, place, 1);
    for (let column = firstPatternPlace; column < shape.width; column += 1) matrix.set(id, column, random() / 4);
  });
  return matrix;
}

function outputs(vocabulary: Vocabulary, placeOf: ReadonlyMap<number, number>): Matrix {
  const matrix = new Matrix(shape.width, vocabulary.entries.length);
  const random = pseudoRandom(2);
  const wish = (column: number, best: number, wishes: Followers): void => {
    wishes.forEach((equals, rank) => {
      for (const piece of equals) matrix.set(vocabulary.idOf(piece), column, best - rank * weightStep);
    });
  };
  const equals = new Set([...Object.values(followers), opening].flatMap((wishes) => wishes.filter((group) => group.length > 1).flat()));
  vocabulary.entries.forEach(({ piece, kind }, id) => {
    // Never a byte where a character will do.
    if (kind === 6) matrix.set(id, constantPlace, -1);
    const strength = equals.has(piece) ? moodOfEquals : moodOfOthers;
    for (let mood = 0; mood < moodSize; mood += 1) matrix.set(id, firstMoodPlace + mood, random() * strength);
  });
  wish(constantPlace, weightOfOpening, opening);
  for (const [piece, wishes] of Object.entries(followers)) {
    const place = placeOf.get(vocabulary.idOf(piece));
    if (place !== undefined) wish(place, weightOfFollower, wishes);
  }
  return matrix;
}

function moodProjection(): { values: Matrix; result: Matrix } {
  const random = pseudoRandom(3);
  const values = new Matrix(shape.width, shape.width);
  const result = new Matrix(shape.width, shape.width);
  for (let mood = 0; mood < moodSize; mood += 1) {
    for (let column = firstPatternPlace; column < shape.width; column += 1) values.set(mood, column, random() / 4);
    result.set(firstMoodPlace + mood, mood, 1);
  }
  return { values, result };
}

/** The tensors of a llama-architecture model with one layer. */
export function buildTensors(vocabulary: Vocabulary): readonly GgufTensor[] {
  const { width, feedForward } = shape;
  const pieces = Object.keys(followers).map((piece) => vocabulary.idOf(piece));
  if (firstPiecePlace + pieces.length > firstMoodPlace) throw new Error("more pieces with followers than places for them");
  const placeOf = new Map(pieces.map((id, index) => [id, firstPiecePlace + index]));
  const mood = moodProjection();
  const ones = new Float32Array(width).fill(1);
  const tensor = (name: string, size: readonly number[], data: Float32Array = new Float32Array(size.reduce((one, other) => one * other, 1))): GgufTensor => ({
    name,
    shape: size,
    data,
  });
  return [
    tensor("token_embd.weight", [width, vocabulary.entries.length], embeddings(vocabulary, placeOf).data),
    tensor("blk.0.attn_norm.weight", [width], ones),
    tensor("blk.0.attn_q.weight", [width, width]),
    tensor("blk.0.attn_k.weight", [width, width]),
    tensor("blk.0.attn_v.weight", [width, width], mood.values.data),
    tensor("blk.0.attn_output.weight", [width, width], mood.result.data),
    tensor("blk.0.ffn_norm.weight", [width], ones),
    tensor("blk.0.ffn_gate.weight", [width, feedForward]),
    tensor("blk.0.ffn_up.weight", [width, feedForward]),
    tensor("blk.0.ffn_down.weight", [feedForward, width]),
    tensor("output_norm.weight", [width], ones),
    tensor("output.weight", [width, vocabulary.entries.length], outputs(vocabulary, placeOf).data),
  ];
}
