import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson, digest, type Json } from "./canonical.ts";

describe("canonicalJson", () => {
  it("writes as RFC 8785 says: keys by UTF-16 code units, numbers as ECMAScript, no white space", () => {
    // Section 3.2.3 of the RFC gives these keys and this order.
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    assert.deepEqual(Object.values(JSON.parse(canonicalJson(Object.fromEntries(Object.entries(keys))))).sort(), [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(canonicalJson(keys).replaceAll(/"[^"]*":/g, ""), "{2,4,6,7,1,5,3}");
    assert.equal(canonicalJson([333_333_333.333_333_3, 1e30, 4.5, 2e-3, 1e-27, -0]), "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]");
    assert.equal(canonicalJson({ b: undefined, a: [null, true, '\u20ac$\u000f\nA\'B"\\\\"/'] }), '{"a":[null,true,"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"]}');
  });

  it("does not depend on the order in which keys were set", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = (json: unknown): unknown =>
          Array.isArray(json)
            ? json.map(turned)
            : json !== null && typeof json === "object"
              ? Object.fromEntries(
                  Object.entries(json)
                    .reverse()
                    .map(([key, member]) => [key, turned(member)]),
                )
              : json;
        assert.equal(canonicalJson(turned(value) as Json), canonicalJson(value as Json));
        assert.deepEqual(JSON.parse(canonicalJson(value as Json)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("refuses what JSON cannot carry", () => {
    assert.throws(() => canonicalJson(Number.NaN));
    assert.throws(() => canonicalJson({ a: [Number.POSITIVE_INFINITY] }));
  });
});

describe("digest", () => {
  it("is SHA-256 over the canonical form", () => {
    assert.equal(digest({}), "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});
