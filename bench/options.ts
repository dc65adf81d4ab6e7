import { parseArgs } from "node:util";
import { resultsFolder } from "./folders.ts";
import { fullPlan, type Plan, quickPlan } from "./plan.ts";
import type { Build } from "./targets/freehold.ts";

export const targetNames = ["direct", "nginx", "fastify", "portkey", "freehold"] as const;
export type TargetName = (typeof targetNames)[number];

export interface Options {
  readonly plan: Plan;
  readonly targets: readonly TargetName[];
  /** Measure memory over 200,000 requests too. */
  readonly long: boolean;
  /** Undefined = the build where there is one, else the sources. */
  readonly build: Build | undefined;
  readonly results: string;
  /** Where the Node targets write CPU profiles; undefined = none. */
  readonly profile: string | undefined;
}

export const usage = `npm run bench -- [options]
  --quick              about a minute: one short round
  --long               also Freehold's memory over 200,000 requests
  --targets a,b        of ${targetNames.join(", ")} (default: all; direct is always measured)
  --rounds N           default 3
  --prompts 1,16,128   kilobytes of prompt text; the first is the one that counts for latency
  --freehold WHICH     dist (what the package ships) or source; default dist where it is built
  --profile FOLDER     write CPU profiles of the Node targets there (slows them down)
  --results FOLDER     default bench/results
`;

/** Throws an Error with a sentence for the user. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      quick: { type: "boolean", default: false },
      long: { type: "boolean", default: false },
      targets: { type: "string" },
      rounds: { type: "string" },
      prompts: { type: "string" },
      freehold: { type: "string" },
      profile: { type: "string" },
      results: { type: "string", default: resultsFolder },
    },
  });
  if (values.help === true) return undefined;
  const plan = values.quick ? quickPlan : fullPlan;
  const build = values.freehold;
  if (build !== undefined && build !== "dist" && build !== "source") throw new Error(`--freehold takes dist or source, not ${build}`);
  return {
    plan: {
      ...plan,
      ...(values.rounds !== undefined && { rounds: whole("--rounds", values.rounds, 100) }),
      ...(values.prompts !== undefined && { prompts: values.prompts.split(",").map((size) => whole("--prompts", size, 4096)) }),
    },
    targets: values.targets === undefined ? targetNames : chosen(values.targets.split(",")),
    long: values.long,
    build,
    results: values.results,
    profile: values.profile,
  };
}

function whole(flag: string, text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new Error(`${flag} takes whole numbers from 1 to ${most}, not ${text}`);
  return number;
}

function chosen(names: readonly string[]): readonly TargetName[] {
  const unknown = names.find((name) => !targetNames.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`--targets takes ${targetNames.join(", ")}, not ${unknown}`);
  return targetNames.filter((name) => name === "direct" || names.includes(name));
}
