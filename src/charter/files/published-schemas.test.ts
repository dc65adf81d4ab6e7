import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { starterKinds } from "./compose.ts";
import { isMap, memberOf } from "./plain-content.ts";
import { publishedSchemas } from "./published-schemas.ts";
import { exampleCharter, exampleEstate } from "./testing/contract-examples.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const json = (text: string): unknown => JSON.parse(text);

const files = ["charter", "estate"] as const;
const examples = { charter: exampleCharter, estate: exampleEstate };

describe("the published JSON Schemas", () => {
  for (const file of files) {
    const schema = json(publishedSchemas()[`${file}.schema.json`]);
    assert.ok(isMap(schema));

    it(`${file}: the committed file is the one that the parser's schema gives (node schemas/write.mjs writes it)`, () => {
      assert.deepEqual(json(read(`schemas/${file}.schema.json`)), schema);
    });

    it(`${file}: draft 2020-12, strict, with a word on every key`, () => {
      assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
      assert.deepEqual(undescribed(schema, file), []);
    });

    it(`${file}: takes the contract's example and every starter, and refuses an unknown key`, () => {
      const validate = new Ajv2020({ strict: false }).compile(schema);
      const texts = [examples[file], ...["default", ...starterKinds].map((kind) => read(`starters/${kind}/${file}.yaml`))];
      for (const text of texts) {
        assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
        assert.ok(!validate({ ...parse(text), suprise: 1 }));
      }
      assert.ok(!validate({}));
    });
  }
});

/** Paths of the properties without a description, through all that a schema nests. */
function undescribed(schema: unknown, path: string): readonly string[] {
  if (!isMap(schema)) return [];
  const properties = memberOf(schema, "properties");
  const own = isMap(properties) ? Object.entries(properties) : [];
  if (own.length > 0) assert.equal(schema.additionalProperties, false, `${path} is strict`);
  return [
    ...own.filter(([, property]) => typeof memberOf(property, "description") !== "string").map(([name]) => `${path}.${name}`),
    ...own.flatMap(([name, property]) => undescribed(property, `${path}.${name}`)),
    ...undescribed(memberOf(schema, "items"), `${path}[]`),
    ...undescribed(memberOf(schema, "additionalProperties"), `${path}.*`),
  ];
}
