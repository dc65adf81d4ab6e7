import type { DatabaseSync } from "node:sqlite";
import type { ModelFile, ModelFiles } from "../port.ts";
import { integer, optionalText, type Row, text } from "./columns.ts";
import { changing, writing } from "./writing.ts";

const fromRow = (row: Row): ModelFile => ({
  name: text(row, "name"),
  path: text(row, "path"),
  sha256: text(row, "sha256"),
  bytes: integer(row, "bytes"),
  licence: optionalText(row, "licence"),
  developer: optionalText(row, "developer"),
  addedAt: integer(row, "added_at"),
});

export function sqliteModelFiles(database: DatabaseSync): ModelFiles {
  const insert = database.prepare("INSERT INTO model_files (name, path, sha256, bytes, licence, developer, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM model_files WHERE name = ?");
  const one = database.prepare("SELECT * FROM model_files WHERE name = ?");
  const all = database.prepare("SELECT * FROM model_files ORDER BY name");
  return {
    add: ({ name, path, sha256, bytes, licence, developer, addedAt }) =>
      writing(() => void insert.run(name, path, sha256, bytes, licence ?? null, developer ?? null, addedAt)),
    remove: (name) => changing("model file", () => remove.run(name)),
    find: (name) => {
      const row = one.get(name);
      return row === undefined ? undefined : fromRow(row);
    },
    list: () => all.all().map(fromRow),
  };
}
