import type { DatabaseSync } from "node:sqlite";
import type { Keys, StoredKey } from "../port.ts";
import { bytes, integer, jsonOrNull, optionalInteger, optionalText, optionalTexts, type Row, text, texts } from "./columns.ts";
import { changing, writing } from "./writing.ts";

const fromRow = (row: Row): StoredKey => ({
  id: text(row, "id"),
  tenant: text(row, "tenant"),
  digest: bytes(row, "digest"),
  label: text(row, "label"),
  origin: optionalText(row, "origin"),
  models: optionalTexts(row, "models"),
  permissions: texts(row, "permissions"),
  createdAt: integer(row, "created_at"),
  expiresAt: optionalInteger(row, "expires_at"),
  revokedAt: optionalInteger(row, "revoked_at"),
});

export function sqliteKeys(database: DatabaseSync): Keys {
  const insert = database.prepare(
    "INSERT INTO keys (id, tenant, digest, label, origin, models, permissions, created_at, expires_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const one = database.prepare("SELECT * FROM keys WHERE id = ?");
  const all = database.prepare("SELECT * FROM keys ORDER BY created_at, id");
  const ofTenant = database.prepare("SELECT * FROM keys WHERE tenant = ? ORDER BY created_at, id");
  const revoke = database.prepare("UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?");
  return {
    add: (key) =>
      writing(() => {
        const { id, tenant, digest, label, origin, models, permissions, createdAt, expiresAt, revokedAt } = key;
        insert.run(id, tenant, digest, label, origin ?? null, jsonOrNull(models), JSON.stringify(permissions), createdAt, expiresAt ?? null, revokedAt ?? null);
      }),
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? undefined : fromRow(row);
    },
    list: (tenant) => (tenant === undefined ? all.all() : ofTenant.all(tenant)).map(fromRow),
    revoke: (id, at) => changing("key", () => revoke.run(at, id)),
  };
}
