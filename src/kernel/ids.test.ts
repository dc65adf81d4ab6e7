import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { mintDecisionId, mintRequestId, parseRequestId, ulid } from "./ids.ts";

describe("ids", () => {
  it("carry their time: later ones sort later", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(2 ** 40), (one, other) => {
        if (one < other) assert.ok(ulid(one).slice(0, 10) < ulid(other).slice(0, 10));
        assert.match(ulid(one), /^[0-9A-HJKMNP-TV-Z]{26}$/);
      }),
    );
    // The time part of the ULID specification's own example.
    assert.equal(ulid(1_469_918_176_385).slice(0, 10), "01ARYZ6S41");
  });

  it("do not repeat within a millisecond", () => {
    assert.equal(new Set(Array.from({ length: 10_000 }, () => mintDecisionId(0))).size, 10_000);
    assert.match(mintRequestId(0), /^req_/);
  });
});

describe("parseRequestId", () => {
  it("keeps a well-formed id and nothing else", () => {
    for (const good of ["a", "req-1", "0af7651916cd43dd8448eb211c80319c", "a:b.c_d-e", "x".repeat(128)]) assert.equal(parseRequestId(good), good);
    for (const bad of ["", " a", "a b", "-a", "x".repeat(129), "a\r\nb: c", "ä", "<script>", "a/b"]) assert.equal(parseRequestId(bad), undefined, bad);
  });

  it("does not keep what looks like an API key: ids are logged", () => {
    assert.equal(parseRequestId("fh_0123456789"), undefined);
    assert.equal(parseRequestId("sk-abcdef"), undefined);
  });
});
