import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDetector } from "#boundary";
import { readPieces } from "./findings.ts";
import { type Format, formatOf, splitterOf } from "./format.ts";

const detector = createDetector();

async function* chunksOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function foundIn(text: string, format: Format, size = text.length + 1, length?: number) {
  const found = [];
  for await (const piece of readPieces(chunksOf(text, size), format, detector, length)) found.push(...piece.found);
  return found;
}

/** What the reader of a file sees: values behind the names of their columns and members. */
const readingOf = (text: string, format: Format): string => {
  const splitter = splitterOf(format, 1 << 20);
  return [...splitter.push(text), ...splitter.end()].map(({ reading }) => reading.text).join("");
};

test("a table is read cell by cell behind the names of its columns, quotes undone", () => {
  assert.match(readingOf('Name;PESEL\r\n"Ewa ""E"" Lis";123\r\n', "csv"), /^Name\nPESEL\n\n +\nName: Ewa "E" Lis\nPESEL: 123\n\n$/);
});

test("a table without a header is read as it is, and so is one whose first record looks like values", () => {
  assert.equal(readingOf("1001,anna@example.org\n1002,x\n", "csv"), "1001\nanna@example.org\n\n1002\nx\n\n");
});

test("separators: the one of which the first record holds most", () => {
  for (const separator of [",", ";", "\t", "|"]) {
    assert.match(readingOf(`a${separator}b${separator}c x, y\n1${separator}2${separator}3\n`, "csv"), /a: 1\nb: 2\nc/, separator);
  }
});

test("JSON is read value by value behind the names of its members, escapes undone, faulty JSON too", () => {
  assert.equal(readingOf('{"iban": "D\\u0045 1", "list": ["a\\n", 12.5], "o": {"x": true}}', "json"), "iban: DE 1\nlist: \na\n\n12.5\no: \nx: true ");
  assert.match(readingOf('{"a": "open, b@example.org', "json"), /b@example\.org/);
  assert.match(readingOf("{unquoted: b@example.org // c@example.org\n", "json"), /b@example\.org.*c@example\.org/);
});

test("the name of a file tells its format, else its beginning does", () => {
  assert.equal(formatOf("a.CSV", ""), "csv");
  assert.equal(formatOf("a.jsonl", ""), "json");
  assert.equal(formatOf("a.log", '{"a": 1}'), "json");
  assert.equal(formatOf("-", '[\n  {"a"'), "json");
  assert.equal(formatOf("a.ini", "[section]\n"), "text");
  assert.equal(formatOf("a.md", "# {x}\n"), "text");
});

test("offsets, lines and columns are those of the file, behind escapes, quotes and every kind of line end", async () => {
  const rows: readonly (readonly [Format, string, string])[] = [
    ["text", "one\r\ntwo\rthree jane@example.org", "jane@example.org"],
    ["csv", 'id,mail\n1,"a ""b""\nc jane@example.org"\n', "jane@example.org"],
    ["json", '{"x": "\\u00e9\\n", "mail": "j\\u0061ne@example.org"}', "j\\u0061ne@example.org"],
  ];
  for (const [format, text, wanted] of rows) {
    const [found] = await foundIn(text, format);
    assert.ok(found !== undefined, format);
    assert.equal(text.slice(found.start, found.end), wanted);
    assert.equal(found.stretch.value, "jane@example.org");
    const before = text.slice(0, found.start).split(/\r\n|\r|\n/);
    assert.deepEqual([found.line, found.column], [before.length, (before.at(-1)?.length ?? 0) + 1], format);
  }
});

test("the name of a column and the name of a member are context for the value: a bare number is found behind PESEL", async () => {
  const subtypes = async (text: string, format: Format) => (await foundIn(text, format)).map(({ finding }) => finding.subtype);
  // A NIP passes its check one time in ten, so it is found by its word alone.
  assert.deepEqual(await subtypes("id,NIP\nA1,5213467894\n", "csv"), ["pl.nip"]);
  assert.deepEqual(await subtypes("id,code\nA1,5213467894\n", "csv"), []);
  assert.deepEqual(await subtypes('{"NIP": 5213467894}', "json"), ["pl.nip"]);
  assert.deepEqual(await subtypes('{"code": 5213467894}', "json"), []);
});

test("what is found does not depend on where the file is cut into chunks and pieces", async () => {
  const line = fc.constantFrom("nothing here at all", "write to jane@example.org", "IBAN DE89 3704 0044 0532 0130 00", "💶 é ü", "");
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const forms: Readonly<Record<Format, (lines: readonly string[]) => string>> = {
    text: (lines) => lines.join("\n"),
    csv: (lines) => ["id,note", ...lines.map((text, index) => `${index},${cell(text)}`)].join("\r\n"),
    json: (lines) => lines.map((text, id) => JSON.stringify({ id, note: text })).join("\n"),
  };
  for (const format of ["text", "csv", "json"] as const) {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 50, max: 2000 }), async (lines, size, length) => {
        const text = forms[format](lines);
        const whole = (await foundIn(text, format)).map(({ start, end, line: at }) => [start, end, at]);
        const cut = (await foundIn(text, format, size, length)).map(({ start, end, line: at }) => [start, end, at]);
        assert.deepEqual(cut, whole);
      }),
      { numRuns: 40 },
    );
  }
});

test("a finding across the cut between two pieces is found once, whole", async () => {
  const filler = `${"x".repeat(40)}\n`.repeat(2000);
  for (let shift = 0; shift < 60; shift += 7) {
    const text = `${filler.slice(shift)}jane@example.org and ${filler}`;
    const found = await foundIn(text, "text", 5000, filler.length - 20);
    assert.deepEqual(
      found.map(({ start, end }) => text.slice(start, end)),
      ["jane@example.org"],
    );
  }
});

test("a quote that is never closed, and a literal without an end, do not hold the whole file back", () => {
  for (const [format, begin] of [
    ["csv", 'a,b\n1,"'],
    ["json", '{"a": "'],
  ] as const) {
    const splitter = splitterOf(format, 1000);
    let pieces = splitter.push(begin).length;
    for (let count = 0; count < 40; count += 1) pieces += splitter.push("x, y ".repeat(200)).length;
    assert.ok(pieces > 0, format);
  }
});
