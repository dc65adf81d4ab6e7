import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, it } from "node:test";
import { isKebabCase, linesOf, longest, machinePaths, saysNothing, textOf, trackedFiles, wordsOutOfPlace } from "./tree.ts";

const sources = globSync("{src,console,test,bench,packaging,bin}/**/*.{ts,tsx,svelte,js,mjs,cjs}", { exclude: ["**/node_modules/**", "**/generated/**"] });
/** These name the forbidden things in order to forbid them. */
const namesThem = ["test/guards/tree.ts", "test/guards/tree.test.ts"];
const tracked = trackedFiles();
const inGit = { skip: tracked === undefined && "needs a git checkout: apt-get install git, then clone" };
/** A path of this shape, put together so that this file itself stays clean. */
const path = (...parts: readonly string[]) => `/${parts.join("/")}`;

describe("the tree", () => {
  it("finds the sources", () => assert.ok(sources.length >= 50, `only ${sources.length}`));

  it(`no file grows past ${longest} lines`, () => {
    assert.equal(linesOf("a\n".repeat(longest + 1)), longest + 1);
    const lengths = sources.map((source) => [source, linesOf(textOf(source) ?? "")] as const);
    assert.deepEqual(
      lengths.filter(([, lines]) => lines > longest),
      [],
    );
  });

  it("most files of src/ stay under 150 lines", () => {
    const lengths = sources.filter((source) => source.startsWith("src/") && !source.endsWith(".test.ts")).map((source) => linesOf(textOf(source) ?? ""));
    assert.ok(
      lengths.filter((lines) => lines < 150).length >= lengths.length * 0.8,
      `${lengths.filter((lines) => lines >= 150).length} of ${lengths.length} do not`,
    );
  });

  it("no file or folder has a name that says nothing", () => {
    const planted = [
      "src/utils/a.ts",
      "src/gateway/helper.ts",
      "src/gateway/json-utils.ts",
      "src/shared/index.ts",
      "src/jobs/job-manager.ts",
      "src/common.ts",
      "misc/a.md",
    ];
    assert.deepEqual(planted.filter(saysNothing), planted);
    assert.ok(!saysNothing("src/charter/community.ts"));
    assert.deepEqual((tracked ?? sources).filter(saysNothing), []);
  });

  it("files are named in kebab-case", () => {
    assert.deepEqual(["src/gateway/jsonBody.ts", "src/Gateway/a.ts", "src/gateway/json_body.ts"].filter(isKebabCase), []);
    assert.deepEqual(
      sources.filter((source) => !isKebabCase(source)),
      [],
    );
  });

  it("no words that mark unfinished work or speak of its making", () => {
    for (const planted of ["// TODO: later", "throw new Error('not implemented')", "see issue 12", "// @ts-ignore", "the Helper does"]) {
      assert.equal(wordsOutOfPlace(planted).length, 1, planted);
    }
    const documents = globSync("{*.md,docs/**/*.md,src/**/*.md}");
    const found = [...sources, ...documents].filter((file) => !namesThem.includes(file)).map((file) => [file, wordsOutOfPlace(textOf(file) ?? "")] as const);
    assert.deepEqual(
      found.filter(([, words]) => words.length > 0),
      [],
    );
  });

  it("tracked files hold no path of somebody's machine", inGit, () => {
    const checkout = dirname(resolve("."));
    for (const planted of [path("work", "main"), `"${path("tmp", "x")}"`, path("root", ".npmrc"), path("home", "ada", "freehold"), `see ${checkout}/x`]) {
      assert.notDeepEqual(machinePaths(planted, checkout), [], planted);
    }
    assert.deepEqual(machinePaths("./data/tmp/x ../work/a https://a.example/work/b file:/var/lib/freehold", "/nowhere"), []);
    const found = (tracked ?? []).filter((file) => !namesThem.includes(file)).map((file) => [file, machinePaths(textOf(file) ?? "", checkout)] as const);
    assert.deepEqual(
      found.filter(([, paths]) => paths.length > 0),
      [],
    );
  });

  it("tracked files name no package registry, so that any registry serves", inGit, () => {
    const { stdout } = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8" });
    const { host } = new URL(stdout.trim());
    assert.notEqual(host, "");
    assert.deepEqual(
      (tracked ?? []).filter((file) => textOf(file)?.includes(host)),
      [],
    );
  });
});
