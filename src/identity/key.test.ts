import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { keyDigest, mintKey, parseKey, publicId } from "./key.ts";

describe("keys", () => {
  it("have their own shape, a checksum, and a public id that tells nothing of the rest", () => {
    const key = mintKey();
    assert.match(key, /^fh_[0-9A-Za-z]{36}$/);
    assert.equal(parseKey(key), key);
    assert.equal(publicId(key), `key_${key.slice(3, 11)}`);
  });

  it("do not repeat", () => {
    assert.equal(new Set(Array.from({ length: 2000 }, mintKey)).size, 2000);
  });

  it("are recognised as mistyped when any one character is changed", () => {
    fc.assert(
      fc.property(fc.nat(35), fc.constantFrom(..."aZ09xQ"), (at, character) => {
        const key = mintKey();
        const changed = key.slice(0, 3 + at) + character + key.slice(4 + at);
        assert.equal(parseKey(changed) === undefined, changed !== key);
      }),
    );
  });

  it("are never made of any other text", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseKey(text), undefined)));
  });

  it("have a digest that depends on the installation's pepper", () => {
    const key = mintKey();
    assert.notDeepEqual(keyDigest(Buffer.from("one"), key), keyDigest(Buffer.from("other"), key));
  });
});
