import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, stop } from "../children.ts";
import { cacheFolder } from "../folders.ts";
import { answering, freePort, type Target } from "./target.ts";

const manifests = fileURLToPath(new URL("./portkey/", import.meta.url));
const installation = join(cacheFolder, "portkey");
const program = join(installation, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");

/** True where what is installed is what the lock file says. */
function installed(): boolean {
  const lock = (folder: string): string | undefined => {
    const file = join(folder, "package-lock.json");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  return existsSync(program) && lock(installation) === lock(manifests);
}

function install(): string | undefined {
  process.stderr.write("Installing the Portkey gateway into .cache/bench/portkey, once …\n");
  mkdirSync(installation, { recursive: true });
  cpSync(manifests, installation, { recursive: true });
  // `npm run bench` comes with the configuration of its own folder in npm_* variables; this is another project.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: installation, encoding: "utf8", env, timeout: 180_000 });
  return npm.status === 0 && existsSync(program) ? undefined : "npm ci could not install @portkey-ai/gateway";
}

/** A widely used gateway in Node, routing to one provider, with no guardrail, cache or log behind it. */
export const portkey: Target = {
  name: "portkey",
  description: "@portkey-ai/gateway 1.15.2 with its locked hono packages, routing only",
  missing: () => (installed() ? undefined : install()),
  start: async ({ upstream, core, folder, nodeArguments }) => {
    const port = await freePort();
    const child = launch({
      command: process.execPath,
      args: [...nodeArguments, program, `--port=${port}`, "--headless"],
      core,
      env: { NODE_ENV: "production" },
      log: join(folder, "portkey.log"),
    });
    await answering("the Portkey gateway", port, child);
    const headers = { authorization: "Bearer bench", "x-portkey-provider": "openai", "x-portkey-custom-host": `http://127.0.0.1:${upstream}/v1` };
    return { port, headers, process: child, stop: () => stop(child) };
  },
};
