// `npm run bench`: Freehold beside a proxy in C, a bare proxy in Node and another gateway, in turn, in one run. See README.md.
import { mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Bench } from "./bench.ts";
import { cacheFolder } from "./folders.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { text, write } from "./report/write.ts";

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

async function main(options: Options): Promise<void> {
  const scratch = join(cacheFolder, `run-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
  // Leaving runs the exit handlers, which end every child by its process id.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
  const results = await new Bench(options, scratch, say).run();
  process.stdout.write(`\n${text(results)}\n`);
  for (const file of write(results, resolve(options.results))) say(`Written: ${relative(process.cwd(), file)}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(usage);
  else await main(options);
  process.exit(0);
} catch (error) {
  say(`The bench could not finish: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
