import { parseArgs } from "node:util";
import { carriers } from "./carriers.ts";
import type { Endpoint } from "./model.ts";
import { type Shape, shapes } from "./shapes.ts";

export interface Options {
  readonly json: boolean;
  /** Undefined: the mechanical half alone. */
  readonly endpoint: Endpoint | undefined;
  readonly shapes: readonly Shape[];
  readonly languages: readonly string[];
  readonly legend: boolean;
  readonly tokenizers: readonly string[];
  /** Where the tables are written as Markdown. */
  readonly results: string | undefined;
}

export const usage = `npm run bench:tokens -- [options]
  --json                 the results as JSON
  --results FILE         write the tables as Markdown too
  --tokenizer NAME=FILE  a module with an encode function; may be given more than once
  --url URL              also ask a model behind an OpenAI-compatible endpoint, e.g. http://127.0.0.1:8000/v1
  --model NAME           the model to ask for
  --key env:NAME         its key, from the environment
  --shapes a,b           which shapes to ask about (default: all; their names are the first column of the tables)
  --languages en,de      of ${carriers.map(({ language }) => language).join(", ")} (default: en,de,fr,pl,hu,fi)
  --legend               tell the model to copy tokens, as Freehold does
  --timeout SECONDS      for one answer (default 120)
`;

/** Throws an Error with a sentence for the user. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      json: { type: "boolean", default: false },
      results: { type: "string" },
      tokenizer: { type: "string", multiple: true, default: [] },
      url: { type: "string" },
      model: { type: "string" },
      key: { type: "string" },
      shapes: { type: "string" },
      languages: { type: "string", default: "en,de,fr,pl,hu,fi" },
      legend: { type: "boolean", default: false },
      timeout: { type: "string", default: "120" },
    },
  });
  if (values.help === true) return undefined;
  if (values.url !== undefined && values.model === undefined) throw new Error("--url needs --model");
  const seconds = Number(values.timeout);
  if (!(seconds > 0)) throw new Error(`--timeout takes seconds, not ${values.timeout}`);
  const endpoint =
    values.url === undefined ? undefined : { url: values.url, model: values.model ?? "", key: keyFrom(values.key, environment), timeoutMs: seconds * 1000 };
  return {
    json: values.json,
    endpoint,
    shapes: values.shapes === undefined ? shapes : chosen(values.shapes.split(",")),
    languages: values.languages.split(",").map((language) => {
      if (!carriers.some((carrier) => carrier.language === language)) throw new Error(`there is no text in ${language}`);
      return language;
    }),
    legend: values.legend,
    tokenizers: values.tokenizer,
    results: values.results,
  };
}

function keyFrom(reference: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  if (reference === undefined) return undefined;
  const name = /^env:(\w+)$/.exec(reference)?.[1];
  if (name === undefined) throw new Error("--key takes env:NAME, so that the key is in no list of processes");
  const key = environment[name];
  if (key === undefined || key === "") throw new Error(`the environment variable ${name} is not set`);
  return key;
}

function chosen(names: readonly string[]): readonly Shape[] {
  return names.map((name) => {
    const found = shapes.find((shape) => shape.name === name);
    if (found === undefined) throw new Error(`--shapes takes ${shapes.map((shape) => shape.name).join(", ")}, not ${name}`);
    return found;
  });
}
