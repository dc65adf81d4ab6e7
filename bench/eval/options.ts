import { parseArgs } from "node:util";

export interface Options {
  /** Undefined = all. */
  readonly sets: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly misses: boolean;
  readonly falseAlarms: boolean;
  /** Mistakes to print at most. */
  readonly limit: number;
  readonly json: boolean;
  readonly speed: boolean;
}

export const usage = `npm run eval -- [options]
  --set a,b            only these sets (also: fixtures, speed)
  --type a,b           only these types, e.g. person,iban
  --misses             print labels that were not found, with the text around them
  --false-alarms       print findings that should not be, with the text around them
  --limit N            mistakes to print at most (default 200)
  --no-speed           leave the speed out
  --json               everything as one JSON document; without any text of the sets

It reads ../shared/data/pii beside the checkout and says so where that is not there. The mistakes are printed
to the terminal and nowhere else: the text is other people's.
`;

/** Undefined where help was asked for; throws an Error with a sentence for the user. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      set: { type: "string" },
      type: { type: "string" },
      misses: { type: "boolean", default: false },
      "false-alarms": { type: "boolean", default: false },
      limit: { type: "string", default: "200" },
      "no-speed": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  if (values.help === true) return undefined;
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 0) throw new Error(`--limit takes a whole number, not ${values.limit}`);
  const sets = values.set?.split(",");
  return {
    sets,
    types: values.type?.split(","),
    misses: values.misses,
    falseAlarms: values["false-alarms"],
    limit,
    json: values.json,
    speed: !values["no-speed"] && (sets === undefined || sets.includes("speed")) && values.type === undefined,
  };
}
