import { type DataClass, isDataClass, type Rulebook, type TenantRules, tenantWidens } from "#charter";
import { inspectGguf } from "#engines";
import { keyDigest, mintKey, type Permission, publicId } from "#identity";
import { type Clock, err, type Fault, fault, ok, type Result, rfc3339 } from "#kernel";
import type { Entry, Ledger } from "#ledger";
import type { ModelFile, Store, StoredKey, StoredTenant } from "#store";
import type { Administration } from "./administration.ts";
import type { KeyView, LedgerQuery, ModelView, TenantInput } from "./contract.ts";
import { knownOperations } from "./known-operations.ts";

export interface OperationParts {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly pepper: Uint8Array;
  readonly clock: Clock;
  readonly rulebook: () => Rulebook;
  readonly explain: Administration["explain"];
  readonly scan: Administration["scan"];
  /** Called after keys or tenants changed. */
  readonly onChange: () => void;
}

/** Works on the store and the ledger of this process. An act is recorded first and done then: what is in force is never missing from the record. */
export function administrationOf(parts: OperationParts): Administration {
  const { store, ledger, clock } = parts;

  async function recorded<Value>(entry: Entry, act: () => Result<Value, Fault>): Promise<Result<Value, Fault>> {
    const written = await ledger.append(entry, entry);
    if (!written.ok) return written;
    const done = act();
    if (done.ok) parts.onChange();
    return done;
  }

  return {
    ...knownOperations({ store, now: () => clock.now(), recorded }),

    async createKey(input) {
      if (store.tenants.find(input.tenant) === undefined) {
        return err(fault("unknown_name", { message: `There is no tenant ${input.tenant}; freehold tenant create ${input.tenant} makes it.`, param: "tenant" }));
      }
      const unknown = input.models?.find((model) => !parts.rulebook().modelNames.has(model));
      if (unknown !== undefined)
        return err(fault("invalid_request", { message: `No backend of the estate serves a model ${JSON.stringify(unknown)}.`, param: "models" }));
      const key = mintKey();
      const id = publicId(key);
      const { tenant, label, origin, models, permissions } = input;
      const expiresAt = input.expiresAt === undefined ? undefined : Date.parse(input.expiresAt);
      if (expiresAt !== undefined && expiresAt <= clock.now())
        return err(fault("invalid_request", { message: "The time at which the key would end has already passed.", param: "expiresAt" }));
      const stored: StoredKey = {
        id,
        tenant,
        digest: keyDigest(parts.pepper, key),
        label,
        origin,
        models,
        permissions,
        createdAt: clock.now(),
        expiresAt,
        revokedAt: undefined,
      };
      const entry: Entry = { kind: "key", requestId: null, act: "create", key: id, tenant, permissions, models: models ?? null, origin: origin ?? null };
      const done = await recorded(entry, () => store.keys.add(stored));
      return done.ok ? ok({ id, key, tenant }) : done;
    },

    listKeys: async () => ok(store.keys.list().map((key) => keyViewOf(key, clock.now()))),

    async revokeKey(id) {
      const stored = store.keys.find(id);
      if (stored === undefined) return err(fault("unknown_name", { message: "There is no key with this id; freehold key list shows all.", param: "id" }));
      if (stored.revokedAt !== undefined) return ok(keyViewOf(stored, clock.now()));
      const done = await recorded({ kind: "key", requestId: null, act: "revoke", key: id, tenant: stored.tenant }, () => store.keys.revoke(id, clock.now()));
      if (!done.ok) return done;
      return ok(keyViewOf(store.keys.find(id) ?? stored, clock.now()));
    },

    async createTenant(input) {
      const { id, origin, floor, models, classes, mayGoTo } = input;
      if (store.tenants.find(id) !== undefined) return err(fault("already_exists", { message: `There already is a tenant ${id}.`, param: "id" }));
      const [widens] = tenantWidens(parts.rulebook().charter, tenantRules({ ...input, createdAt: 0 }));
      if (widens !== undefined) return err(fault("invalid_request", { message: `A tenant can only narrow the charter: ${widens}.`, param: "mayGoTo" }));
      const entry: Entry = {
        kind: "tenant",
        requestId: null,
        act: "create",
        tenant: id,
        origin: origin ?? null,
        floor: floor ?? null,
        models: models ?? null,
        ...(classes !== undefined && { classes: { ...classes } }),
      };
      const done = await recorded(entry, () => store.tenants.add({ id, origin, floor, models, classes, mayGoTo, createdAt: clock.now() }));
      return done.ok ? ok(input) : done;
    },

    async setTenantClasses(id, { classes }) {
      const stored = store.tenants.find(id);
      if (stored === undefined) return err(fault("unknown_name", { message: "There is no such tenant; freehold tenant list shows all.", param: "id" }));
      const changed: StoredTenant = { ...stored, classes: Object.keys(classes).length === 0 ? undefined : classes };
      const entry: Entry = { kind: "tenant", requestId: null, act: "classes", tenant: id, classes: { ...classes } };
      const done = await recorded(entry, () => store.tenants.update(changed));
      return done.ok ? ok(tenantViewOf(changed)) : done;
    },

    listTenants: async () => ok(store.tenants.list().map(tenantViewOf)),

    async addModel({ name, path, licence, developer }) {
      if (store.modelFiles.find(name) !== undefined) return err(fault("already_exists", { message: `There already is a model file ${name}.`, param: "name" }));
      if (developer !== undefined && !parts.rulebook().registry.parties.has(developer)) {
        const message = `No party ${JSON.stringify(developer)} is known; describe it under parties in the estate, or see the shipped registry.`;
        return err(fault("invalid_request", { message, param: "developer" }));
      }
      const inspected = await inspectGguf(path);
      if (!inspected.ok) return inspected;
      const { sha256, bytes } = inspected.value;
      const file: ModelFile = { name, path, sha256, bytes, licence: licence ?? inspected.value.licence, developer, addedAt: clock.now() };
      const entry: Entry = {
        kind: "model",
        requestId: null,
        act: "add",
        model: name,
        sha256,
        bytes,
        licence: file.licence ?? null,
        developer: developer ?? null,
      };
      const done = await recorded(entry, () => store.modelFiles.add(file));
      return done.ok ? ok(modelViewOf(file)) : done;
    },

    listModels: async () => ok(store.modelFiles.list().map(modelViewOf)),

    explain: parts.explain,

    scan: parts.scan,

    ledger: async (query: LedgerQuery) => ok(ledger.read(query)),
  };
}

