import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { getLlama, type Llama } from "node-llama-cpp";
import { grammarOf } from "./json-schema.ts";
import { toolCallGrammar } from "./tool-call.ts";

/** What llama.cpp itself says about a text; the package keeps it internal. */
interface Recogniser {
  _testText(text: string): boolean;
}

suite("JSON Schema as a grammar of llama.cpp", () => {
  let llama: Llama;
  before(async () => {
    llama = await getLlama({ gpu: false, build: "never", skipDownload: true });
  });
  after(() => llama.dispose());

  const recogniser = async (grammar: ReturnType<typeof grammarOf>): Promise<Recogniser> => {
    assert.ok(grammar.ok, JSON.stringify(grammar));
    return (await llama.createGrammar({ grammar: grammar.value })) as unknown as Recogniser;
  };

  const cases: [name: string, schema: object, admitted: unknown[], refused: unknown[]][] = [
    ["any value", {}, [null, true, -1.5e3, "x", [], [1, [2]], { a: { b: [] } }], []],
    ["integer", { type: "integer" }, [0, -7, 123456789], [1.5, "1", true]],
    ["types", { type: ["string", "null"] }, ["", null], [1, {}]],
    ["enum and const", { enum: ["a", 1, null, { k: '"\\\n\u00e9' }] }, ["a", 1, null, { k: '"\\\n\u00e9' }], ["b", 2]],
    ["string lengths", { type: "string", minLength: 2, maxLength: 3 }, ["ab", "abc", "\u00e9\u{1F600}"], ["a", "abcd"]],
    ["formats", { type: "string", format: "date" }, ["2026-02-28"], ["2026-13-01", "x"]],
    ["uuid", { type: "string", format: "uuid" }, ["0b0e0f2a-0000-4000-8000-000000000000"], ["0b0e"]],
    ["array lengths", { type: "array", items: { type: "boolean" }, minItems: 1, maxItems: 2 }, [[true], [true, false]], [[], [true, true, true], ["x"]]],
    ["exactly one item", { type: "array", items: {}, minItems: 1, maxItems: 1 }, [[1]], [[], [1, 2]]],
    ["no items", { type: "array", maxItems: 0 }, [[]], [[1]]],
    ["tuple", { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false }, [["a", 1]], [["a"], ["a", 1, 2], [1, "a"]]],
    [
      "tuple and more",
      { type: "array", prefixItems: [{ type: "string" }], items: { type: "integer" }, minItems: 2 },
      [
        ["a", 1],
        ["a", 1, 2],
      ],
      [["a"], ["a", "b"]],
    ],
    ["map", { type: "object", additionalProperties: { type: "integer" } }, [{}, { a: 1, b: 2 }], [{ a: "x" }]],
    ["empty object", { type: "object", additionalProperties: false }, [{}], [{ a: 1 }]],
    ["anyOf", { anyOf: [{ type: "integer" }, { type: "object", properties: { a: { const: 1 } }, required: ["a"] }] }, [3, { a: 1 }], ["x", { a: 2 }, {}]],
    [
      "allOf",
      {
        allOf: [{ $ref: "#/$defs/a" }, { type: "object", properties: { b: { type: "null" } }, required: ["b"] }],
        $defs: { a: { type: "object", properties: { a: { const: 1 } }, required: ["a"] } },
      },
      [{ a: 1, b: null }],
      [{ a: 1 }, { b: null }],
    ],
    [
      "recursion",
      {
        $ref: "#/$defs/list",
        $defs: { list: { anyOf: [{ type: "null" }, { type: "object", properties: { next: { $ref: "#/$defs/list" } }, required: ["next"] }] } },
      },
      [null, { next: { next: null } }],
      [{}, 1],
    ],
    ["pointer escapes", { $ref: "#/definitions/a~1b%20c", definitions: { "a/b c": { type: "integer" } } }, [5], ["x"]],
  ];

  for (const [name, schema, admitted, refused] of cases) {
    test(name, async () => {
      const grammar = await recogniser(grammarOf(schema, true));
      for (const value of admitted) assert.ok(grammar._testText(JSON.stringify(value)), `should admit ${JSON.stringify(value)}`);
      for (const value of refused) assert.ok(!grammar._testText(JSON.stringify(value)), `should refuse ${JSON.stringify(value)}`);
      assert.ok(!grammar._testText("") && !grammar._testText("  ") && !grammar._testText("{"));
    });
  }

  test("each subset of optional properties is admitted in order, and each lack of a required one refused", async () => {
    const keys = ["a", "b", "c", "d"];
    for (const required of [[], ["b"], ["a", "d"], keys]) {
      const schema = { type: "object", properties: Object.fromEntries(keys.map((key) => [key, { type: "integer" }])), required };
      const grammar = await recogniser(grammarOf(schema, true));
      for (let subset = 0; subset < 16; subset += 1) {
        const present = keys.filter((_, index) => subset & (1 << index));
        const document = JSON.stringify(Object.fromEntries(present.map((key) => [key, 1])));
        assert.equal(
          grammar._testText(document),
          required.every((key) => present.includes(key)),
          document,
        );
      }
    }
  });

  test("every JSON string is admitted in JSON.stringify's spelling, unpaired surrogates excepted", async () => {
    const grammar = await recogniser(grammarOf({ type: "string" }, true));
    for (let code = 0; code < 0x3000; code += code < 0x100 ? 1 : 97) {
      if (code === 0x7f) continue;
      assert.ok(grammar._testText(JSON.stringify(String.fromCharCode(code))), `U+${code.toString(16)}`);
    }
    assert.ok(!grammar._testText('"\\ud800"'));
  });

  test("what a grammar cannot hold is a fault where strictness was asked for, and passed over elsewhere", () => {
    for (const schema of [
      { type: "string", pattern: "^a" },
      { type: "integer", minimum: 3 },
      { not: {} },
      { type: "array", uniqueItems: true },
      { type: "string", maxLength: 5000 },
    ]) {
      assert.ok(!grammarOf(schema, true).ok);
      assert.ok(grammarOf(schema, false).ok);
    }
  });

  test("hostile schemas are faults, not crashes", () => {
    let deep: object = {};
    for (let level = 0; level < 200; level += 1) deep = { type: "array", items: deep };
    const wide = { type: "object", properties: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, {}])) };
    const faulty = [
      null,
      5,
      { type: "widget" },
      { $ref: "http://elsewhere/x" },
      { $ref: "#/nowhere" },
      { $ref: "#/__proto__" },
      { $ref: "#/%" },
      { enum: [] },
      { type: "string", minLength: 3, maxLength: 1 },
      { type: "array", minItems: -1 },
      { type: "object", properties: { a: {} }, required: ["b"] },
      deep,
      wide,
    ];
    for (const schema of faulty) assert.ok(!grammarOf(schema, false).ok, JSON.stringify(schema)?.slice(0, 80));
  });

  test("a tool call names one of the tools and brings its own arguments, references included", async () => {
    const node = { type: "object", properties: { next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } }, required: ["next"] };
    const grammar = await recogniser(
      toolCallGrammar([
        {
          name: "walk",
          strict: true,
          definition: {},
          parameters: { type: "object", properties: { to: { $ref: "#/$defs/node" } }, required: ["to"], $defs: { node } },
        },
        { name: "stop", strict: false, definition: {}, parameters: { type: "object", properties: {} } },
      ]),
    );
    const admits = (name: string, args: object) => grammar._testText(JSON.stringify({ name, arguments: args }));
    assert.ok(admits("walk", { to: { next: { next: null } } }) && admits("stop", {}));
    assert.ok(!admits("walk", {}) && !admits("fly", {}) && !admits("walk", { to: 1 }));
  });
});
