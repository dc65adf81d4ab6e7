import type { Administration } from "#admin";
import { type Fault, ok, type Result } from "#kernel";
import type { Store } from "#store";
import type { Settings } from "./settings.ts";

/** Makes an admin key when there is no way in yet; undefined = there is one already. The key is shown once by whoever started the instance. */
export async function firstAdminKey(settings: Settings, store: Store, administration: Administration): Promise<Result<string | undefined, Fault>> {
  if (settings.adminKey !== undefined || store.keys.list().some(({ permissions }) => permissions.includes("admin"))) return ok(undefined);
  const created = await administration.createKey({ tenant: "default", label: "first admin key", permissions: ["admin", "assert-origin"] });
  return created.ok ? ok(created.value.key) : created;
}
