import assert from "node:assert/strict";
import { it } from "node:test";
import { digest } from "./digest.ts";

it("is SHA-256 over the JSON text", () => {
  assert.equal(digest({}), "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});

it("tells two orders apart: the first jurisdiction that fits decides, so a charter with another order is another charter", () => {
  assert.notEqual(digest({ eu: 1, de: 2 }), digest({ de: 2, eu: 1 }));
});
