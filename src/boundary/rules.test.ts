import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import ts from "typescript";
import { findingTypes } from "./finding-types.ts";
import { schemes } from "./identifiers/countries/index.ts";
import { ruleNames, sentenceOf, whyOf } from "./rules.ts";

const ruleShape = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;

/** Literals in a file that become the rule of a finding: what is given to a member called `rule`, and what is handed to a function that takes one. */
function rulesIn(text: string): { readonly rules: readonly string[]; readonly literals: readonly string[] } {
  const tree = ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2024, true);
  const rules: string[] = [];
  const literals: string[] = [];
  const leaves = (node: ts.Expression): void => {
    if (ts.isStringLiteral(node)) rules.push(node.text);
    else if (ts.isConditionalExpression(node)) {
      leaves(node.whenTrue);
      leaves(node.whenFalse);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) literals.push(node.text);
    if (ts.isTemplateHead(node)) literals.push(node.text);
    if (ts.isPropertyAssignment(node) && node.name.getText() === "rule") leaves(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { rules, literals };
}

const sources = globSync("src/boundary/**/*.ts").filter((path) => !/\.test\.ts$|\/testing\/|boundary\/rules\.ts$/.test(path));
const read = sources.map((path) => ({ path, ...rulesIn(readFileSync(path, "utf8")) }));

describe("the table of rules", () => {
  it("has a row for every rule that the source gives to a finding", () => {
    // Parts of names that are put together stand for themselves nowhere.
    const parts = new Set(ruleNames.map((name) => name.slice(name.indexOf(".") + 1)));
    const told = read.flatMap(({ path, rules }) => rules.map((rule) => [path, rule] as const));
    assert.ok(told.length >= 20, `${told.length} rules in the source`);
    assert.deepEqual(
      told.filter(([, rule]) => !ruleNames.includes(rule) && !parts.has(rule)),
      [],
    );
  });

  it("has no row for a rule that is gone", () => {
    const literals = new Set(read.flatMap((file) => file.literals));
    const stands = (name: string): boolean => {
      const family = name.slice(0, name.indexOf(".") + 1);
      return literals.has(name) || literals.has(`${name}.`) || (family !== "" && literals.has(family) && literals.has(name.slice(family.length)));
    };
    assert.deepEqual(
      ruleNames.filter((name) => !stands(name)),
      [],
    );
  });

  it("names every rule in lower case, and gives each a sentence", () => {
    assert.ok(ruleNames.length >= 20);
    for (const name of ruleNames) {
      assert.match(name, ruleShape);
      assert.match(sentenceOf(name) ?? "", /^[A-Z].{15,}[^.]\.$/, name);
    }
  });
});

describe("why a finding was made", () => {
  it("is the rule's sentence, with what stood beside it", () => {
    assert.equal(whyOf({ rule: "email" }), sentenceOf("email"));
    assert.match(whyOf({ rule: "identifier.context", because: 'the word "PESEL" stands before it' }), /announces it: the word "PESEL" stands before it\.$/);
  });

  it("is told for a tenant's own lists and patterns, and for a rule that nobody knows", () => {
    assert.equal(whyOf({ rule: "known.customers", because: "on the list customers" }), "It stands on one of the tenant's own lists: on the list customers.");
    assert.equal(whyOf({ rule: "pattern.case" }), "It fits one of the tenant's own patterns.");
    assert.equal(whyOf({ rule: "new" }), "It fits the rule new.");
  });
});

describe("docs/reference/findings.md (`npm run docs` writes the page)", () => {
  const page = readFileSync("docs/reference/findings.md", "utf8");
  /** Cells of the rows of the section under a heading, without the heading's own. */
  const rowsOf = (heading: string): readonly (readonly string[])[] => {
    const section = page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
    const lines = section.split("\n").filter((line) => line.startsWith("| `"));
    return lines.map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.replaceAll("\\|", "|").replaceAll("`", "")),
    );
  };

  it("tells every type as the source has it, and no other", () => {
    assert.deepEqual(rowsOf("Types"), Object.entries(findingTypes));
  });

  it("tells every scheme with its type and whether it is found alone, and no other", () => {
    const wanted = new Map(schemes.map(({ subtype, type, alone }) => [subtype, [subtype, type, alone === undefined ? "near its word" : "alone"]]));
    assert.ok(wanted.size > 60);
    assert.deepEqual(
      rowsOf("Subtypes"),
      [...wanted.values()].sort(([one = ""], [other = ""]) => one.localeCompare(other)),
    );
  });

  it("tells every rule with its sentence, and no other", () => {
    assert.deepEqual(
      rowsOf("Rules"),
      ruleNames.map((name) => [name, sentenceOf(name)]),
    );
  });
});
