import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "./results.ts";
import { asMarkdown, asText, tablesOf } from "./tables.ts";

const circumstances = ({ date, machine, flush, placing, plan }: Results): string =>
  `${date.slice(0, 10)}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGB} GB, ${machine.system}, Node ${machine.node}; ` +
  `one flush to disk takes ${flush.p50.toFixed(2)} ms (p99 ${flush.p99.toFixed(2)}); ${placing}; ` +
  `${plan.rounds === 1 ? "one round" : `medians of ${plan.rounds} rounds`}.`;

export function text(results: Results): string {
  const skipped = results.skipped.map(({ name, reason }) => `${name} was skipped: ${reason}.`);
  return [circumstances(results), ...tablesOf(results).map(asText), [...skipped, ...results.remarks].join("\n")].filter((part) => part !== "").join("\n\n");
}

function markdown(results: Results): string {
  const targets = results.targets.map(({ name, description }) => `- **${name}**: ${description}`);
  const skipped = results.skipped.map(({ name, reason }) => `- ${name} was skipped: ${reason}.`);
  const remarks = results.remarks.map((remark) => `- ${remark}`);
  return `${[
    "# The latest run of the bench",
    "Written by `npm run bench`. What each figure means, and what it does not, stands in [the README](../README.md).",
    circumstances(results),
    targets.join("\n"),
    ...tablesOf(results).map(asMarkdown),
    ...(skipped.length + remarks.length === 0 ? [] : [`## Remarks\n\n${[...skipped, ...remarks].join("\n")}`]),
  ].join("\n\n")}\n`;
}

/** Writes the figures as `<date>.json` and the tables as `latest.md`; the files that it wrote. */
export function write(results: Results, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files = [
    [join(folder, `${results.date.slice(0, 10)}.json`), `${JSON.stringify(results, null, 2)}\n`],
    [join(folder, "latest.md"), markdown(results)],
  ] as const;
  for (const [file, content] of files) writeFileSync(file, content);
  return files.map(([file]) => file);
}
