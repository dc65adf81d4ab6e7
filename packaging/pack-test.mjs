// The package as others get it: packed, installed in an empty folder, used with the oldest Node that is supported. `npm run test:pack`.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { after, before, describe, it } from "node:test";
import { node24 } from "./node24.mjs";

/** What an installation may weigh, in MB. docs/decisions/ tells how the builds for other machines and for GPUs are kept out. */
const heaviest = 150;

const project = dirname(import.meta.dirname);
const work = mkdtempSync(join(tmpdir(), "freehold-pack-"));
const app = join(work, "app");
const packed = join(work, "packed");
const home = join(app, "node_modules", "freehold");
const node = node24();

// `npm run` hands the project's own .npmrc on in the environment; whoever installs the package has none of it.
const ownSettings = /^npm_(config_(ignore_scripts|save_exact|install_links|local_prefix|save_prefix)|package_|lifecycle_)/;
const elsewhere = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !ownSettings.test(name) && !name.startsWith("FREEHOLD_") && !name.startsWith("NODE_TEST") && name !== "NODE_OPTIONS",
  ),
);
elsewhere.PATH = [dirname(node), ...(process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"))].join(delimiter);

const freehold = (...args) => {
  const { status, stdout, stderr } = spawnSync(join(app, "node_modules", ".bin", "freehold"), args, {
    cwd: app,
    env: elsewhere,
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr };
};
const succeeds = (...args) => {
  const { status, stdout, stderr } = freehold(...args);
  assert.equal(status, 0, `freehold ${args.join(" ")}\n${stdout}\n${stderr}`);
  return stdout;
};

const sizeOf = (folder) =>
  globSync("**/*", { cwd: folder, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );

describe("the package, installed elsewhere", () => {
  before(() => {
    for (const folder of [app, packed]) mkdirSync(folder);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", packed], { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
    const [archive] = globSync("*.tgz", { cwd: packed });
    assert.ok(archive, "npm pack wrote no archive");
    writeFileSync(join(app, "package.json"), '{ "private": true }\n');
    execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", join(packed, archive)], {
      cwd: app,
      env: elsewhere,
      stdio: ["ignore", "ignore", "inherit"],
    });
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  it("holds what it needs to run and to be understood, and neither sources nor tests", () => {
    for (const path of [
      "bin/freehold.js",
      "dist/cli/main.js",
      "dist/package.json",
      "README.md",
      "LICENSE",
      "docs/reference/errors.md",
      "schemas/charter.schema.json",
      "starters/default/charter.yaml",
    ]) {
      assert.ok(existsSync(join(home, path)), `${path} is missing`);
    }
    assert.ok(globSync("registry/**/*.yaml", { cwd: home }).length > 0, "the registry is missing");
    const strays = globSync(["src/**", "test/**", "dist/**/testing/**", "**/*.test.*", "**/*.ts", "schemas/*.mjs"], {
      cwd: home,
      exclude: ["node_modules/**"],
    });
    assert.deepEqual(strays, []);
  });

  it(`weighs less than ${heaviest} MB with all that it depends on`, () => {
    const megabytes = sizeOf(join(app, "node_modules")) / 1e6;
    const parts = globSync(["node_modules/*", "node_modules/@*/*", "node_modules/freehold/node_modules/*", "node_modules/freehold/node_modules/@*/*"], {
      cwd: app,
    })
      .filter((path) => existsSync(join(app, path, "package.json")))
      .map((path) => `${(sizeOf(join(app, path)) / 1e6).toFixed(1)} MB ${path}`)
      .sort((one, other) => Number.parseFloat(other) - Number.parseFloat(one));
    assert.ok(megabytes < heaviest, `${megabytes.toFixed(1)} MB:\n${parts.slice(0, 12).join("\n")}`);
  });

  it("every module of dist/ loads on the oldest Node, so that none was left behind", () => {
    const modules = globSync("dist/*/index.js", { cwd: home });
    assert.ok(modules.length >= 10, modules.join(" "));
    for (const path of modules) {
      const { status, stderr } = spawnSync(node, ["--input-type=module", "--eval", `await import(${JSON.stringify(join(home, path))})`], {
        cwd: app,
        env: elsewhere,
        encoding: "utf8",
      });
      assert.equal(status, 0, `${path}\n${stderr}`);
      assert.equal(stderr, "", `${path} complains`);
    }
  });

  it("files that are named in URLs are there too (workers, pages, data)", () => {
    const named = globSync("dist/**/*.js", { cwd: home }).flatMap((path) =>
      [...readFileSync(join(home, path), "utf8").matchAll(/new URL\("(\.[^"]+)", import\.meta\.url\)/g)].map((match) => join(home, dirname(path), match[1])),
    );
    assert.deepEqual(
      named.filter((path) => !existsSync(path)).map((path) => relative(home, path)),
      [],
    );
  });

  it("answers --help and --version without a warning", () => {
    assert.match(succeeds("--help"), /Usage: freehold/);
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    assert.equal(succeeds("--version").trim(), version);
    assert.equal(freehold("--version").stderr, "");
  });

  it("bad usage exits 2", () => assert.equal(freehold("no-such-command").status, 2));

  it("an older Node gets a sentence and exit 2, not a stack", (test) => {
    const older = elsewhere.PATH.split(delimiter)
      .map((folder) => join(folder, "node"))
      .find((path) => existsSync(path) && Number.parseInt(execFileSync(path, ["-p", "process.versions.node"], { encoding: "utf8" }), 10) < 24);
    if (older === undefined) return test.diagnostic("no older Node on this machine");
    const { status, stdout, stderr } = spawnSync(older, [join(home, "bin", "freehold.js"), "--help"], { env: elsewhere, encoding: "utf8" });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^freehold needs Node 24 or newer/);
  });

  it("init, check and explain work in an empty folder", () => {
    succeeds("init", "--kind", "municipal", "--organisation", "Stadtwerke Musterstadt", "--country", "DE", "--no-look");
    assert.ok(existsSync(join(app, "charter.yaml")) && existsSync(join(app, "estate.yaml")));
    succeeds("check");
    const decision = JSON.parse(succeeds("explain", "--model", "assistant", "--origin", "DE", "--json"));
    assert.match(decision.id, /^dec_/);
    assert.deepEqual([decision.verdict, decision.class], ["allow", "public"], JSON.stringify(decision, null, 2));
  });

  it("serves with nothing set up: the printed curl line works as pasted, and the ledger has it", async () => {
    const folder = join(work, "first-start");
    mkdirSync(folder);
    const server = spawn(join(app, "node_modules", ".bin", "freehold"), ["up", "--port", "0"], { cwd: folder, env: elsewhere });
    const exited = new Promise((resolve) => server.once("exit", (code, signal) => resolve(signal ?? code)));
    try {
      const curl = await printedCurl(server);
      const { status, stdout, stderr } = spawnSync("sh", ["-c", curl], { encoding: "utf8", timeout: 60_000 });
      assert.equal(status, 0, `${curl}\n${stderr}`);
      const answer = JSON.parse(stdout);
      assert.equal(typeof answer.choices?.[0]?.message?.content, "string", stdout);
    } finally {
      server.kill("SIGTERM");
    }
    assert.equal(await exited, 0);
    const { status, stdout, stderr } = spawnSync(join(app, "node_modules", ".bin", "freehold"), ["ledger", "show", "--json"], {
      cwd: folder,
      env: elsewhere,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    const kinds = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).kind);
    assert.ok(kinds.includes("decision") && kinds.includes("outcome"), stdout);
  });
});

/** The curl line of the first start: from `curl` to the first line without a trailing backslash. */
function printedCurl(server) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const timer = setTimeout(() => reject(new Error(`no curl line within 60 s:\n${printed}`)), 60_000);
    const read = (chunk) => {
      printed += chunk;
      const curl = /^\s*(curl (?:.*\\\n)*.*[^\\\n])\n/m.exec(printed)?.[1];
      if (curl === undefined) return;
      clearTimeout(timer);
      resolve(curl);
    };
    server.stdout.setEncoding("utf8").on("data", read);
    server.stderr.setEncoding("utf8").on("data", read);
    server.once("exit", (code) => reject(new Error(`freehold up ended with ${code}:\n${printed}`)));
  });
}
