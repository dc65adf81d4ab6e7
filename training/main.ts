/**
 * `npm run train`: learns the weights of the name tagger and writes them with their sources. The same data give the same weights. First it
 * learns from four documents in five and measures on the fifth; then it learns from all that may be learnt from, and writes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findNames } from "../src/boundary/names/names.ts";
import type { NameTagger } from "../src/boundary/names/tagger/port.ts";
import { createTagger } from "../src/boundary/names/tagger/tagger.ts";
import { loadWeights, type WeightsFile } from "../src/boundary/names/tagger/weights.ts";
import { type Document, dataFolder, isHeldOut, readSource, type Source, sources } from "./corpus.ts";
import { readExamples } from "./examples.ts";
import { type LearnOptions, learn } from "./learn.ts";
import { measure } from "./measure.ts";
import { quantise } from "./quantise.ts";
import { createRandom } from "./random.ts";
import { learnSecondLook } from "./second-look.ts";
import { writeSources } from "./sources-page.ts";
import { writeSyntheticDocuments } from "./synthetic/generator.ts";

const options: LearnOptions = { seed: 1, epochs: 6, rate: 0.04, dropOwn: 0.1, dropAny: 0, leastSeen: 6, decay: 5e-4 };
const syntheticSeed = 7;
const syntheticWeight = 0.5;
/** Chosen on the held-out documents: recall first, at a precision of about 70 %. */
const threshold = 0.25;

const weightsPath = join(import.meta.dirname, "..", "src", "boundary", "names", "data", "weights.json");
const sourcesPath = join(import.meta.dirname, "SOURCES.md");

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function learnWeights(documents: readonly Document[]): WeightsFile {
  const synthetic = writeSyntheticDocuments(createRandom(syntheticSeed));
  const examples = [...documents.flatMap((document) => readExamples(document, 1)), ...synthetic.flatMap((document) => readExamples(document, syntheticWeight))];
  const mentions = learnSecondLook(documents, synthetic, syntheticWeight, options);
  return quantise(learn(examples, options), mentions, threshold);
}

const percent = (share: number): string => (share * 100).toFixed(1).padStart(5);

const thresholds = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5];

/** The tagger alone at several thresholds, and what the room makes of its spans with the lexicon and the rules. */
function report(title: string, file: WeightsFile, sets: readonly (readonly [Source, readonly Document[]])[]): void {
  say(
    `\n${title}: recall/precision of people by overlap\nset            people   with rules   tagger alone at threshold ${thresholds.join(", ")} (ships: ${file.threshold})`,
  );
  const weights = loadWeights(file);
  const shipped = createTagger(weights);
  const withRules: NameTagger = {
    tag: (text) =>
      findNames(text, undefined, shipped)
        .filter(({ type }) => type === "person")
        .map(({ start, end, confidence }) => ({ start, end, label: "person", score: confidence })),
  };
  for (const [source, documents] of sets) {
    const whole = measure(withRules, documents);
    const alone = thresholds.map((threshold) => measure(createTagger({ ...weights, threshold }), documents, threshold));
    const figures = [whole, ...alone].map(({ recall, precision }) => `${percent(recall)}/${percent(precision)}`);
    say(`${source.name.padEnd(14)} ${String(whole.labelled).padStart(6)}  ${figures.join("  ")}`);
  }
}

function train(): void {
  const sets: (readonly [Source, readonly Document[]])[] = [];
  for (const source of sources) {
    const documents = readSource(source.name);
    if (documents === undefined) {
      say(`skipped: ${source.name}.jsonl.gz is not in ${dataFolder}; the weights stay as they are`);
      return;
    }
    sets.push([source, documents]);
  }
  const permitted = sets.filter(([{ train }]) => train).flatMap(([, documents]) => documents);
  const held = sets.map(([source, documents]) => [source, source.train ? documents.filter(isHeldOut) : documents] as const);
  report("Held out (turku-fi and nerkor-hu are never learnt from)", learnWeights(permitted.filter((document) => !isHeldOut(document))), held);
  if (process.argv.includes("--measure")) return;
  const file = learnWeights(permitted);
  writeFileSync(weightsPath, `${JSON.stringify(file)}\n`);
  writeFileSync(sourcesPath, writeSources(file.digest));
  say(`\nwritten: ${weightsPath} (${JSON.stringify(file).length} bytes), ${sourcesPath}`);
}

train();
