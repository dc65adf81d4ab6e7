// `npm run bench:tokens`: which shape of token survives what programs and models do to text. See README.md.
import { writeFileSync } from "node:fs";
import { mechanicalResults, streamResults } from "./mechanical.ts";
import { modelResults } from "./model.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { type Results, text } from "./report.ts";
import { questions } from "./tasks.ts";
import { costTable, loadTokenizer } from "./tokenizers.ts";

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

async function run(options: Options): Promise<Results> {
  const { endpoint } = options;
  const tokenizers = await Promise.all(options.tokenizers.map(loadTokenizer));
  const asked = questions(options.shapes, options.languages, options.legend);
  return {
    mechanical: mechanicalResults(),
    streams: streamResults(),
    tokenizers: tokenizers.length === 0 ? undefined : { names: tokenizers.map(({ name }) => name), rows: costTable(tokenizers) },
    model:
      endpoint === undefined
        ? undefined
        : {
            name: endpoint.model,
            legend: options.legend,
            rows: await modelResults(asked, endpoint, (done) => {
              if (done % 25 === 0 || done === asked.length) say(`${done} of ${asked.length} answers`);
            }),
          },
  };
}

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) process.stdout.write(usage);
  else {
    const results = await run(options);
    process.stdout.write(options.json ? `${JSON.stringify(results, undefined, 2)}\n` : text(results));
    if (options.results !== undefined) writeFileSync(options.results, text(results));
  }
} catch (error) {
  say(`The bench could not finish: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
