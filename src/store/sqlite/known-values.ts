import type { DatabaseSync } from "node:sqlite";
import { err, type Fault, fault, ok, type Result } from "#kernel";
import type { KnownHeading, KnownKind, KnownValuesStore, Secrets, StoredKnown } from "../port.ts";
import { bytes, integer, type Row, text } from "./columns.ts";
import { keyFor, seal, unseal } from "./sealing.ts";
import { changing, writing } from "./writing.ts";

const kinds: readonly string[] = ["list", "allow", "pattern"] satisfies KnownKind[];

function kind(row: Row): KnownKind {
  const value = text(row, "kind");
  if (!kinds.includes(value)) throw new TypeError("column kind holds no kind of known values");
  return value as KnownKind;
}

const heading = (row: Row): KnownHeading => ({
  tenant: text(row, "tenant"),
  name: text(row, "name"),
  kind: kind(row),
  count: integer(row, "count"),
  changedAt: integer(row, "changed_at"),
});

/** Where a sealed content belongs: moved to another row, it does not open. */
const contextOf = ({ tenant, name, kind: what }: KnownHeading): string => JSON.stringify([tenant, name, what]);

export function sqliteKnownValues(database: DatabaseSync, secrets: Secrets): KnownValuesStore {
  const upsert = database.prepare(
    `INSERT INTO known_values (tenant, name, kind, count, changed_at, nonce, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant, name) DO UPDATE SET kind = excluded.kind, count = excluded.count, changed_at = excluded.changed_at,
       nonce = excluded.nonce, sealed = excluded.sealed`,
  );
  const remove = database.prepare("DELETE FROM known_values WHERE tenant = ? AND name = ?");
  const all = database.prepare("SELECT tenant, name, kind, count, changed_at FROM known_values ORDER BY tenant, name");
  const ofTenant = database.prepare("SELECT * FROM known_values WHERE tenant = ? ORDER BY name");
  const nonces = database.prepare("SELECT tenant, name, hex(nonce) AS nonce FROM known_values ORDER BY tenant, name");
  const keyOf = (tenant: string): Result<Uint8Array, Fault> => {
    const secret = secrets.ensure(`known-values:${tenant}`);
    return secret.ok ? ok(keyFor(secret.value, "known values")) : secret;
  };
  return {
    put: (known) => {
      const key = keyOf(known.tenant);
      if (!key.ok) return key;
      const { nonce, sealed } = seal(key.value, known.content, contextOf(known));
      return writing(() => void upsert.run(known.tenant, known.name, known.kind, known.count, known.changedAt, nonce, sealed));
    },
    remove: (tenant, name) => changing("list, allow-list or pattern", () => remove.run(tenant, name)),
    headings: (tenant) => (tenant === undefined ? all.all() : ofTenant.all(tenant)).map(heading),
    read: (tenant) => {
      const rows = ofTenant.all(tenant);
      if (rows.length === 0) return ok([]);
      const key = keyOf(tenant);
      if (!key.ok) return key;
      const opened: StoredKnown[] = [];
      for (const row of rows) {
        const head = heading(row);
        const content = unseal(key.value, { nonce: bytes(row, "nonce"), sealed: bytes(row, "sealed") }, contextOf(head));
        if (content === undefined)
          return err(fault("data_damaged", { message: `What the tenant ${tenant} registered as ${head.name} cannot be opened.`, param: "freehold.db" }));
        opened.push({ ...head, content });
      }
      return ok(opened);
    },
    versions: () => {
      const versions = new Map<string, string>();
      for (const row of nonces.all()) {
        const tenant = text(row, "tenant");
        versions.set(tenant, `${versions.get(tenant) ?? ""}${text(row, "name")}:${text(row, "nonce")} `);
      }
      return versions;
    },
  };
}
