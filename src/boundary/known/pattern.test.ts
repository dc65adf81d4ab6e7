import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compilePattern, PatternSearch } from "./pattern.ts";

function refused(pattern: string): string {
  const compiled = compilePattern(pattern);
  assert.ok(!compiled.ok, `${pattern} was taken`);
  return `${compiled.error.position} ${compiled.error.message}`;
}

function found(patterns: readonly string[], text: string): readonly string[] {
  const matches: string[] = [];
  new PatternSearch(patterns).find(text, (_pattern, start, end) => matches.push(`${start} ${text.slice(start, end)}`));
  return matches;
}

test("what cannot be searched for in linear time, is not valid or matches nothing at all is refused at its place", () => {
  for (const [pattern, expected] of [
    ["ab(?=c)", /^3 Look-around/],
    ["(?!x)y", /^1 Look-around/],
    ["a(?<=b)c", /^2 Look-around/],
    ["a(?<!b)c", /^2 Look-around/],
    ["(a)b\\1", /^5 A back-reference/],
    ["(?P<x>a)(?P=x)", /^9 A back-reference/],
    ["ab[z", /^3 The pattern is not valid: missing closing/],
    ["a**", /^2 The pattern is not valid/],
    ["a{1,1001}", /^2 The pattern is not valid/],
    ["(a|b", /^1 The pattern is not valid/],
    ["x*", /^1 The pattern matches the empty string/],
    ["\\b", /^1 The pattern matches the empty string/],
    ["$", /^1 The pattern matches the empty string/],
    ["", /^1 The pattern is empty/],
    ["a".repeat(1001), /^1001 The pattern is longer/],
  ] as const)
    assert.match(refused(pattern), expected, pattern);
});

test("each pattern is found with its edges, over the pieces in which a text is searched", () => {
  for (const before of [0, 1, 250, 505, 510, 511, 512, 513, 1020, 1023, 1024, 5000]) {
    const padding = "x ".repeat(before).slice(0, before);
    assert.deepEqual(found(["\\bPRJ-\\d{4}\\b", "(?i)case [a-z]+"], `${padding} PRJ-1234 CASE abc`), [`${before + 1} PRJ-1234`, `${before + 10} CASE abc`]);
    assert.deepEqual(found(["\\bPRJ-\\d{4}\\b"], `${padding}yPRJ-1234`), []);
  }
  assert.deepEqual(found(["^ID \\d+$"], "ID 1\nnot ID 2\nID 3"), ["0 ID 1", "14 ID 3"]);
});

test("over any text, patterns without context find what the built-in engine finds", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "-", "1", " ", "\n", "é"), maxLength: 1200, size: "max" });
  fc.assert(
    fc.property(text, (written) => {
      for (const source of ["a\\d-?b", "(?:ab)+", "b{2,5}1"]) {
        const expected = [...written.matchAll(new RegExp(source, "g"))].filter((match) => match[0].length < 200).map((match) => `${match.index} ${match[0]}`);
        assert.deepEqual(found([source], written), expected);
      }
    }),
    { numRuns: 200, endOnFailure: true },
  );
});

test("a run that is longer than a match may be is found in parts, and a shape that needs more is not found", () => {
  const run = "ab".repeat(2000);
  const parts: number[] = [];
  new PatternSearch(["(?:ab)+"]).find(`x ${run} y`, (_pattern, start, end) => parts.push(start, end));
  assert.equal(parts[0], 2);
  assert.equal(parts.at(-1), 2 + run.length);
  for (let index = 2; index < parts.length; index += 2) assert.equal(parts[index], parts[index - 1]);
  assert.equal(found(["a[b]+c"], `a${"b".repeat(200)}c`).length, 1);
  assert.equal(found(["a[b]+c"], `a${"b".repeat(2000)}c`).length, 0);
});
