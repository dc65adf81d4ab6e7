import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { ok } from "#kernel";
import type { Secrets } from "../port.ts";
import { bytes } from "./columns.ts";
import { writing } from "./writing.ts";

export function sqliteSecrets(database: DatabaseSync): Secrets {
  // Two processes that start at once must end with the same secret: the first insert wins, and both read it back.
  const insert = database.prepare("INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING");
  const select = database.prepare("SELECT value FROM secrets WHERE name = ?");
  const read = (name: string): Uint8Array | undefined => {
    const row = select.get(name);
    return row === undefined ? undefined : bytes(row, "value");
  };
  return {
    ensure: (name) => {
      const known = read(name);
      if (known !== undefined) return ok(known);
      const made = writing(() => void insert.run(name, randomBytes(32)));
      if (!made.ok) return made;
      const value = read(name);
      if (value === undefined) throw new Error(`the secret ${name} vanished`);
      return ok(value);
    },
  };
}
