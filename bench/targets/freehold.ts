import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { chatBody } from "../chat.ts";
import { launch, stop } from "../children.ts";
import { projectFolder } from "../folders.ts";
import { models } from "../plan.ts";
import { charter, estate } from "./freehold-files.ts";
import { answering, freePort, type Running, type Setting, type Target } from "./target.ts";

/** `dist`: what the package ships, built by `npm run build`; `source`: the TypeScript of this checkout. */
export type Build = "dist" | "source";

const built = join(projectFolder, "dist", "cli", "main.js");
const launcher = join(import.meta.dirname, "freehold-command.mjs");

/** What is measured where nobody says: the build, where there is one. */
export const availableBuild = (): Build => (existsSync(built) ? "dist" : "source");

/** True where a source file is newer than the build, which would then be a figure of yesterday. */
export function stale(): boolean {
  const since = statSync(built).mtimeMs;
  return globSync("src/**/*.ts", { cwd: projectFolder }).some((file) => !file.endsWith(".test.ts") && statSync(join(projectFolder, file)).mtimeMs > since);
}

/** Node's arguments for one command line. */
const commandLine = (build: Build, args: readonly string[]): readonly string[] =>
  build === "source" ? [join(projectFolder, "bin", "freehold.js"), ...args] : [launcher, built, ...args];

async function commandOutput(build: Build, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [...commandLine(build, args), "--json"], { timeout: 60_000 });
  return JSON.parse(stdout);
}

async function start(build: Build, { upstream, core, folder, nodeArguments }: Setting): Promise<Running> {
  const port = await freePort();
  const files = { charter: join(folder, "charter.yaml"), estate: join(folder, "estate.yaml"), data: join(folder, "data") };
  writeFileSync(files.charter, charter);
  writeFileSync(files.estate, estate(upstream, models));
  const places = ["--charter", files.charter, "--estate", files.estate, "--data", files.data];
  const log = join(folder, "freehold.log");
  const child = launch({
    command: process.execPath,
    args: [...nodeArguments, ...commandLine(build, ["up", "--host", "127.0.0.1", "--port", String(port), ...places])],
    core,
    env: { NODE_ENV: "production" },
    log,
  });
  await answering("Freehold", port, child).catch((error: Error) => {
    throw new Error(`${error.message}: ${readFileSync(log, "utf8").slice(0, 600)}`);
  });
  const created = (await commandOutput(build, ["key", "create", "--label", "bench", "--origin", "DE", ...places])) as { readonly key: string };
  const headers = { authorization: `Bearer ${created.key}` };
  const unjudged = await work(port, headers);
  if (unjudged !== undefined) throw new Error(`Freehold does not do its work: ${unjudged}\n${readFileSync(log, "utf8").slice(0, 2000)}`);
  const verify = async (requests: number): Promise<string | undefined> => {
    const { ledger } = (await commandOutput(build, ["status", ...places])) as { readonly ledger: { readonly size: number } };
    // A decision before each request and an outcome after it; the last outcomes may still be on their way.
    return ledger.size >= 2 * requests - 64 ? undefined : `${requests} requests reached the upstream, but the ledger has ${ledger.size} entries`;
  };
  return { port, headers, process: child, verify, stop: () => stop(child, 40_000) };
}

/** Whether keys are checked, text is looked into, the decision is made and its answer is the upstream's; what is wrong, or undefined. */
async function work(port: number, headers: Readonly<Record<string, string>>): Promise<string | undefined> {
  const body = chatBody({ model: models[0] ?? "", kilobytes: 1, stream: false });
  const ask = (more: object): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: "POST", headers: { "content-type": "application/json", ...more }, body });
  const stranger = await ask({ authorization: "Bearer fh_nobody" });
  if (stranger.status !== 401) return `it answered a stranger with ${stranger.status}`;
  const answer = await ask(headers);
  const told = (name: string): string | null => answer.headers.get(`x-freehold-${name}`);
  if (answer.status !== 200) return `status ${answer.status}: ${await answer.text()}`;
  if (told("class") !== "sensitive" || told("backend") !== "own" || told("jurisdiction") !== "eu" || told("decision") === null)
    return `class ${told("class")}, jurisdiction ${told("jurisdiction")}, backend ${told("backend")}, decision ${told("decision")}`;
  return undefined;
}

/** The gateway of this project with everything on: keys, detection, the judge, the durable ledger, its logs and metrics. */
export const freehold = (build: Build): Target => ({
  name: "freehold",
  description: `Freehold with everything on, from ${build === "dist" ? "the build" : "its sources"}`,
  missing: () => (build === "dist" && !existsSync(built) ? "there is no dist/: run npm run build" : undefined),
  start: (setting) => start(build, setting),
});
