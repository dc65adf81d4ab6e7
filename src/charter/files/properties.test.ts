import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { milliseconds } from "./measures.ts";
import { canonicalNetwork, checkNetwork } from "./networks.ts";
import { parseCharter } from "./parse-charter.ts";
import { parseEstate } from "./parse-estate.ts";
import { formatPath, parsePath } from "./paths.ts";
import { nearest } from "./spelling.ts";
import { exampleCharter, exampleEstate } from "./testing/contract-examples.ts";
import { yamlText } from "./text-edits.ts";

const parsers = [
  { parse: parseCharter, example: exampleCharter },
  { parse: parseEstate, example: exampleEstate },
] as const;

/** Whatever the text, there is an answer, and every place that it names lies in the text. */
function assertSound(parse: typeof parseCharter | typeof parseEstate, text: string): void {
  const result = parse(text, "f.yaml");
  const faults = result.ok ? result.value.warnings : result.error;
  assert.ok(result.ok || faults.some(({ severity }) => severity === "error"), "no value means a fault");
  const lines = text.replace(/^\ufeff/, "").split("\n");
  let before = 0;
  for (const { line, column, message, path } of faults) {
    const length = lines[line - 1]?.length;
    assert.ok(length !== undefined && column >= 1 && column <= length + 1, `${line}:${column} ${path} ${message}`);
    assert.ok(line >= before, "faults come in file order");
    before = line;
    assert.ok(message.length > 0);
  }
}

const pieces = [
  "",
  " ",
  "\n",
  "\t",
  ":",
  ": ",
  "- ",
  "[",
  "]",
  "{",
  "}",
  "#",
  "&a ",
  "*a",
  "!x ",
  "'",
  '"',
  "|",
  "0",
  "-",
  "no",
  "null",
  "~",
  "\u0000",
  "é",
  "😀",
  "\ufeff",
  "\r\n",
  "---\n",
  "__proto__",
  "constructor: ",
];

describe("any file gives a value or faults, and never throws", () => {
  for (const { parse, example } of parsers) {
    it(`${parse.name}: cut anywhere`, () => {
      fc.assert(
        fc.property(fc.nat(example.length), (length) => assertSound(parse, example.slice(0, length))),
        { numRuns: 150 },
      );
    });

    it(`${parse.name}: with a piece replaced anywhere`, () => {
      const edit = fc.tuple(fc.nat(example.length), fc.nat(12), fc.constantFrom(...pieces));
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
          assertSound(
            parse,
            edits.reduce<string>((text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length), example),
          );
        }),
        { numRuns: 250 },
      );
    });

    it(`${parse.name}: with lines left out, doubled and shifted`, () => {
      const lines = example.split("\n");
      const edit = fc.tuple(fc.nat(lines.length - 1), fc.constantFrom("drop", "double", "indent", "outdent"));
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
          const changed = lines.flatMap((line, index) => {
            const how = edits.find(([at]) => at === index)?.[1];
            if (how === "drop") return [];
            if (how === "double") return [line, line];
            return [how === "indent" ? `  ${line}` : how === "outdent" ? line.replace(/^ {1,2}/, "") : line];
          });
          assertSound(parse, changed.join("\n"));
        }),
        { numRuns: 150 },
      );
    });

    it(`${parse.name}: any text and any JSON`, () => {
      fc.assert(
        fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => assertSound(parse, text)),
        { numRuns: 150 },
      );
      fc.assert(
        fc.property(fc.json(), (text) => assertSound(parse, text)),
        { numRuns: 150 },
      );
    });
  }
});

describe("small parts", () => {
  it("a path survives being written and read", () => {
    const segment = fc.oneof(fc.nat(99), fc.constantFrom("a", "b-c", "d.e", 'f"g', "[0]", "", " "));
    fc.assert(fc.property(fc.array(segment), (path) => assert.deepEqual(parsePath(formatPath(path)), path)));
  });

  it("a text written into YAML is read back as itself, alone and inside brackets", () => {
    const words = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("true", "NO", "~", "1", "a: b", "a #b", "- a", "", " a", "null", "1e3", "a, b", "x]"),
    );
    fc.assert(
      fc.property(words, (text) => {
        assert.deepEqual(parseDocument(`a: ${yamlText(text)}\nb: [${yamlText(text)}]\n`).toJS(), { a: text, b: [text] });
      }),
    );
  });

  it("a network survives being written canonically", () => {
    const prefix = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`);
    const prefix6 = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, bits]) => `${address}/${bits}`);
    fc.assert(
      fc.property(fc.oneof(prefix, prefix6), (text) => {
        const complaint = checkNetwork(text);
        const good = complaint === undefined ? text : complaint.hint.replace("write ", "");
        assert.equal(checkNetwork(good), undefined, `${text} → ${good}`);
        assert.equal(canonicalNetwork(canonicalNetwork(good)), canonicalNetwork(good));
      }),
    );
  });

  it("times count in milliseconds", () => {
    assert.deepEqual(
      ["250ms", "5s", "1.5 s", "2min", "2m", "6h", "7d", "1 day"].map(milliseconds),
      [250, 5000, 1500, 120_000, 120_000, 21_600_000, 604_800_000, 86_400_000],
    );
    assert.deepEqual(
      ["", "5", "s", "-5s", "5 parsecs", "5 constructor", "1e3s", "5s5s"].map(milliseconds),
      Array.from({ length: 8 }, () => undefined),
    );
  });

  it("a slip of one letter in three finds the word that was meant, and a stranger finds none", () => {
    const known = ["located-in", "compellable-by", "operated-by", "url"];
    assert.deepEqual(
      ["locatedIn", "located_in", "loacted-in", "compelable-by", "operated-bye", "URL", "ulr"].map((word) => nearest(word, known)),
      ["located-in", "located-in", "located-in", "compellable-by", "operated-by", "url", "url"],
    );
    assert.deepEqual(
      ["", "x", "password", "constructor"].map((word) => nearest(word, known)),
      [undefined, undefined, undefined, undefined],
    );
  });
});
