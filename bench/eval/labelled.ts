import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Text labelled by third parties, beside the checkout; its README tells the sources, the licences and the rules of scoring. */
const folder = join(dirname(dirname(dirname(import.meta.dirname))), "shared", "data", "pii");

/** Whether the labelled text is there. */
export const labelledTextIsThere = existsSync(join(folder, "README.md"));

/** One labelled text. Offsets are UTF-16 code units. */
export interface Row {
  readonly id: string;
  readonly lang: string;
  readonly text: string;
  readonly spans: readonly Span[];
  /** Whether the text holds what `target` names; absent where every span of the text is labelled. */
  readonly kind?: "positive" | "negative";
  readonly target?: string;
  readonly lane?: string;
  readonly region?: string;
  readonly eu?: boolean;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  /** `keep`: public by the benchmark's own rule. */
  readonly protection?: string;
}

/** The names of the sets that are there. */
export const setNames = (): readonly string[] =>
  labelledTextIsThere
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".jsonl.gz"))
        .map((name) => name.slice(0, -".jsonl.gz".length))
        .sort()
    : [];

export const readSet = (set: string): readonly Row[] =>
  gunzipSync(readFileSync(join(folder, `${set}.jsonl.gz`)))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
