import type { Decision } from "#charter";
import type { Fault, Result } from "#kernel";
import type { StoredEntry } from "#ledger";
import type {
  CreatedKey,
  ExplainInput,
  KeyInput,
  KeyView,
  LedgerQuery,
  ModelInput,
  ModelView,
  ReloadView,
  ScanInput,
  ScanView,
  StatusView,
  TenantClasses,
  TenantInput,
} from "./contract.ts";
import type { KnownAdministration } from "./known-operations.ts";

/**
 * What can be administered: behind the admin API of a running instance, and directly on a data folder when none runs. Each act that changes something
 * is an entry in the ledger before it is answered.
 */
export interface Administration extends KnownAdministration {
  createKey(input: KeyInput): Promise<Result<CreatedKey, Fault>>;
  listKeys(): Promise<Result<readonly KeyView[], Fault>>;
  revokeKey(id: string): Promise<Result<KeyView, Fault>>;
  createTenant(input: TenantInput): Promise<Result<TenantInput, Fault>>;
  listTenants(): Promise<Result<readonly TenantInput[], Fault>>;
  /** Replaces the tenant's classes by type of finding. */
  setTenantClasses(id: string, classes: TenantClasses): Promise<Result<TenantInput, Fault>>;
  /** Reads the whole file for its digest, so it takes seconds for large ones. */
  addModel(input: ModelInput): Promise<Result<ModelView, Fault>>;
  listModels(): Promise<Result<readonly ModelView[], Fault>>;
  explain(input: ExplainInput): Promise<Result<Decision, Fault>>;
  /** Nothing of the texts is kept. */
  scan(input: ScanInput): Promise<Result<ScanView, Fault>>;
  ledger(query: LedgerQuery): Promise<Result<Iterable<StoredEntry> | AsyncIterable<StoredEntry>, Fault>>;
}

/** What only a running instance can do. */
export interface LiveAdministration extends Administration {
  status(): Promise<Result<StatusView, Fault>>;
  reload(): Promise<Result<ReloadView, Fault>>;
}
