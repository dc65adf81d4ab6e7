#!/usr/bin/env node
// The command. Plain JavaScript that an old Node can still read, so that an old Node gets a sentence and not a stack.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const leastMajor = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** A checkout has the sources and, after `npm ci`, a Node of its own; an installed package has neither. */
const source = join(root, "src", "cli", "main.ts");
const ownNode = join(root, "node_modules", ".bin", "node");

if (Number.parseInt(process.versions.node, 10) >= leastMajor) {
  // The cache lies inside the package: a cache in a folder that others may write to would let them choose what runs here.
  module.enableCompileCache?.(join(root, ".cache", "compile"));
  const { main } = await import(pathToFileURL(existsSync(source) ? source : join(root, "dist", "cli", "main.js")).href);
  process.exitCode = await main(process.argv.slice(2));
} else if (existsSync(source) && existsSync(ownNode) && !process.env.FREEHOLD_OWN_NODE) {
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, FREEHOLD_OWN_NODE: "1" },
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to both processes; anybody else means this one.
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? code : 1;
  });
} else {
  process.stderr.write(
    `freehold needs Node ${leastMajor} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      (existsSync(source) ? "Run `npm ci` here: it brings a current Node along. Or " : "To go on, ") +
      `install Node ${leastMajor} or newer from https://nodejs.org, then run the command again.\n`,
  );
  process.exitCode = 2;
}
