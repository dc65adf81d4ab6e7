import { createHash } from "node:crypto";
import { labelCount, linkKinds } from "./chain.ts";
import { rowCount } from "./features.ts";
import { mentionTerms } from "./mentions.ts";

/** Raised whenever a feature, a label or a table changes its meaning: weights of another layout would answer nonsense. */
export const layout = 1;

/** Labels that have weights of their own: all but `NONE`, whose score is 0. */
export const scoredLabels = labelCount - 1;

/** The weights as they lie in the file; `npm run train` writes it. */
export interface WeightsFile {
  readonly layout: number;
  /** What one step of a quantised weight is worth. */
  readonly step: number;
  /** Probability from which a word is taken for a person's name. */
  readonly threshold: number;
  readonly transitions: readonly number[];
  readonly mentions: readonly number[];
  /** SHA-256 of the bytes in `rows`, hexadecimal. */
  readonly digest: string;
  /** Base64: a signed byte per row and label. */
  readonly rows: string;
}

export interface Weights {
  readonly rows: Int8Array;
  readonly step: number;
  readonly threshold: number;
  /** exp(weight) by kind of link, label before, label after. */
  readonly transitions: Float64Array;
  readonly mentions: Float64Array;
}

export const digestOf = (rows: Uint8Array): string => createHash("sha256").update(rows).digest("hex");

/** Throws when the file is of another layout, was cut or was changed: the build is broken, and no text should be judged by it. */
export function loadWeights(file: WeightsFile): Weights {
  if (file.layout !== layout) throw new Error(`name weights: layout ${file.layout} where ${layout} is needed; run npm run train`);
  const bytes = Buffer.from(file.rows, "base64");
  if (bytes.length !== rowCount * scoredLabels) throw new Error(`name weights: ${bytes.length} bytes where ${rowCount * scoredLabels} are needed`);
  if (digestOf(bytes) !== file.digest) throw new Error("name weights: the digest does not match");
  if (file.transitions.length !== linkKinds * labelCount * labelCount) throw new Error("name weights: the transitions are incomplete");
  if (file.mentions.length !== mentionTerms) throw new Error("name weights: the terms for mentions are incomplete");
  return {
    rows: new Int8Array(bytes),
    step: file.step,
    threshold: file.threshold,
    transitions: Float64Array.from(file.transitions, Math.exp),
    mentions: Float64Array.from(file.mentions),
  };
}