function keyViewOf(key: StoredKey, now: number): KeyView {
  const { id, tenant, label, origin = null, models, permissions, createdAt, expiresAt, revokedAt } = key;
  const state = revokedAt !== undefined ? "revoked" : expiresAt !== undefined && expiresAt <= now ? "expired" : "active";
  const time = (at: number | undefined): string | null => (at === undefined ? null : rfc3339(at));
  return {
    id,
    tenant,
    label,
    origin,
    models: models === undefined ? null : [...models],
    permissions: [...permissions],
    createdAt: rfc3339(createdAt),
    expiresAt: time(expiresAt),
    revokedAt: time(revokedAt),
    state,
  };
}

function tenantViewOf(tenant: StoredTenant): TenantInput {
  const { id, origin, models } = tenant;
  const { floor, mayGoTo, classes } = tenantRules(tenant);
  return {
    id,
    ...(origin !== undefined && { origin }),
    ...(floor !== undefined && { floor }),
    ...(models !== undefined && { models: [...models] }),
    ...(classes !== undefined && { classes: classes as NonNullable<TenantInput["classes"]> }),
    ...(mayGoTo !== undefined && { mayGoTo: mayGoTo as NonNullable<TenantInput["mayGoTo"]> }),
  };
}

const modelViewOf = ({ licence, developer, addedAt, ...rest }: ModelFile): ModelView => ({
  ...rest,
  licence: licence ?? null,
  developer: developer ?? null,
  addedAt: rfc3339(addedAt),
});

/** A stored tenant as the judge takes it. What should be a class and is none counts as the highest: whoever wrote it meant to be stricter. */
export function tenantRules(tenant: StoredTenant | (TenantInput & { readonly createdAt: number })): TenantRules {
  const { id, origin, floor, models, classes, mayGoTo } = tenant;
  return {
    id,
    ...(origin !== undefined && { origin }),
    ...(floor !== undefined && { floor: strictest(floor) }),
    ...(models !== undefined && { models }),
    ...(classes !== undefined && { classes: Object.fromEntries(Object.entries(classes).map(([type, given]) => [type, strictest(given)])) }),
    ...(mayGoTo !== undefined && { mayGoTo }),
  };
}

const strictest = (given: string | undefined): DataClass => (given !== undefined && isDataClass(given) ? given : "secret");

/** A stored permission that this version does not know grants nothing. */
export const knownPermissions = (permissions: readonly string[]): readonly Permission[] =>
  permissions.filter((name): name is Permission => name === "assert-origin" || name === "admin");
