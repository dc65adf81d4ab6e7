import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { originResolver } from "./origin.ts";
import type { Permission, Principal } from "./principal.ts";

const principal = (changes: Partial<Principal> = {}): Principal => ({
  key: "key_x",
  tenant: { id: "default" },
  origin: undefined,
  models: undefined,
  permissions: new Set<Permission>(),
  ...changes,
});

const resolve = originResolver({ trustedProxies: ["10.0.0.0/8", "2001:db8::/32"], countryOf: (address) => (address === "192.0.2.7" ? "FR" : undefined) });

describe("originResolver", () => {
  it("believes the header only from a trusted proxy or for a key that may assert it", () => {
    assert.equal(resolve({ address: "10.1.2.3", asserted: "DE", principal: principal() }), "DE");
    assert.equal(resolve({ address: "::ffff:10.1.2.3", asserted: "DE", principal: principal() }), "DE");
    assert.equal(resolve({ address: "2001:db8::1", asserted: "DE", principal: principal() }), "DE");
    assert.equal(resolve({ address: "11.1.2.3", asserted: "DE", principal: principal() }), undefined);
    assert.equal(resolve({ address: "11.1.2.3", asserted: "DE", principal: principal({ permissions: new Set(["assert-origin"]) }) }), "DE");
  });

  it("falls back to the key's, then the tenant's, then the address's country", () => {
    const tenant = { id: "t", origin: "GB" };
    assert.equal(resolve({ address: "192.0.2.7", asserted: "US", principal: principal({ origin: "AT", tenant }) }), "AT");
    assert.equal(resolve({ address: "192.0.2.7", asserted: undefined, principal: principal({ tenant }) }), "GB");
    assert.equal(resolve({ address: "192.0.2.7", asserted: undefined, principal: principal() }), "FR");
    assert.equal(resolve({ address: undefined, asserted: undefined, principal: principal() }), undefined);
  });

  it("does not take a proxy's own country for the person's", () => {
    const everywhere = originResolver({ trustedProxies: ["10.0.0.0/8"], countryOf: () => "IE" });
    assert.equal(everywhere({ address: "10.0.0.1", asserted: undefined, principal: principal() }), undefined);
  });
});
