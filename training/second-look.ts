import { createBlock, readBlock } from "../src/boundary/names/tagger/block.ts";
import { createChain, labelCount, linkCandidates, PERSON, solve } from "../src/boundary/names/tagger/chain.ts";
import { createFeatureRows, readFeatures } from "../src/boundary/names/tagger/features.ts";
import { createMentions, groupMentions, mentionTerms, readTerms } from "../src/boundary/names/tagger/mentions.ts";
import type { Document } from "./corpus.ts";
import { labelOf, readExamples, unlabelled } from "./examples.ts";
import { type LearnOptions, learn, type Model } from "./learn.ts";

interface Judged {
  readonly terms: Float64Array;
  readonly isPerson: boolean;
}

const block = createBlock();
const chain = createChain();
const features = createFeatureRows();
const mentions = createMentions();

/** What the first look makes of a document that it has not learnt from. */
function judge(document: Document, model: Model, transitions: Float64Array): Judged[] {
  const { text } = document;
  const judged: Judged[] = [];
  for (let at = 0; at < text.length; ) {
    at = readBlock(text, at, block);
    linkCandidates(text, block, chain);
    for (let index = 0; index < chain.count; index += 1) {
      readFeatures(text, block, chain.word[index] ?? 0, features);
      for (let label = 0; label < labelCount; label += 1) {
        let score = 0;
        for (let feature = 0; feature < features.count; feature += 1) score += model.weights[(features.rows[feature] ?? 0) * labelCount + label] ?? 0;
        chain.emission[index * labelCount + label] = Math.exp(score);
      }
    }
    solve(chain, transitions);
    groupMentions(text, block, chain, mentions);
    for (let index = 0; index < chain.count; index += 1) {
      const word = chain.word[index] ?? 0;
      const label = labelOf(document, block.start[word] ?? 0, block.end[word] ?? 0);
      if (label === unlabelled) continue;
      const terms = new Float64Array(mentionTerms);
      readTerms(block, chain, mentions, index, terms);
      judged.push({ terms, isPerson: label === PERSON });
    }
  }
  return judged;
}

const rounds = 8;
const rate = 0.1;

/** Logistic regression: the weights of the second look. */
function fit(judged: readonly Judged[]): number[] {
  const weights = new Float64Array(mentionTerms);
  weights[1] = 1;
  const squares = new Float64Array(mentionTerms).fill(1e-6);
  for (let round = 0; round < rounds; round += 1)
    for (const { terms, isPerson } of judged) {
      let score = 0;
      for (let term = 0; term < mentionTerms; term += 1) score += (weights[term] ?? 0) * (terms[term] ?? 0);
      const error = (isPerson ? 1 : 0) - 1 / (1 + Math.exp(-score));
      for (let term = 0; term < mentionTerms; term += 1) {
        const step = error * (terms[term] ?? 0);
        const square = (squares[term] ?? 0) + step * step;
        squares[term] = square;
        weights[term] = (weights[term] ?? 0) + (rate * step) / Math.sqrt(square);
      }
    }
  return [...weights];
}

/** Learns what repeated mentions say: from documents (not single sentences), each judged by a model that has seen the other half only. */
export function learnSecondLook(documents: readonly Document[], synthetic: readonly Document[], syntheticWeight: number, options: LearnOptions): number[] {
  const judged: Judged[] = [];
  for (const half of [0, 1]) {
    const seen = documents.filter((_, index) => index % 2 !== half);
    const unseen = documents.filter((document, index) => index % 2 === half && document.text.length > 400);
    const examples = [...seen.flatMap((document) => readExamples(document, 1)), ...synthetic.flatMap((document) => readExamples(document, syntheticWeight))];
    const model = learn(examples, options);
    const transitions = Float64Array.from(model.transitions, Math.exp);
    for (const document of unseen) for (const one of judge(document, model, transitions)) judged.push(one);
  }
  return fit(judged);
}
