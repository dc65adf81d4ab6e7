import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseJsonBody, withModel } from "./json-body.ts";

const bodyOf = (text: string) => {
  const parsed = parseJsonBody(Buffer.from(text));
  assert.ok(parsed.ok, `not parsed: ${JSON.stringify(parsed)}`);
  return parsed.value;
};

const codeOf = (bytes: Buffer): string => {
  const parsed = parseJsonBody(bytes);
  return parsed.ok ? "ok" : `${parsed.error.code}: ${parsed.error.message}`;
};

describe("parseJsonBody", () => {
  it("refuses what is not one JSON object in UTF-8, and says where", () => {
    assert.match(codeOf(Buffer.alloc(0)), /^invalid_json: .*empty/);
    assert.match(codeOf(Buffer.from([0x7b, 0xff, 0x7d])), /^invalid_json: .*UTF-8/);
    assert.match(codeOf(Buffer.from('{"a":1,\n  b:1}')), /^invalid_json: .*line 2, column 3/);
    assert.match(codeOf(Buffer.from("[]")), /^invalid_request: .*object/);
    assert.match(codeOf(Buffer.from("null")), /^invalid_request/);
    assert.match(codeOf(Buffer.from('"text"')), /^invalid_request/);
  });

  it("never repeats the body's text in a message", () => {
    assert.doesNotMatch(codeOf(Buffer.from('{"message":"Anna Schmidt",}')), /Anna/);
  });

  it("refuses a key that stands twice: two parsers would judge and answer two different requests", () => {
    assert.match(codeOf(Buffer.from('{"model":"a","model":"b"}')), /"model" stands twice/);
    assert.match(codeOf(Buffer.from('{"messages":[{"content":"x","con\\u0074ent":"y"}]}')), /"content" stands twice/);
    assert.equal(codeOf(Buffer.from('{"a":{"k":1},"b":{"k":2},"c":[{"k":1},{"k":2}]}')), "ok");
  });

  it("refuses nesting beyond 256 levels, and takes 256", () => {
    const nested = (levels: number) => Buffer.from(`{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`);
    assert.equal(codeOf(nested(256)), "ok");
    assert.match(codeOf(nested(257)), /nested deeper/);
    assert.match(codeOf(nested(100_000)), /nested deeper|not valid JSON/);
  });

  it("is not misled by quotes, braces and backslashes inside strings", () => {
    const body = bodyOf('{"x":"\\\\","y":"\\"model\\":{[,","z":["a,b",{"model":"inner"}],"model" : "outer"}');
    assert.equal(withModel(body, "served").toString(), '{"x":"\\\\","y":"\\"model\\":{[,","z":["a,b",{"model":"inner"}],"model" : "served"}');
  });
});

describe("withModel", () => {
  it("hands on the very buffer when the name is the same", () => {
    const body = bodyOf('{"model":"a"}');
    assert.equal(withModel(body, "a"), body.bytes);
  });

  it("changes nothing but the model's name, also behind characters of several bytes", () => {
    const body = bodyOf('{ "ä😀": "ö" , "model"\n:\t"m\\u006f" , "n": 1.50 }');
    assert.equal(withModel(body, 'q"x').toString(), '{ "ä😀": "ö" , "model"\n:\t"q\\"x" , "n": 1.50 }');
  });

  it("agrees with parsing and writing again, for any object", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.string({ minLength: 1 }), fc.nat(3), (rest, model, served, indent) => {
        const { model: _dropped, ...others } = rest;
        const body = bodyOf(JSON.stringify({ ...others, model, tail: [rest] }, null, indent));
        assert.deepEqual(JSON.parse(withModel(body, served).toString()), JSON.parse(JSON.stringify({ ...others, model: served, tail: [rest] })));
      }),
    );
  });
});
