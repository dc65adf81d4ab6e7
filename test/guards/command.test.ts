import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";

/** Lets the Node at hand tell the version of an older one. */
const older = `data:text/javascript,${encodeURIComponent('Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.1" } })')}`;

type Place = "checkout" | "checkout before npm ci" | "installed";

/** bin/freehold.js in a place of its own, with a main that prints what it got and resolves to 7. */
function place(test: TestContext, kind: Place): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-command-"));
  test.after(() => rmSync(folder, { recursive: true }));
  for (const path of ["bin", "src/cli", "dist/cli", "node_modules/.bin"]) mkdirSync(join(folder, path), { recursive: true });
  copyFileSync("bin/freehold.js", join(folder, "bin/freehold.js"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const main = (from: string) => `export async function main(argv) { process.stdout.write(["${from}", ...argv].join(" ")); return 7; }\n`;
  if (kind === "installed") writeFileSync(join(folder, "dist/cli/main.js"), main("dist"));
  else writeFileSync(join(folder, "src/cli/main.ts"), main("src"));
  if (kind === "checkout") symlinkSync(process.execPath, join(folder, "node_modules/.bin/node"));
  return join(folder, "bin/freehold.js");
}

function run(test: TestContext, kind: Place, ...node: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, place(test, kind), "up", "--port", "0"], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("bin/freehold.js", () => {
  it("runs the sources of a checkout and hands on arguments and exit code", (test) => {
    assert.deepEqual(run(test, "checkout"), { status: 7, stdout: "src up --port 0", stderr: "" });
  });

  it("runs dist/ of an installed package", (test) => {
    assert.deepEqual(run(test, "installed"), { status: 7, stdout: "dist up --port 0", stderr: "" });
  });

  it("goes on with the checkout's own Node where the shell's is too old", (test) => {
    assert.deepEqual(run(test, "checkout", "--import", older), { status: 7, stdout: "src up --port 0", stderr: "" });
  });

  it("says what to do on an old Node, instead of a stack", (test) => {
    const fresh = run(test, "checkout before npm ci", "--import", older);
    assert.equal(fresh.status, 2);
    assert.match(fresh.stderr, /^freehold needs Node 24 or newer; this is Node 20\.11\.1 .*\nRun `npm ci` here/);
    const installed = run(test, "installed", "--import", older);
    assert.equal(installed.status, 2);
    assert.match(installed.stderr, /^freehold needs Node 24 or newer; .*\nTo go on, install Node 24/);
  });
});
