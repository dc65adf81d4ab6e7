import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, it } from "node:test";
import { explain, loadRules, shippedRegistry, starterFolder } from "#app";
import { createDetector } from "#boundary";
import { crossCheck, type FileFault, parseCharter, parseEstate, type StarterKind, starterKinds } from "#charter";
import { systemClock } from "#kernel";
import { fences, inCode, sectionsOf, tableRows } from "./reference-pages.ts";

const textOf = (path: string): string => readFileSync(path, "utf8");
const pages = globSync("{*.md,docs/**/*.md}").sort();

interface Claim {
  readonly file: string;
  readonly title: string | undefined;
}

/** `path/to.test.ts`, or `path/to.test.ts`: "title or its beginning". */
const claimsIn = (text: string): readonly Claim[] =>
  [...text.matchAll(/`((?:src|test)\/[\w./-]+\.test\.ts)`(?:: "([^"]+)")?/g)].map(([, file = "", title]) => ({ file, title }));

/** Titles as they stand in a source, template literals by what they say before their first value. */
const holds = ({ file, title }: Claim): boolean => existsSync(file) && (title === undefined || textOf(file).includes(title));

describe("GUARANTEES.md", () => {
  const rows = tableRows(textOf("GUARANTEES.md"));

  it("knows a claim without a test when it sees one", () => {
    const claims = claimsIn('`test/guards/tree.test.ts`: "no such title" and `src/gone.test.ts`, `test/guards/tree.test.ts`: "finds the sources"');
    assert.deepEqual(claims.map(holds), [false, false, true]);
  });

  it("every promise names a test that exists, by its title where it gives one", () => {
    assert.ok(rows.length >= 30, `${rows.length} promises`);
    for (const row of rows) {
      const claims = claimsIn(row.slice(2).join(" "));
      assert.ok(claims.length > 0, `no test holds: ${row[0]}`);
      assert.deepEqual(
        claims.filter((claim) => !holds(claim)),
        [],
        row[0] ?? "",
      );
    }
  });

  it("every place in the code exists", () => {
    const places = rows.flatMap(([, where = ""]) => inCode(where).filter((place) => place.includes("/")));
    assert.ok(places.length >= 30, `${places.length} places`);
    assert.deepEqual(
      places.filter((place) => !existsSync(place)),
      [],
    );
  });
});

describe("ARCHITECTURE.md", () => {
  it("tells the directions that are enforced", () => {
    const enforced = [...textOf(".dependency-cruiser.cjs").matchAll(/^ {2}(\w+): \{ uses: \[(.*?)\](?:, types: \[(.*?)\])? \},$/gm)];
    const told = new Map(
      tableRows(sectionsOf(textOf("ARCHITECTURE.md")).get("Rooms and directions") ?? "").map(([room = "", , uses = ""]) => [inCode(room)[0], uses]),
    );
    assert.deepEqual([...told.keys()].sort(), enforced.map(([, room]) => room).sort());
    assert.ok(enforced.length >= 13);
    const names = (list: string | undefined): readonly string[] => [...(list ?? "").matchAll(/"(\w+)"/g)].map((match) => match[1] ?? "");
    const above: string[] = [];
    for (const [, room = "", uses, types] of enforced) {
      const direct = names(uses);
      const everything = direct.length > 0 && direct.length === above.length;
      const list = direct.length === 0 ? "nothing of ours" : everything && direct.length > 6 ? "every room above" : direct.join(", ");
      assert.equal(told.get(room), names(types).length === 0 ? list : `${list}; types of ${names(types).join(", ")}`, room);
      above.push(room);
    }
  });

  it("is right that each room opens with a README", () => {
    const rooms = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(
      rooms.map(({ name }) => join("src", name, "README.md")).filter((path) => !existsSync(path)),
      [],
    );
  });
});

describe("the indexes", () => {
  const linked = (index: string): ReadonlySet<string> =>
    new Set([...textOf(index).matchAll(/\]\(([^)#]+)/g)].map((match) => join(dirname(index), match[1] ?? "")));

  it("docs/README.md leads to every page", () => {
    const leads = linked("docs/README.md");
    const all = globSync("docs/**/*.md").filter((path) => basename(path) !== "README.md" && !path.startsWith("docs/decisions/"));
    assert.ok(all.length >= 25, `${all.length} pages`);
    assert.deepEqual(
      all.filter((path) => !leads.has(path)),
      [],
    );
  });

  it("docs/decisions/README.md leads to every decision, by its own title", () => {
    const all = globSync("docs/decisions/0*.md");
    assert.ok(all.length > 0);
    for (const path of all) {
      const title = /^# (.+)$/m.exec(textOf(path))?.[1] ?? "";
      assert.ok(textOf("docs/decisions/README.md").includes(`[${title}](${basename(path)})`), path);
    }
  });
});

describe("charters and estates in the pages", () => {
  const blocks = pages.flatMap((path) => fences(textOf(path), "yaml").map((text) => ({ path, text })));
  const whole = (first: string) => blocks.filter(({ text }) => text.startsWith(first));
  const faultless = (
    path: string,
    parsed: { readonly ok: boolean; readonly error?: readonly FileFault[]; readonly value?: { readonly warnings: readonly FileFault[] } },
  ) => assert.deepEqual(parsed.error ?? parsed.value?.warnings, [], path);

  it("are read without a fault or a warning", () => {
    const charters = whole("charter: 1");
    const estates = whole("estate: 1");
    assert.ok(charters.length >= 1 && estates.length >= 3, `${charters.length} and ${estates.length}`);
    for (const { path, text } of charters) faultless(path, parseCharter(text, path));
    for (const { path, text } of estates) faultless(path, parseEstate(text, path));
  });

  it("name nothing that nobody knows", () => {
    const charter = parseCharter(whole("charter: 1")[0]?.text ?? "", "charter");
    assert.ok(charter.ok);
    for (const { path, text } of whole("estate: 1")) {
      const estate = parseEstate(text, path);
      assert.ok(estate.ok);
      assert.deepEqual(crossCheck(charter.value, estate.value, shippedRegistry()), [], path);
    }
  });
});

describe("docs/how-to/choose-a-starter.md", () => {
  const told = sectionsOf(textOf("docs/how-to/choose-a-starter.md").replaceAll(/^### /gm, "## "));

  function decisionsOf(kind: StarterKind): readonly string[] {
    const rules = loadRules({ charter: join(starterFolder, kind, "charter.yaml"), estate: join(starterFolder, kind, "estate.yaml") });
    assert.ok(rules.ok);
    const detector = createDetector();
    const parts = { rulebook: rules.value.rulebook, detectorFor: () => detector, clock: systemClock, tenantOf: () => undefined };
    return textOf(join(starterFolder, kind, "cases.jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => {
        const { name, expect: _expected, ...input } = JSON.parse(line) as { name: string; expect: unknown; model: string; origin?: string };
        const decided = explain(input, parts);
        assert.ok(decided.ok);
        const { verdict, transform, backends, code, class: dataClass } = decided.value;
        const result = verdict === "refuse" ? `refused: \`${code}\`` : `${transform === "pseudonymise" ? "pseudonymised, to " : ""}${backends.join(", ")}`;
        return [name, input.model, input.origin ?? "unknown", dataClass, result].join(" | ");
      });
  }

  for (const kind of starterKinds) {
    it(`${kind}: each case is decided as the table says`, () => {
      const rows = tableRows(told.get(kind) ?? "").map((row) => row.join(" | "));
      assert.ok(rows.length >= 10, `${rows.length} rows`);
      assert.deepEqual(rows, decisionsOf(kind));
    });
  }
});
