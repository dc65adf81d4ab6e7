import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, it, type TestContext } from "node:test";

/** A folder of its own with some of the project's files and some planted ones; removed after the test. */
function plant(test: TestContext, copied: readonly string[], planted: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-canary-"));
  test.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  for (const path of [...copied, ...Object.keys(planted)]) mkdirSync(dirname(join(folder, path)), { recursive: true });
  for (const path of copied) copyFileSync(path, join(folder, path));
  for (const [path, text] of Object.entries(planted)) writeFileSync(join(folder, path), text);
  return folder;
}

function tool(folder: string, name: string, ...args: readonly string[]) {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, FREEHOLD_TEST_REQUIRE: undefined };
  return spawnSync(resolve("node_modules/.bin", name), args, { cwd: folder, encoding: "utf8", env });
}

describe("biome", () => {
  const judge = (test: TestContext, text: string) => {
    const folder = plant(test, ["biome.json"], { "src/kernel/a.ts": text });
    const { status, stdout } = tool(folder, "biome", "check", ".", "--reporter=json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { category: string }[] };
    return { status, categories: new Set(diagnostics.map((diagnostic) => diagnostic.category)) };
  };

  it("refuses what the house style refuses", (test) => {
    const { status, categories } = judge(
      test,
      'export * from "./b.ts";\nexport default 1;\nexport const a = (x: any) => x!;\nconsole.log(a);\nimport { T } from "./t.ts";\nexport type U = T;\n const   odd = 1',
    );
    assert.notEqual(status, 0);
    const expected = [
      "lint/performance/noReExportAll",
      "lint/style/noDefaultExport",
      "lint/suspicious/noExplicitAny",
      "lint/style/noNonNullAssertion",
      "lint/suspicious/noConsole",
      "lint/style/useImportType",
      "lint/correctness/noUnusedVariables",
      "format",
    ];
    for (const category of expected) assert.ok(categories.has(category), `${category} was not found among ${[...categories].join(" ")}`);
  });

  it("accepts plain code", (test) => {
    assert.equal(judge(test, "export const one = 1;\n").status, 0);
  });
});

describe("knip", () => {
  const project = {
    "src/cli/main.ts": 'import { used } from "#kernel";\n\nexport const main = (): number => used;\n',
    "src/kernel/index.ts": 'export { unused, used } from "./values.ts";\n',
    "src/kernel/values.ts": "export const used = 1;\nexport const unused = 2;\n",
    "src/kernel/forgotten.ts": "export const forgotten = 3;\n",
  };

  it("finds a file, an export and a dependency that nothing uses, across `#room`", (test) => {
    const folder = plant(test, ["knip.json", "package.json", "tsconfig.json", "bin/freehold.js"], project);
    const { status, stdout } = tool(folder, "knip");
    assert.notEqual(status, 0);
    assert.match(stdout, /Unused files[\s\S]*src\/kernel\/forgotten\.ts/);
    assert.match(stdout, /Unused exports[\s\S]*unused\s+src\/kernel\/index\.ts/);
    assert.doesNotMatch(stdout, /^used\s/m);
    assert.match(stdout, /Unused dependencies[\s\S]*fastify/);
  });
});

describe("the runner of the tests", () => {
  const run = (test: TestContext, files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}, ...args: readonly string[]) => {
    const folder = plant(test, ["packaging/test.mjs", "package.json"], files);
    const clean = { ...process.env, NODE_TEST_CONTEXT: undefined, FREEHOLD_TEST_REQUIRE: undefined, ...env };
    const { status, stdout } = spawnSync(process.execPath, ["packaging/test.mjs", ...args], { cwd: folder, encoding: "utf8", env: clean });
    return { status, stdout, last: stdout.trimEnd().split("\n").at(-1) };
  };
  const head = 'import { describe, it, test } from "node:test";\n';
  const good = `${head}test("one", () => {});\ndescribe("two", () => { it("three", () => {}); });\n`;

  it("counts tests, not suites or files, and succeeds when all pass", (test) => {
    const { status, last } = run(test, { "src/a.test.ts": good, "test/b.test.ts": good });
    assert.deepEqual([status, last], [0, "4 passed, 0 failed, 0 skipped"]);
  });

  it("fails when a test fails, when a hook breaks and when a file breaks before its first test", (test) => {
    const { status, last } = run(test, {
      "src/a.test.ts": `${head}test("one", () => { throw new Error("no"); });\ntest("two", () => {});\n`,
      "src/b.test.ts": 'throw new Error("broken");\n',
      "src/c.test.ts": `import { after, describe, it } from "node:test";\ndescribe("s", () => { after(() => { throw new Error("hook"); }); it("one", () => {}); });\n`,
    });
    assert.deepEqual([status, last], [1, "2 passed, 3 failed, 0 skipped"]);
  });

  it("fails when a file holds no test, and when no file was found", (test) => {
    const empty = run(test, { "src/a.test.ts": good, "src/b.test.ts": "export {};\n" });
    assert.deepEqual([empty.status, empty.last], [1, "2 passed, 1 failed, 0 skipped"]);
    const nothing = run(test, { "src/a.test.ts": good }, {}, "src/nowhere");
    assert.deepEqual([nothing.status, nothing.last], [1, "0 passed, 0 failed, 0 skipped"]);
  });

  it("says what to install for a skipped test, and fails it where nothing may be skipped", (test) => {
    const files = { "src/a.test.ts": `${good}test("proxy", { skip: "needs nginx: apt-get install nginx-light" }, () => {});\n` };
    const lenient = run(test, files);
    assert.deepEqual([lenient.status, lenient.last], [0, "2 passed, 0 failed, 1 skipped"]);
    assert.match(lenient.stdout, /Skipped:\n\s+src\/a\.test\.ts:4 proxy: needs nginx: apt-get install nginx-light/);
    const strict = run(test, files, { FREEHOLD_TEST_REQUIRE: "all" });
    assert.deepEqual([strict.status, strict.last], [1, "2 passed, 1 failed, 0 skipped"]);
  });

  it("keeps the shell's own settings of the server away from the tests", (test) => {
    const text = `${head}import assert from "node:assert/strict";\ntest("clean", () => assert.equal(process.env.FREEHOLD_CHARTER, undefined));\n`;
    assert.equal(run(test, { "src/a.test.ts": text }, { FREEHOLD_CHARTER: "elsewhere.yaml" }).status, 0);
  });
});
