import { parseArgs } from "node:util";
import { createDetector } from "#boundary";
import { cost, shares, speed } from "./measure.ts";
import { adversarial, filled, ordinary } from "./texts.ts";

/**
 * `node bench/detector/main.ts [--quick] [--only WORD]`: how fast the detector reads, everything on, on one core, and what twice the text costs.
 * The aims: 10 MB/s on prompts and long text, and at most 2.2 times the time for twice the text.
 */
const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const milliseconds = options.quick ? 200 : 1000;
const chosen = (name: string): boolean => options.only === undefined || name.includes(options.only);
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

const detector = createDetector();
// Every path is met once before anything is measured, as in a server that has run for a while.
for (const [, texts] of ordinary) speed(detector, texts, milliseconds / 10);

print(`${"text".padEnd(44)}${"MB/s".padStart(7)}   where the time goes`);
for (const [name, texts] of ordinary) {
  if (!chosen(name)) continue;
  const parts = await shares(detector, texts, milliseconds);
  const table = parts.slice(0, 6).map(([part, share]) => `${part} ${Math.round(share * 100)} %`);
  print(`${name.padEnd(44)}${speed(detector, texts, milliseconds).toFixed(1).padStart(7)}   ${table.join(", ")}`);
}

const half = options.quick ? 500_000 : 5_000_000;
print(`\n${"made to be dear".padEnd(44)}${"MB/s".padStart(7)}${`${half / 1e6} MB`.padStart(11)}${`${half / 5e5} MB`.padStart(11)}   ratio`);
for (const [name, unit] of adversarial) {
  if (!chosen(name)) continue;
  const once = filled(unit, half);
  const twice = filled(unit, 2 * half);
  cost(detector, once, 1);
  const first = cost(detector, once, 3);
  const second = cost(detector, twice, 3);
  const cells = [(twice.length / second / 1000).toFixed(1).padStart(7), `${first.toFixed(0)} ms`.padStart(11), `${second.toFixed(0)} ms`.padStart(11)];
  print(`${name.padEnd(44)}${cells.join("")}${(second / first).toFixed(2).padStart(8)}`);
}
