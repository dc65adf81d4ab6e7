import type { Counts, ShapeResult } from "./mechanical.ts";
import type { ModelRow } from "./model.ts";

export interface Results {
  readonly mechanical: readonly ShapeResult[];
  readonly streams: { readonly streams: number; readonly whole: number };
  readonly tokenizers:
    | { readonly names: readonly string[]; readonly rows: readonly { readonly shape: string; readonly costs: readonly number[] }[] }
    | undefined;
  readonly model: { readonly name: string; readonly legend: boolean; readonly rows: readonly ModelRow[] } | undefined;
}

/** A Markdown table whose columns line up. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}

const code = (text: string): string => `\`${text}\``;
const share = ({ exact, altered, lost }: Counts, of: number): string => ((100 * of) / (exact + altered + lost)).toFixed(1);
const kept = (counts: Counts): string => share(counts, counts.exact + counts.altered);

function mechanicalTables(results: readonly ShapeResult[]): readonly string[] {
  const groups = Object.keys(results[0]?.groups ?? {});
  const overview = table(
    ["shape", "example", "exact %", "read back %", "lost %", "falsely read %"],
    results.map(({ shape, example, total, falselyRead }) => [
      code(shape),
      code(example),
      share(total, total.exact),
      kept(total),
      share(total, total.lost),
      String(falselyRead),
    ]),
  );
  const byGroup = table(
    ["read back, %", ...groups],
    results.map(({ shape, groups: counts }) => [code(shape), ...groups.map((group) => kept(counts[group] ?? { exact: 0, altered: 0, lost: 0 }))]),
  );
  const losses = results.map(
    ({ shape, losing }) => `- ${code(shape)}: ${losing.map((name) => name.replaceAll(/[[\]{}<>$]+\S*/g, (part) => code(part))).join("; ")}`,
  );
  return ["## What programs do", overview, byGroup, "Where tokens are lost:", losses.join("\n")];
}

function modelTables({ name, legend, rows }: NonNullable<Results["model"]>): readonly string[] {
  const cells = rows.map((row) => [code(row.shape), row.task, ...[row.exact, row.altered, row.lost, row.swapped, row.failed].map(String)]);
  return [
    `## What ${code(name)} does${legend ? ", told to copy tokens" : ""}`,
    table(["shape", "task", "exact", "altered", "lost", "swapped", "no answer"], cells),
  ];
}

/** The results as Markdown. */
export function text({ mechanical, streams, tokenizers, model }: Results): string {
  const own = mechanical[0];
  const all = own === undefined ? 0 : own.total.exact + own.total.altered + own.total.lost;
  const parts = [
    "# Tokens: what survives",
    "`npm run bench:tokens` writes this. `exact`: the token stands there as it was; `read back`: that, or every letter and digit in order with another case, other separators or an ending; `falsely read`: tokens of a hundred that are found in ordinary text without any.",
    ...mechanicalTables(mechanical),
    `Freehold itself restores ${own?.restored ?? 0} of the ${all} tokens of its own shape. Cut into server-sent events of one character, in packets of 1 to 64 bytes, ${streams.whole} of ${streams.streams} streams come back whole.`,
    ...(tokenizers === undefined
      ? []
      : [
          "## What a token costs",
          "Model tokens for one token.",
          table(
            ["shape", ...tokenizers.names],
            tokenizers.rows.map(({ shape, costs }) => [code(shape), ...costs.map((cost) => cost.toFixed(1))]),
          ),
        ]),
    ...(model === undefined ? [] : modelTables(model)),
  ];
  return `${parts.join("\n\n")}\n`;
}
