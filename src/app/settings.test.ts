import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { readSettings } from "./settings.ts";

const here = fileURLToPath(import.meta.url);

const messageOf = (flags: Parameters<typeof readSettings>[0], environment: NodeJS.ProcessEnv): string => {
  const settings = readSettings(flags, environment);
  return settings.ok ? "ok" : settings.error.message;
};

describe("readSettings", () => {
  it("takes a flag before the environment, and the environment before the default", () => {
    const settings = readSettings({ port: "1", charter: here }, { FREEHOLD_PORT: "2", FREEHOLD_HOST: "::1", FREEHOLD_CHARTER: "absent.yaml" });
    assert.ok(settings.ok);
    assert.deepEqual([settings.value.port, settings.value.host, settings.value.charter], [1, "::1", here]);
    const bare = readSettings({}, {});
    assert.ok(bare.ok);
    assert.deepEqual([bare.value.port, bare.value.host, bare.value.adminKey, bare.value.drain], [8080, "127.0.0.1", undefined, 30_000]);
    assert.match(bare.value.data, /\/data$/);
  });

  it("takes an empty variable for one that is not set", () => {
    const settings = readSettings({}, { FREEHOLD_ADMIN_KEY: "", FREEHOLD_PORT: "", FREEHOLD_DATABASE_URL: "" });
    assert.ok(settings.ok);
    assert.equal(settings.value.adminKey, undefined);
  });

  it("says what is wrong", () => {
    assert.match(messageOf({ port: "80a" }, {}), /number from 0 to 65535/);
    assert.match(messageOf({ drain: "-1" }, {}), /whole number of seconds/);
    assert.match(messageOf({}, { FREEHOLD_DRAIN: "1.5" }), /whole number of seconds/);
    assert.match(messageOf({ port: "65536" }, {}), /number from 0 to 65535/);
    assert.match(messageOf({ charter: "absent.yaml" }, {}), /no file absent\.yaml/);
    assert.match(messageOf({}, { FREEHOLD_ESTATE: "absent.yaml" }), /no file absent\.yaml/);
    assert.match(messageOf({}, { FREEHOLD_ADMIN_KEY: "short" }), /32 characters/);
    assert.match(messageOf({ database: "postgres://x" }, {}), /SQLite/);
  });
});
