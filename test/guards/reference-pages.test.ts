import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { commandNames } from "../../src/cli/main.ts";
import { commandLines, fences, flagsIn, flagsOf, inCode, keysOf, schemaOf, sectionsOf, tableRows } from "./reference-pages.ts";

const page = (name: string): string => readFileSync(`docs/reference/${name}.md`, "utf8");
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

describe("the reading of pages", () => {
  it("takes rows, sections, blocks, keys and flags for what they are", () => {
    assert.deepEqual(tableRows("| key | x |\n| --- | --- |\n| `a` | 1 |\n\n| `b` | 2 |\n"), [
      ["`a`", "1"],
      ["`b`", "2"],
    ]);
    assert.deepEqual([...sectionsOf("# A\nx\n## b c\ntext\n## d\n").keys()], ["b c", "d"]);
    assert.deepEqual(fences("```sh\nls\n```\n```\nno\n```\n", "sh"), ["ls\n"]);
    const schema = {
      required: ["a"],
      properties: { a: { items: { properties: { b: { default: 1 } } } }, c: { additionalProperties: { properties: { d: {} } } } },
    };
    assert.deepEqual(
      [...keysOf(schema)],
      [
        ["a", "required"],
        ["a[].b", "`1`"],
        ["c", ""],
        ["c.NAME.d", ""],
      ],
    );
    assert.deepEqual([...flagsIn("`--json`, --from 1 a--b")], ["--json", "--from"]);
    assert.deepEqual(commandLines("```sh\nnpx freehold key create --origin DE \\\n  --admin > f\nfreehold up | x --y\n```\n", new Set(["key create", "up"])), [
      { command: "key create", flags: ["--origin", "--admin"] },
      { command: "up", flags: [] },
    ]);
  });
});

for (const name of ["charter", "estate"] as const) {
  describe(`docs/reference/${name}.md`, () => {
    const keys = keysOf(schemaOf(name));
    const top = new Set([...keys.keys()].map((key) => key.split(/[.[]/)[0]));
    const rows = tableRows(page(name)).filter(([cell = ""]) => top.has(inCode(cell)[0]?.split(/[.[]/)[0]));

    it("has one row for each key that the file may have, and none for another", () => {
      assert.ok(keys.size > 40, `${keys.size} keys`);
      assert.deepEqual(rows.map(([cell = ""]) => inCode(cell)[0] ?? "").sort(), [...keys.keys()].sort());
    });

    it("tells the defaults that are in force", () => {
      const told = rows.map(([key = "", , usual]) => `${inCode(key)[0]} ${usual}`);
      assert.deepEqual(told.sort(), [...keys].map(([key, usual]) => `${key} ${usual}`).sort());
    });
  });
}

describe("docs/reference/cli.md", () => {
  const sections = new Map([...sectionsOf(page("cli"))].map(([heading, text]) => [heading.replace("freehold ", ""), text]));
  const names = commandNames();
  const leaves = names.filter((name) => !names.some((other) => other.startsWith(`${name} `)));

  it("has a section for each command, and none for another", () => {
    assert.ok(leaves.length >= 12, leaves.join(", "));
    assert.deepEqual(sorted(sections.keys()), sorted(leaves));
  });

  it("names each command's flags, and no others", async () => {
    const taken = new Map(await Promise.all(leaves.map(async (name) => [name, await flagsOf(name)] as const)));
    for (const [name, flags] of taken) {
      assert.ok(flags.size > 0, name);
      assert.deepEqual(sorted(flagsIn(sections.get(name) ?? "")), sorted(flags), `freehold ${name}`);
    }
  });

  it("command lines in all pages use flags that exist", async () => {
    const known = new Set(names);
    const lines = globSync("{*.md,docs/**/*.md}").flatMap((path) => commandLines(readFileSync(path, "utf8"), known).map((line) => ({ path, ...line })));
    assert.ok(lines.length > 40, `${lines.length} command lines`);
    for (const { path, command, flags } of lines) {
      const taken = await flagsOf(command);
      assert.deepEqual(
        flags.filter((flag) => !taken.has(flag)),
        [],
        `${path}: freehold ${command}`,
      );
    }
  });
});

describe("docs/reference/settings.md", () => {
  it("has each variable that the program reads, and no other", () => {
    const sources = globSync("src/{app,cli}/**/*.ts").filter((path) => !path.endsWith(".test.ts"));
    const read = sources.flatMap((path) => [...readFileSync(path, "utf8").matchAll(/(?:environment|env)\.(FREEHOLD_[A-Z_]+)/g)].map((match) => match[1] ?? ""));
    // The two that are put together from the name of the file.
    const named = [...read, "FREEHOLD_CHARTER", "FREEHOLD_ESTATE"];
    assert.ok(read.length >= 5, read.join(", "));
    assert.deepEqual(sorted(page("settings").match(/FREEHOLD_[A-Z_]+/g) ?? []), sorted(named));
  });

  it("has each flag of `freehold up`", async () => {
    // What a command prints is no setting.
    const settings = [...(await flagsOf("up"))].filter((flag) => flag !== "--json");
    assert.deepEqual(sorted(flagsIn(page("settings"))), sorted(settings));
  });
});
