import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TenantRules } from "#charter";
import { keyDigest, mintKey, publicId, type WellFormedKey } from "./key.ts";
import { type KeyRecord, Keyring } from "./keyring.ts";

const pepper = Buffer.alloc(32, 7);

function recordOf(key: WellFormedKey, changes: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: publicId(key),
    tenant: "default",
    digest: keyDigest(pepper, key),
    label: "",
    origin: undefined,
    models: undefined,
    permissions: [],
    createdAt: 0,
    expiresAt: undefined,
    revokedAt: undefined,
    ...changes,
  };
}

function ringOf(records: KeyRecord[], options: { adminKey?: string; tenants?: TenantRules[] } = {}) {
  const state = { version: 1, now: 1000, records };
  const directory = { keys: () => state.records, tenants: () => options.tenants ?? [{ id: "default" }], version: () => state.version };
  const ring = new Keyring({ directory, pepper, clock: { now: () => state.now }, ...(options.adminKey !== undefined && { adminKey: options.adminKey }) });
  return { ring, state };
}

const codeOf = (ring: Keyring, bearer: string | undefined): string => {
  const result = ring.authenticate(bearer);
  return result.ok ? result.value.key : result.error.code;
};

describe("Keyring", () => {
  it("knows a key that is in force", () => {
    const key = mintKey();
    assert.equal(codeOf(ringOf([recordOf(key)]).ring, key), publicId(key));
  });

  it("gives one and the same answer to every wrong key", () => {
    const key = mintKey();
    const { ring } = ringOf([recordOf(key)]);
    const samePrefix = `${key.slice(0, 20)}${mintKey().slice(20)}`;
    for (const wrong of [
      undefined,
      "",
      "x",
      mintKey(),
      samePrefix,
      `${key} `,
      key.toLowerCase(),
      "' OR 1=1 --",
      "x".repeat(100_000),
      recordOf(key).digest.toString(),
    ]) {
      assert.equal(codeOf(ring, wrong), "invalid_api_key");
    }
  });

  it("takes the configured admin key, and never the digest that is stored", () => {
    const adminKey = "an operator's own admin key, 32 characters or more";
    const { ring } = ringOf([], { adminKey });
    assert.equal(codeOf(ring, adminKey), "key_configured");
    assert.equal(codeOf(ring, keyDigest(pepper, adminKey).toString("hex")), "invalid_api_key");
  });

  it("ends a key when it expires and when it is revoked", () => {
    const expiring = mintKey();
    const revoked = mintKey();
    const { ring, state } = ringOf([recordOf(expiring, { expiresAt: 2000 }), recordOf(revoked)]);
    assert.equal(codeOf(ring, expiring), publicId(expiring));
    state.now = 2000;
    assert.equal(codeOf(ring, expiring), "invalid_api_key");
    assert.equal(codeOf(ring, revoked), publicId(revoked));
    state.records = [recordOf(revoked, { revokedAt: 1999 })];
    state.version = 2;
    ring.refreshIfChanged();
    assert.equal(codeOf(ring, revoked), "invalid_api_key");
  });

  it("denies a key whose tenant is gone, instead of letting it reach everything", () => {
    const key = mintKey();
    assert.equal(codeOf(ringOf([recordOf(key, { tenant: "removed" })]).ring, key), "invalid_api_key");
  });
});
