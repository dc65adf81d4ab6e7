import type { DatabaseSync } from "node:sqlite";
import type { StoredTenant, Tenants } from "../port.ts";
import { integer, jsonOrNull, optionalText, optionalTextByName, optionalTexts, optionalTextsByName, type Row, text } from "./columns.ts";
import { changing, writing } from "./writing.ts";

const fromRow = (row: Row): StoredTenant => ({
  id: text(row, "id"),
  origin: optionalText(row, "origin"),
  floor: optionalText(row, "floor"),
  models: optionalTexts(row, "models"),
  classes: optionalTextByName(row, "classes"),
  mayGoTo: optionalTextsByName(row, "may_go_to"),
  createdAt: integer(row, "created_at"),
});

const rules = ({ origin, floor, models, mayGoTo, classes }: StoredTenant) => [
  origin ?? null,
  floor ?? null,
  jsonOrNull(models),
  jsonOrNull(mayGoTo),
  jsonOrNull(classes),
];

export function sqliteTenants(database: DatabaseSync): Tenants {
  const insert = database.prepare("INSERT INTO tenants (origin, floor, models, may_go_to, classes, id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const update = database.prepare("UPDATE tenants SET origin = ?, floor = ?, models = ?, may_go_to = ?, classes = ? WHERE id = ?");
  const one = database.prepare("SELECT * FROM tenants WHERE id = ?");
  const all = database.prepare("SELECT * FROM tenants ORDER BY created_at, id");
  return {
    add: (tenant) => writing(() => void insert.run(...rules(tenant), tenant.id, tenant.createdAt)),
    update: (tenant) => changing("tenant", () => update.run(...rules(tenant), tenant.id)),
    find: (id) => {
      const row = one.get(id);
      return row === undefined ? undefined : fromRow(row);
    },
    list: () => all.all().map(fromRow),
  };
}
