// `npm run eval`: what the detector finds of what others labelled, source by source and kind by kind, and how fast. See README.md.
import { createDetector } from "#boundary";
import { aimsOf, aimTable } from "./aims.ts";
import { announced, setsOfNumbers } from "./announced.ts";
import { fixtureLanguages, readFixtures } from "./fixtures.ts";
import { labelledTextIsThere, readSet, setNames } from "./labelled.ts";
import { fixtureSet } from "./labels.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { mistakeLine, scoreTable } from "./report.ts";
import { type Evaluation, evaluateSet } from "./score.ts";
import { measureSpeed, speedTables } from "./speed.ts";
import { asText } from "./table.ts";

const say = (line: string): boolean => process.stderr.write(`${line}\n`);
const print = (text: string): boolean => process.stdout.write(`${text}\n`);

function evaluateAll({ sets, types }: Options): Evaluation {
  const detector = createDetector();
  const wanted = ({ meaning }: { readonly meaning: string }): boolean => types === undefined || types.includes(meaning);
  const evaluations: Evaluation[] = [];
  for (const set of setNames()) {
    if (sets !== undefined && !sets.includes(set)) continue;
    const rows = readSet(set);
    evaluations.push(evaluateSet(set, rows, detector));
    if (setsOfNumbers.includes(set)) evaluations.push(evaluateSet(set, announced(rows), detector, `${set} behind its name`));
  }
  return {
    scores: evaluations.flatMap((evaluation) => evaluation.scores).filter(wanted),
    mistakes: evaluations.flatMap((evaluation) => evaluation.mistakes).filter(wanted),
  };
}

/** Sentences of our own: whoever wrote the detector wrote them too. */
function evaluateFixtures({ sets, types }: Options): Evaluation {
  if ((sets !== undefined && !sets.includes(fixtureSet)) || (types !== undefined && !types.includes("person"))) return { scores: [], mistakes: [] };
  const detector = createDetector();
  const evaluations = fixtureLanguages().map((language) => evaluateSet(fixtureSet, readFixtures(language), detector, language));
  return {
    scores: evaluations.flatMap((evaluation) => evaluation.scores).filter(({ meaning }) => meaning === "person"),
    mistakes: evaluations.flatMap((evaluation) => evaluation.mistakes).filter(({ meaning }) => meaning === "person"),
  };
}

function main(options: Options): void {
  if (!labelledTextIsThere) say("Skipped the labelled text: it is part of the project's shared data, beside the repository, and is not there.");
  const { scores, mistakes } = evaluateAll(options);
  const own = evaluateFixtures(options);
  const speed = options.speed ? measureSpeed(createDetector()) : undefined;
  const aims = aimsOf(scores, options.types === undefined ? speed : undefined);
  if (options.json) {
    print(JSON.stringify({ scores, notIndependentlyMeasured: own.scores, ...speed, aims }, undefined, 2));
    return;
  }
  const shown = [...mistakes, ...own.mistakes].filter(({ kind }) => (kind === "miss" ? options.misses : options.falseAlarms));
  for (const mistake of shown.slice(0, options.limit)) print(mistakeLine(mistake));
  if (shown.length > options.limit) say(`${shown.length - options.limit} more; --limit shows them.`);
  const tables = [
    ...(scores.length === 0 ? [] : [scoreTable(scores)]),
    ...(own.scores.length === 0 ? [] : [{ ...scoreTable(own.scores), title: "Sentences written for this, by language: not independently measured" }]),
    ...(speed === undefined ? [] : speedTables(speed)),
    ...(aims.length === 0 ? [] : [aimTable(aims)]),
  ];
  print(tables.map(asText).join("\n\n"));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(usage);
  else main(options);
} catch (error) {
  say(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
