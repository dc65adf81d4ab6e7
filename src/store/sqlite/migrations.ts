import type { DatabaseSync } from "node:sqlite";
import { type Clock, err, type Fault, fault, ok, type Result } from "#kernel";

/** One step forward. A step that was released is never changed, only followed by another. */
interface Migration {
  readonly name: string;
  readonly statements: string;
}

const migrations: readonly Migration[] = [
  {
    name: "keys, tenants, secrets and model files",
    statements: `
      CREATE TABLE tenants (
        id TEXT PRIMARY KEY, origin TEXT, floor TEXT, models TEXT, may_go_to TEXT, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE keys (
        id TEXT PRIMARY KEY, tenant TEXT NOT NULL REFERENCES tenants (id), digest BLOB NOT NULL, label TEXT NOT NULL, origin TEXT, models TEXT,
        permissions TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER
      ) STRICT;
      CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
      CREATE TABLE model_files (
        name TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, licence TEXT, developer TEXT, added_at INTEGER NOT NULL
      ) STRICT;
      INSERT INTO tenants (id, created_at) VALUES ('default', unixepoch() * 1000);
    `,
  },
  {
    name: "known values and classes by type of finding",
    statements: `
      ALTER TABLE tenants ADD COLUMN classes TEXT;
      CREATE TABLE known_values (
        tenant TEXT NOT NULL REFERENCES tenants (id), name TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, changed_at INTEGER NOT NULL,
        nonce BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (tenant, name)
      ) STRICT, WITHOUT ROWID;
    `,
  },
];

/** Brings the tables to this program's version, each step in the one transaction; `data_newer` when the file is ahead of the program. */
export function migrate(database: DatabaseSync, clock: Clock): Result<void, Fault> {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    const row = database.prepare("SELECT max(version) AS version FROM migrations").get();
    const version = typeof row?.version === "number" ? row.version : 0;
    if (version > migrations.length) return err(fault("data_newer"));
    const applied = database.prepare("INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)");
    for (const [index, { name, statements }] of migrations.entries()) {
      if (index < version) continue;
      database.exec(statements);
      applied.run(index + 1, name, clock.now());
    }
    database.exec("COMMIT");
    return ok(undefined);
  } finally {
    if (database.isTransaction) database.exec("ROLLBACK");
  }
}
