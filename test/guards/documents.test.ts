import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { definitionOf, errorCodes } from "#kernel";
import { anchorsOf, deadLinks, namedCommands, namedScripts, relativeLinks } from "./documents.ts";

const pages = globSync("{*.md,docs/**/*.md,src/**/*.md,starters/**/*.md,bench/*.md}").sort();
const textOf = (page: string) => readFileSync(page, "utf8");

const commandLine = { skip: !existsSync("src/cli/main.ts") && "src/cli/main.ts is not there yet" };

describe("documents", () => {
  it("finds the pages", () => assert.ok(pages.includes("docs/reference/errors.md") && pages.includes("CONTRIBUTING.md"), pages.join(" ")));

  it("finds a dead link, a dead anchor, and no link in code", () => {
    const page = "# One thing\n[a](missing.md) [b](#one-thing) [c](#two) [d](https://a.example/x) `[e](f.md)`\n```\n[g](h.md)\n```\n[i]: gone.md\n";
    assert.deepEqual(deadLinks("CONTRIBUTING.md", page), ["missing.md", "#two", "gone.md"]);
    assert.deepEqual(anchorsOf("## What `freehold up` does, in short\n"), ["what-freehold-up-does-in-short"]);
    assert.equal(relativeLinks(page).length, 4);
  });

  it("every relative link leads somewhere", () => {
    assert.deepEqual(
      pages.flatMap((page) => deadLinks(page, textOf(page)).map((link) => `${page}: ${link}`)),
      [],
    );
  });

  it("every npm script that a page names exists", () => {
    assert.deepEqual(namedScripts("`npm run gone`, `npm test`, `npm ci && npm start`, npm install"), ["gone", "test", "start"]);
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) => namedScripts(textOf(page)).map((script) => [page, script] as const));
    assert.ok(named.length >= 5, "the pages name hardly any script");
    assert.deepEqual(
      named.filter(([, script]) => scripts[script] === undefined),
      [],
    );
  });

  it("every command that a page or a hint names exists", commandLine, async () => {
    assert.deepEqual(namedCommands("run `freehold key create --admin`, then ./freehold up or data/freehold x"), ["key create"]);
    const { commandNames } = await import("../../src/cli/main.ts");
    const known = new Set(commandNames());
    assert.ok(known.has("up") && known.has("key create"), [...known].join(", "));
    const takesSecond = (command: string) => [...known].some((name) => name.startsWith(`${command} `));

    const hints = errorCodes.map((code) => [code, definitionOf(code).hint] as const);
    const unknown = [...hints, ...pages.map((page) => [page, textOf(page)] as const)].flatMap(([place, text]) =>
      namedCommands(text)
        .filter((named) => {
          const [command = "", second] = named.split(" ");
          return !known.has(command) || (second !== undefined && takesSecond(command) && !known.has(named));
        })
        .map((named) => `${place}: freehold ${named}`),
    );
    assert.deepEqual(unknown, []);
  });
});
