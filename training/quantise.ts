import { labelCount } from "../src/boundary/names/tagger/chain.ts";
import { rowCount } from "../src/boundary/names/tagger/features.ts";
import { digestOf, layout, scoredLabels, type WeightsFile } from "../src/boundary/names/tagger/weights.ts";
import type { Model } from "./learn.ts";

/** Steps per unit: weights beyond 127 / 48 are cut, which hardly any is. */
const stepsPerUnit = 48;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** A model as the file that ships: a signed byte per weight, the score of "no name" being 0. */
export function quantise(model: Model, mentions: readonly number[], threshold: number): WeightsFile {
  const rows = new Int8Array(rowCount * scoredLabels);
  for (let row = 0; row < rowCount; row += 1) {
    const none = model.weights[row * labelCount] ?? 0;
    for (let label = 1; label < labelCount; label += 1) {
      const value = Math.round(((model.weights[row * labelCount + label] ?? 0) - none) * stepsPerUnit);
      rows[row * scoredLabels + label - 1] = Math.max(-127, Math.min(127, value));
    }
  }
  const bytes = Buffer.from(rows.buffer);
  return {
    layout,
    step: 1 / stepsPerUnit,
    threshold,
    transitions: Array.from(model.transitions, rounded),
    mentions: mentions.map(rounded),
    digest: digestOf(bytes),
    rows: bytes.toString("base64"),
  };
}
