import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { systemClock } from "#kernel";
import type { Store, StoredKnown, StoredTenant } from "../port.ts";
import { openStore } from "./store.ts";

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-known-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(context: TestContext, folder: string): Store {
  const opened = openStore({ folder, clock: systemClock });
  assert.ok(opened.ok);
  context.after(() => opened.value.close());
  return opened.value;
}

const acme: StoredTenant = { id: "acme", origin: undefined, floor: undefined, models: undefined, classes: undefined, mayGoTo: undefined, createdAt: 1 };
const customers: StoredKnown = { tenant: "default", name: "customers", kind: "list", count: 2, changedAt: 5, content: '["Zacharias Quendelmayr","Ünal"]' };

function contents(store: Store, tenant: string): readonly string[] {
  const read = store.known.read(tenant);
  assert.ok(read.ok);
  return read.value.map(({ name, content }) => `${name}: ${content}`);
}

test("registered values come back as they were, are replaced as a whole, and belong to one tenant", (context) => {
  const folder = newFolder(context);
  const store = open(context, folder);
  assert.ok(store.tenants.add(acme).ok);
  assert.ok(store.known.put(customers).ok);
  assert.ok(store.known.put({ ...customers, tenant: "acme", content: '["other"]' }).ok);
  assert.deepEqual(store.known.read("default"), { ok: true, value: [customers] });
  assert.deepEqual(contents(store, "acme"), ['customers: ["other"]']);
  assert.ok(store.known.put({ ...customers, kind: "allow", count: 1, changedAt: 6, content: "[]" }).ok);
  const { content: _content, ...heading } = customers;
  assert.deepEqual(store.known.headings("default"), [{ ...heading, kind: "allow", count: 1, changedAt: 6 }]);
  assert.deepEqual(
    store.known.headings().map(({ tenant }) => tenant),
    ["acme", "default"],
  );
  assert.ok(store.known.remove("default", "customers").ok);
  const again = store.known.remove("default", "customers");
  assert.equal(again.ok ? undefined : again.error.code, "unknown_name");
  assert.deepEqual([contents(store, "default"), contents(store, "acme").length], [[], 1]);
  const nobody = store.known.put({ ...customers, tenant: "nobody" });
  assert.equal(nobody.ok ? undefined : nobody.error.code, "unknown_name");
});

test("no file of the data folder holds a registered value in clear", (context) => {
  const folder = newFolder(context);
  const store = open(context, folder);
  assert.ok(store.known.put(customers).ok);
  const files = readdirSync(folder);
  assert.ok(files.includes("freehold.db"));
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    for (const value of ["Quendelmayr", "Ünal"]) assert.equal(bytes.includes(value), false, `${file} holds ${value}`);
  }
});

test("a content that was changed, or moved to another tenant or name, does not open", (context) => {
  const folder = newFolder(context);
  const store = open(context, folder);
  assert.ok(store.tenants.add(acme).ok);
  assert.ok(store.known.put(customers).ok);
  const other = new DatabaseSync(join(folder, "freehold.db"));
  context.after(() => other.close());
  const codeAfter = (statement: string, tenant: string): string | undefined => {
    assert.ok(store.known.put(customers).ok);
    other.exec(statement);
    const read = store.known.read(tenant);
    other.exec("DELETE FROM known_values");
    return read.ok ? undefined : read.error.code;
  };
  assert.equal(codeAfter("SELECT 1", "default"), undefined);
  assert.equal(codeAfter("UPDATE known_values SET tenant = 'acme'", "acme"), "data_damaged");
  assert.equal(codeAfter("UPDATE known_values SET name = 'staff'", "default"), "data_damaged");
  assert.equal(codeAfter("UPDATE known_values SET kind = 'allow'", "default"), "data_damaged");
  assert.equal(codeAfter("UPDATE known_values SET sealed = zeroblob(length(sealed))", "default"), "data_damaged");
  assert.equal(codeAfter("UPDATE known_values SET sealed = x''", "default"), "data_damaged");
});

test("versions tell whose values changed, also when another process changed them", (context) => {
  const folder = newFolder(context);
  const live = open(context, folder);
  const commandLine = open(context, folder);
  assert.ok(live.tenants.add(acme).ok);
  assert.equal(live.known.versions().size, 0);
  commandLine.known.put(customers);
  commandLine.known.put({ ...customers, tenant: "acme" });
  const first = live.known.versions();
  commandLine.known.put(customers);
  const second = live.known.versions();
  assert.notEqual(second.get("default"), first.get("default"));
  assert.equal(second.get("acme"), first.get("acme"));
  commandLine.known.remove("default", "customers");
  assert.deepEqual([...live.known.versions().keys()], ["acme"]);
});
