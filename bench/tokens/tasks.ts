import { carriers, filled } from "./carriers.ts";
import type { Shape } from "./shapes.ts";

/** What a model is asked to do with a text that holds tokens. */
export interface Task {
  readonly name: string;
  /** Members of the chat request beside model and messages. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The instruction that stands before the text. */
  readonly instruction: string;
  /** Where the answer must name a certain one: the member of its JSON, and which token belongs there. */
  readonly places?: Readonly<Record<string, "a" | "b" | "m">>;
  /** The tokens that a good answer holds. */
  readonly wants: readonly ("a" | "b" | "m")[];
}

const places = { speaker: "a", partner: "b", mail: "m" } as const;
const properties = Object.fromEntries(Object.keys(places).map((name) => [name, { type: "string" }]));
const schema = { type: "object", properties, required: Object.keys(places), additionalProperties: false };
const json = "with the members speaker (who spoke), partner (to whom) and mail (the address)";

const tasks: readonly Task[] = [
  { name: "summarise", instruction: "Summarise in one sentence, naming everybody and the address:", wants: ["a", "b", "m"] },
  { name: "translate", instruction: "Translate into Swedish:", wants: ["a", "b", "m"] },
  { name: "reply", instruction: "Write a polite reply in the same language to the first person named, and name the address:", wants: ["a", "m"] },
  {
    name: "JSON",
    instruction: `Answer with a JSON object ${json}:`,
    extra: { response_format: { type: "json_object" } },
    places,
    wants: ["a", "b", "m"],
  },
  {
    name: "tool call",
    instruction: `Call the tool "record" ${json}:`,
    extra: {
      tools: [{ type: "function", function: { name: "record", description: "Records a conversation.", parameters: schema } }],
      tool_choice: { type: "function", function: { name: "record" } },
    },
    places,
    wants: ["a", "b", "m"],
  },
  { name: "file name", instruction: "Answer with nothing but a file name for these minutes that holds the names of both people:", wants: ["a", "b"] },
  {
    name: "table",
    instruction: "Answer with a Markdown table with the columns role and who or what, for both people and the address:",
    wants: ["a", "b", "m"],
  },
];

/** One question to a model. */
export interface Question {
  readonly task: Task;
  readonly language: string;
  readonly shape: Shape;
  readonly tokens: Readonly<Record<"a" | "b" | "m", string>>;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** Every task in every language with every shape; `legend`: with a line that tells the model to copy tokens. */
export function questions(shapes: readonly Shape[], languages: readonly string[], legend: boolean): readonly Question[] {
  return shapes.flatMap((shape) =>
    carriers
      .filter(({ language }) => languages.includes(language))
      .flatMap(({ language, text }, row) =>
        tasks.map((task, column): Question => {
          const number = 20 * row + 2 * column;
          const tokens = { a: shape.token("person", number + 1), b: shape.token("person", number + 2), m: shape.token("email", number + 1) };
          const line = `Words such as ${tokens.a} stand for real values: copy them exactly, letter by letter.`;
          return {
            task,
            language,
            shape,
            tokens,
            messages: [
              ...(legend ? [{ role: "system", content: line }] : []),
              { role: "user", content: `${task.instruction}\n\n${filled(text, tokens.a, tokens.b, tokens.m)}` },
            ],
          };
        }),
      ),
  );
}
