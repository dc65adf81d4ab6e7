import { createChain, labelCount, linkKinds, NONE, solve } from "../src/boundary/names/tagger/chain.ts";
import { rowCount } from "../src/boundary/names/tagger/features.ts";
import { blockSize } from "../src/boundary/names/tagger/words.ts";
import { type Example, unlabelled } from "./examples.ts";
import { createRandom, shuffled } from "./random.ts";

export interface Model {
  /** Row by row, a weight per label. */
  readonly weights: Float32Array;
  readonly transitions: Float32Array;
}

export interface LearnOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly rate: number;
  /** Share of candidates that are learnt without the features that name the word itself: context and letters must carry unknown names. */
  readonly dropOwn: number;
  /** Share of the other features left out at random. */
  readonly dropAny: number;
  /** Rows that fewer candidates share are left out. */
  readonly leastSeen: number;
  readonly decay: number;
}

const transitionSize = linkKinds * labelCount * labelCount;

/** Learns a linear chain by stochastic gradient ascent on the log-likelihood, with a rate per weight (AdaGrad). */
export function learn(examples: readonly Example[], options: LearnOptions): Model {
  const random = createRandom(options.seed);
  const weights = new Float32Array(rowCount * labelCount);
  const squares = new Float32Array(rowCount * labelCount);
  const transitions = new Float32Array(transitionSize);
  const transitionSquares = new Float32Array(transitionSize);
  const expTransitions = new Float64Array(transitionSize).fill(1);
  const seen = new Uint16Array(rowCount);
  for (const { rows } of examples) for (const row of rows) seen[row] = Math.min((seen[row] ?? 0) + 1, 60_000);
  const chain = createChain();
  const kept = new Uint8Array(blockSize * 64);
  const gradient = new Float64Array(labelCount);

  const learnFrom = (example: Example, rate: number): void => {
    const { count, rows, from, own, label, link, weight } = example;
    for (let index = 0; index < count; index += 1) {
      const first = from[index] ?? 0;
      const last = from[index + 1] ?? 0;
      const withoutOwn = random() < options.dropOwn;
      const sums = [0, 0, 0, 0];
      for (let at = first; at < last; at += 1) {
        const row = rows[at] ?? 0;
        const keep = (seen[row] ?? 0) >= options.leastSeen && !(withoutOwn && at - first < (own[index] ?? 0)) && random() >= options.dropAny;
        kept[at] = keep ? 1 : 0;
        if (!keep) continue;
        for (let to = 0; to < labelCount; to += 1) sums[to] = (sums[to] ?? 0) + (weights[row * labelCount + to] ?? 0);
      }
      const most = Math.max(...sums);
      for (let to = 0; to < labelCount; to += 1) chain.emission[index * labelCount + to] = Math.exp((sums[to] ?? 0) - most);
      chain.link[index] = link[index] ?? 0;
    }
    chain.count = count;
    solve(chain, expTransitions);
    for (let index = 0; index < count; index += 1) {
      const gold = label[index] ?? NONE;
      if (gold === unlabelled) continue;
      for (let to = 0; to < labelCount; to += 1) gradient[to] = weight * ((to === gold ? 1 : 0) - (chain.probability[index * labelCount + to] ?? 0));
      for (let at = from[index] ?? 0; at < (from[index + 1] ?? 0); at += 1) {
        if (kept[at] === 0) continue;
        const base = (rows[at] ?? 0) * labelCount;
        for (let to = 0; to < labelCount; to += 1) {
          const value = weights[base + to] ?? 0;
          const step = (gradient[to] ?? 0) - options.decay * value;
          const square = (squares[base + to] ?? 0) + step * step;
          squares[base + to] = square;
          weights[base + to] = value + (rate * step) / Math.sqrt(square + 1e-6);
        }
      }
      const kind = link[index] ?? 0;
      const before = index > 0 ? (label[index - 1] ?? NONE) : NONE;
      if (kind === 0 || before === unlabelled) continue;
      learnTransition(index, kind, before, gold, rate, weight);
    }
  };

  const joint = new Float64Array(labelCount * labelCount);
  const learnTransition = (index: number, kind: number, before: number, gold: number, rate: number, weight: number): void => {
    const { forward, backward, emission } = chain;
    const at = index * labelCount;
    let total = 0;
    for (let one = 0; one < labelCount; one += 1)
      for (let two = 0; two < labelCount; two += 1) {
        const value =
          (forward[at - labelCount + one] ?? 0) *
          (expTransitions[kind * 16 + one * labelCount + two] ?? 1) *
          (emission[at + two] ?? 0) *
          (backward[at + two] ?? 0);
        joint[one * labelCount + two] = value;
        total += value;
      }
    for (let both = 0; both < labelCount * labelCount; both += 1) {
      const place = kind * 16 + both;
      const step = weight * ((both === before * labelCount + gold ? 1 : 0) - (joint[both] ?? 0) / total);
      const square = (transitionSquares[place] ?? 0) + step * step;
      transitionSquares[place] = square;
      const value = (transitions[place] ?? 0) + (rate * step) / Math.sqrt(square + 1e-6);
      transitions[place] = value;
      expTransitions[place] = Math.exp(value);
    }
  };

  // The mean over the later epochs errs less than where the last one happened to stop.
  const meanWeights = new Float32Array(weights.length);
  const meanTransitions = new Float32Array(transitionSize);
  let averaged = 0;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    const rate = options.rate / (1 + epoch * 0.5);
    for (const example of shuffled(examples, random)) learnFrom(example, rate);
    if (epoch < 2) continue;
    averaged += 1;
    for (let at = 0; at < weights.length; at += 1) meanWeights[at] = (meanWeights[at] ?? 0) + ((weights[at] ?? 0) - (meanWeights[at] ?? 0)) / averaged;
    for (let at = 0; at < transitionSize; at += 1)
      meanTransitions[at] = (meanTransitions[at] ?? 0) + ((transitions[at] ?? 0) - (meanTransitions[at] ?? 0)) / averaged;
  }
  return { weights: meanWeights, transitions: meanTransitions };
}
