import type { Fault, Result } from "#kernel";

/** A key as it is kept: its HMAC, never itself. Times are milliseconds since the epoch. */
export interface StoredKey {
  /** Public id, `key_…`. */
  readonly id: string;
  readonly tenant: string;
  readonly digest: Uint8Array;
  readonly label: string;
  readonly origin: string | undefined;
  /** Model names; undefined = all. */
  readonly models: readonly string[] | undefined;
  readonly permissions: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly revokedAt: number | undefined;
}

export interface Keys {
  /** Faults: `already_exists`, `unknown_name` when there is no such tenant. */
  add(key: StoredKey): Result<void, Fault>;
  find(id: string): StoredKey | undefined;
  /** Oldest first, revoked ones too. */
  list(tenant?: string): readonly StoredKey[];
  /** A key that was revoked before keeps its first time. Fault: `unknown_name`. */
  revoke(id: string, at: number): Result<void, Fault>;
}

/** What a tenant adds to the charter. */
export interface StoredTenant {
  readonly id: string;
  readonly origin: string | undefined;
  /** The lowest data class of its requests. */
  readonly floor: string | undefined;
  /** Model names; undefined = all. */
  readonly models: readonly string[] | undefined;
  /** The least class by type of finding; undefined = the house's own alone. */
  readonly classes: Readonly<Record<string, string>> | undefined;
  /** Zones per data class; undefined = the charter's alone. */
  readonly mayGoTo: Readonly<Record<string, readonly string[]>> | undefined;
  readonly createdAt: number;
}

/** What kind of values a tenant registered: to be found, to be let pass, or a shape. */
export type KnownKind = "list" | "allow" | "pattern";

/** What can be told about registered values without opening them. */
export interface KnownHeading {
  readonly tenant: string;
  /** Once in a tenant, whatever the kind. */
  readonly name: string;
  readonly kind: KnownKind;
  /** Values; 1 for a pattern. */
  readonly count: number;
  readonly changedAt: number;
}

export interface StoredKnown extends KnownHeading {
  /** The values and how to compare them, as the caller writes them; on disk only sealed (AES-256-GCM) under a key of the tenant's own. */
  readonly content: string;
}

/** Values that tenants registered. */
export interface KnownValuesStore {
  /** Adds it, or replaces what has its name. Fault: `unknown_name` when there is no such tenant. */
  put(known: StoredKnown): Result<void, Fault>;
  /** Fault: `unknown_name`. */
  remove(tenant: string, name: string): Result<void, Fault>;
  /** By name; without their contents. */
  headings(tenant?: string): readonly KnownHeading[];
  /** Opened. Fault: `data_damaged` when a content was changed by other hands, or its key is gone. */
  read(tenant: string): Result<readonly StoredKnown[], Fault>;
  /** By tenant, a text that is another one after every change of what the tenant registered; tenants without values are missing. */
  versions(): ReadonlyMap<string, string>;
}

/** The tenant `default` is always there. */
export interface Tenants {
  /** Fault: `already_exists`. */
  add(tenant: StoredTenant): Result<void, Fault>;
  /** Replaces everything but `createdAt`. Fault: `unknown_name`. */
  update(tenant: StoredTenant): Result<void, Fault>;
  find(id: string): StoredTenant | undefined;
  list(): readonly StoredTenant[];
}

export interface Secrets {
  /** 32 random bytes under this name, the same for ever; made when they are asked for the first time. */
  ensure(name: string): Result<Uint8Array, Fault>;
}

/** Weights that were registered by path. */
export interface ModelFile {
  readonly name: string;
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  readonly licence: string | undefined;
  readonly developer: string | undefined;
  readonly addedAt: number;
}

export interface ModelFiles {
  /** Fault: `already_exists`. */
  add(file: ModelFile): Result<void, Fault>;
  /** Fault: `unknown_name`. */
  remove(name: string): Result<void, Fault>;
  find(name: string): ModelFile | undefined;
  list(): readonly ModelFile[];
}

/**
 * What an installation keeps beside the ledger. Everything is synchronous: these are rare, small reads and writes, never one per request.
 * Each write is durable when it returns; beside the faults named above, every write may return `data_unwritable` or `data_damaged`.
 */
export interface Store {
  readonly keys: Keys;
  readonly tenants: Tenants;
  readonly secrets: Secrets;
  readonly modelFiles: ModelFiles;
  readonly known: KnownValuesStore;
  /** Another number after every change, whether by this process or by another one on the same file. Costs microseconds. */
  dataVersion(): number;
  close(): void;
}
