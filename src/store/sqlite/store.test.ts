import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { systemClock } from "#kernel";
import type { Store, StoredKey, StoredTenant } from "../port.ts";
import { openStore } from "./store.ts";

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-store-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "data");
}

function open(context: TestContext, folder: string): Store {
  const opened = openStore({ folder, clock: systemClock });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.message);
  context.after(() => {
    try {
      opened.value.close();
    } catch {
      // The test closed it itself.
    }
  });
  return opened.value;
}

const codeOf = (folder: string): string | undefined => {
  const opened = openStore({ folder, clock: systemClock });
  if (opened.ok) opened.value.close();
  return opened.ok ? undefined : opened.error.code;
};

const codeIn = (result: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } }): string | undefined =>
  result.ok ? undefined : result.error.code;

const key: StoredKey = {
  id: "key_ABCDEFGH",
  tenant: "default",
  digest: new Uint8Array(32).fill(7),
  label: "for the tests; DROP TABLE keys;--'\"",
  origin: "DE",
  models: ["assistant", "näh"],
  permissions: ["assert-origin"],
  createdAt: 1_800_000_000_000,
  expiresAt: 1_900_000_000_000,
  revokedAt: undefined,
};

const tenant: StoredTenant = {
  id: "acme",
  origin: "FR",
  floor: "sensitive",
  models: ["assistant"],
  classes: { business_id: "sensitive" },
  mayGoTo: { public: ["own"], sensitive: [] },
  createdAt: 1_800_000_000_000,
};

test("folder and files are made for their owner alone", (context) => {
  const folder = newFolder(context);
  const before = process.umask(0);
  try {
    const store = open(context, folder);
    store.secrets.ensure("pepper");
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.deepEqual(
      readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]),
      [
        ["freehold.db", 0o600],
        ["freehold.db-shm", 0o600],
        ["freehold.db-wal", 0o600],
      ],
    );
  } finally {
    process.umask(before);
  }
});

test("keys come back as they were stored, after a restart too, and a revocation keeps its first time", (context) => {
  const folder = newFolder(context);
  const first = open(context, folder);
  assert.ok(first.keys.add(key).ok);
  const bare: StoredKey = { ...key, id: "key_bare", origin: undefined, models: undefined, permissions: [], expiresAt: undefined, createdAt: 1 };
  assert.ok(first.keys.add(bare).ok);
  assert.equal(codeIn(first.keys.add(key)), "already_exists");
  assert.equal(codeIn(first.keys.add({ ...key, id: "key_other", tenant: "nobody" })), "unknown_name");
  assert.equal(codeIn(first.keys.revoke("key_missing", 5)), "unknown_name");
  assert.ok(first.keys.revoke(key.id, 1_850_000_000_000).ok);
  assert.ok(first.keys.revoke(key.id, 1_860_000_000_000).ok);
  first.close();

  const second = open(context, folder);
  const revoked = { ...key, revokedAt: 1_850_000_000_000 };
  assert.deepEqual(second.keys.list(), [bare, revoked]);
  assert.deepEqual(second.keys.find(key.id), revoked);
  assert.equal(second.keys.find("key_missing"), undefined);
  assert.deepEqual(second.keys.list("default").length, 2);
  assert.deepEqual(second.keys.list("acme"), []);
});

test("tenants come back as they were stored; default is always there", (context) => {
  const store = open(context, newFolder(context));
  assert.ok(store.tenants.add(tenant).ok);
  assert.equal(codeIn(store.tenants.add(tenant)), "already_exists");
  assert.deepEqual(store.tenants.find("acme"), tenant);
  const changed: StoredTenant = { ...tenant, floor: undefined, origin: undefined, models: undefined, classes: undefined, mayGoTo: undefined, createdAt: 0 };
  assert.ok(store.tenants.update(changed).ok);
  assert.deepEqual(store.tenants.find("acme"), { ...changed, createdAt: tenant.createdAt });
  assert.equal(codeIn(store.tenants.update({ ...tenant, id: "nobody" })), "unknown_name");
  assert.deepEqual(
    store.tenants
      .list()
      .map(({ id }) => id)
      .sort(),
    ["acme", "default"],
  );
});

test("a secret is random, has 32 bytes, and is the same for ever and for everybody", (context) => {
  const folder = newFolder(context);
  const one = open(context, folder);
  const other = open(context, folder);
  const made = one.secrets.ensure("pepper");
  const found = other.secrets.ensure("pepper");
  const different = other.secrets.ensure("another");
  assert.ok(made.ok && found.ok && different.ok);
  assert.equal(made.value.length, 32);
  assert.deepEqual(found.value, made.value);
  assert.notDeepEqual(different.value, made.value);
  one.close();
  other.close();
  const again = open(context, folder).secrets.ensure("pepper");
  assert.deepEqual(again.ok ? again.value : undefined, made.value);
});

test("model files are added, found, listed and removed", (context) => {
  const store = open(context, newFolder(context));
  const file = { name: "m", path: "/m.gguf", sha256: "0".repeat(64), bytes: 5_000_000_000, licence: "Apache-2.0", developer: undefined, addedAt: 1 };
  assert.ok(store.modelFiles.add(file).ok);
  assert.equal(codeIn(store.modelFiles.add(file)), "already_exists");
  assert.deepEqual(store.modelFiles.find("m"), file);
  assert.deepEqual(store.modelFiles.list(), [file]);
  assert.ok(store.modelFiles.remove("m").ok);
  assert.equal(codeIn(store.modelFiles.remove("m")), "unknown_name");
  assert.deepEqual([store.modelFiles.find("m"), store.modelFiles.list()], [undefined, []]);
});

test("a live instance notices what the command line changed, and what it changed itself, and nothing else", (context) => {
  const folder = newFolder(context);
  const live = open(context, folder);
  const commandLine = open(context, folder);
  const versions = [live.dataVersion()];
  commandLine.keys.add(key);
  versions.push(live.dataVersion());
  live.keys.revoke(key.id, 1);
  versions.push(live.dataVersion());
  commandLine.tenants.add(tenant);
  versions.push(live.dataVersion());
  assert.equal(new Set(versions).size, 4, `${versions}`);
  commandLine.keys.list();
  commandLine.keys.add(key);
  assert.equal(live.dataVersion(), versions[3]);
});

test("a file from a newer program is left alone", (context) => {
  const folder = newFolder(context);
  open(context, folder).close();
  const path = join(folder, "freehold.db");
  const database = new DatabaseSync(path);
  database.exec("INSERT INTO migrations VALUES (99, 'from the future', 0)");
  database.close();
  const opened = openStore({ folder, clock: systemClock });
  assert.deepEqual(opened.ok ? undefined : [opened.error.code, opened.error.param], ["data_newer", "freehold.db"]);
});

test("a damaged file and a place where none can be are told as faults", (context) => {
  const folder = newFolder(context);
  open(context, folder).close();
  writeFileSync(join(folder, "freehold.db"), "no database ".repeat(1000));
  assert.equal(codeOf(folder), "data_damaged");
  assert.equal(codeOf(join(folder, "freehold.db", "below-a-file")), "data_unwritable");
});

test("a migration that was begun twice at the same time is applied once", (context) => {
  const folder = newFolder(context);
  const stores = [open(context, folder), open(context, folder), open(context, folder)];
  for (const store of stores) assert.equal(store.tenants.list().length, 1);
  const database = new DatabaseSync(join(folder, "freehold.db"), { readOnly: true });
  assert.deepEqual(
    database
      .prepare("SELECT version FROM migrations")
      .all()
      .map(({ version }) => version),
    [1, 2],
  );
  database.close();
});
