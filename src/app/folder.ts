import { knownPermissions, tenantRules } from "#admin";
import type { Rulebook, TenantRules } from "#charter";
import type { Directory, KeyRecord } from "#identity";
import { type Clock, type Fault, ok, type Result } from "#kernel";
import { type LedgerOptions, logName, openLedger, type SqliteLedger } from "#ledger";
import { lockInstance, openStore, type Store } from "#store";

/** A data folder that this process alone may write to. */
export interface OpenFolder {
  readonly store: Store;
  readonly ledger: SqliteLedger;
  /** The secret of this installation under which keys are digested. */
  readonly pepper: Uint8Array;
  close(): Promise<void>;
}

/** Hears of each commit, and when the ledger can no longer be written (why) or can be again (undefined). */
export type LedgerWatch = Required<Pick<LedgerOptions, "onCommit" | "onFault">>;

/**
 * Opens a data folder for writing: takes its lock, brings the database up to date, and closes in the ledger what a crash left open. Starting and
 * recovering are one path.
 */
export async function openFolder(folder: string, clock: Clock, watch?: LedgerWatch): Promise<Result<OpenFolder, Fault>> {
  const lock = lockInstance(folder);
  if (!lock.ok) return lock;
  const store = openStore({ folder, clock });
  if (!store.ok) {
    lock.value.release();
    return store;
  }
  const release = (): void => {
    store.value.close();
    lock.value.release();
  };
  const pepper = store.value.secrets.ensure("keys");
  const ledger = await openLedger({
    folder,
    clock,
    recover: true,
    ...watch,
  });
  if (!ledger.ok) {
    release();
    return ledger;
  }
  if (!pepper.ok) {
    await ledger.value.close();
    release();
    return pepper;
  }
  return ok({
    store: store.value,
    ledger: ledger.value,
    pepper: pepper.value,
    close: async () => {
      await ledger.value.close();
      release();
    },
  });
}

/**
 * Keeps the transparency log of the ledger from now on. Its name is chosen once, by the charter or after the organisation, and stays: proofs and
 * keys that others keep name it.
 */
export async function sealLedger(
  folder: string,
  { store, ledger }: OpenFolder,
  { charter, estate }: Pick<Rulebook, "charter" | "estate">,
): Promise<Result<void, Fault>> {
  const seed = store.secrets.ensure("ledger");
  if (!seed.ok) return seed;
  return ledger.seal({ origin: logName(folder) ?? charter.ledger.origin ?? nameFor(charter.organisation.name, estate.environment), seed: seed.value });
}

function nameFor(organisation: string, environment: string): string {
  const plain = (text: string): string =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "log";
  return `freehold/${plain(organisation)}/${plain(environment)}`;
}

/** Looks up a tenant's rules as the store has them at that moment. */
export const tenantIn =
  (store: Store) =>
  (id: string): TenantRules | undefined => {
    const tenant = store.tenants.find(id);
    return tenant === undefined ? undefined : tenantRules(tenant);
  };

/** The store as the keyring reads it. */
export const directoryOf = (store: Store): Directory => ({
  keys: () => store.keys.list().map((key): KeyRecord => ({ ...key, permissions: knownPermissions(key.permissions) })),
  tenants: () => store.tenants.list().map(tenantRules),
  version: () => store.dataVersion(),
});
