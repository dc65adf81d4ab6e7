import type { Results, TargetResult } from "./results.ts";

/** Rows of cells under a heading; the first column is text, the others are figures. */
export interface Table {
  readonly title: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const figure = (value: number | null | undefined, digits = 0): string =>
  value === null || value === undefined || Number.isNaN(value) ? "–" : value.toFixed(digits);
const thousands = (value: number): string => (Number.isNaN(value) ? "–" : Math.round(value).toLocaleString("en"));
const times = (own: number | null | undefined, other: number | null | undefined): string =>
  typeof own === "number" && typeof other === "number" && other > 0 ? (own / other).toFixed(2) : "–";

/** What a reader sees, on a terminal and in the file alike. */
export function tablesOf({ targets, plan, memory, aims }: Results): readonly Table[] {
  const find = (name: string): TargetResult | undefined => targets.find((target) => target.name === name);
  const proxies = targets.filter(({ name }) => name !== "direct");
  const [small = 1] = plan.prompts;
  const cpu = (target: TargetResult | undefined, index = 0): number | null | undefined => target?.summary.prompts[index]?.cpuMicros;
  const overview: Table = {
    title: `Requests with a ${small} KB prompt`,
    heading: ["target", "requests/s", "CPU µs", "x fastify", "x portkey", "added p50 ms", "added p99 ms", "memory MB", "failed"],
    rows: targets.map((target) => {
      const { summary, name } = target;
      const [prompt] = summary.prompts;
      const perSecond = prompt === undefined ? "–" : `${prompt.loadLimited && name !== "direct" ? "≥ " : ""}${thousands(prompt.perSecond)}`;
      return [
        name,
        perSecond,
        figure(cpu(target)),
        times(cpu(target), cpu(find("fastify"))),
        times(cpu(target), cpu(find("portkey"))),
        name === "direct" ? "0" : figure(summary.addedP50, 2),
        name === "direct" ? "0" : figure(summary.addedP99, 2),
        figure(summary.memorySmallMB),
        String(summary.failed),
      ];
    }),
  };
  const sizes: Table = {
    title: "CPU µs for a request, by prompt size (ratio to fastify)",
    heading: ["target", ...plan.prompts.map((kilobytes) => `${kilobytes} KB`)],
    rows: proxies.map((target) => [
      target.name,
      ...plan.prompts.map((_, index) => `${figure(cpu(target, index))} (${times(cpu(target, index), cpu(find("fastify"), index))})`),
    ]),
  };
  const streams: Table = {
    title: `Streams${plan.streaming === 0 ? "" : ` (CPU: ${plan.streams} at a time, 50 events in a second each)`}`,
    heading: ["target", "first byte added p50 ms", "p99 ms", ...(plan.streaming === 0 ? [] : ["streams/s", "CPU µs/stream"]), "memory at the end MB"],
    rows: proxies.map(({ name, summary }) => [
      name,
      figure(summary.firstByteAddedP50, 2),
      figure(summary.firstByteAddedP99, 2),
      ...(plan.streaming === 0 ? [] : [figure(summary.streams?.perSecond), figure(summary.streams?.cpuMicros)]),
      figure(summary.memoryEndMB),
    ]),
  };
  return [
    overview,
    sizes,
    streams,
    ...(memory.length === 0
      ? []
      : [{ title: "Freehold's memory", heading: ["requests", "MB"], rows: memory.map((point) => [thousands(point.requests), figure(point.residentMB)]) }]),
    ...(aims.length === 0
      ? []
      : [
          {
            title: "Aims",
            heading: ["aim", "figure", "met"],
            rows: aims.map(({ aim, figure: reached, met }) => [aim, reached, met === null ? "–" : met ? "yes" : "no"]),
          },
        ]),
  ];
}

export function asText({ title, heading, rows }: Table): string {
  const widths = heading.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ");
  return [title, line(heading), ...rows.map(line)].join("\n");
}

export function asMarkdown({ title, heading, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [`## ${title}`, "", line(heading), line(heading.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
