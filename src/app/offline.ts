import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Administration, administrationOf, tenantRules } from "#admin";
import { createDetector, type Detector } from "#boundary";
import type { TenantRules } from "#charter";
import { err, type Fault, fault, ok, type Result, systemClock } from "#kernel";
import { openLedgerReader, type StoredEntry } from "#ledger";
import { openStore } from "#store";
import { liveInstance } from "./control.ts";
import { explain } from "./explain.ts";
import { openFolder, tenantIn } from "./folder.ts";
import { loadRules } from "./rules.ts";
import { scan } from "./scan.ts";
import type { Settings } from "./settings.ts";
import { TenantDetectors } from "./tenant-detectors.ts";

/**
 * Does something with what can be administered: through the instance that serves the data folder, or on the folder itself when none runs. The acts
 * are the same and are recorded in the same ledger. `reads`: the act changes nothing.
 */
export async function withAdministration<Value>(
  settings: Settings,
  act: (administration: Administration) => Promise<Value>,
  reads: boolean,
): Promise<Result<Value, Fault>> {
  const live = await liveInstance(settings.data);
  if (live !== undefined) return ok(await act(live));
  // Reading must not make an installation out of a mistyped folder.
  if (reads && !existsSync(join(settings.data, "freehold.db"))) {
    return err(
      fault("file_unreadable", { message: `There is no installation in ${settings.data}; freehold up or freehold key create makes one.`, param: "data" }),
    );
  }
  const rules = loadRules(settings);
  if (!rules.ok) return err(fault("charter_invalid", { message: "The charter or the estate is not valid; freehold check names every fault." }));
  const folder = await openFolder(settings.data, systemClock);
  if (!folder.ok) return folder;
  const { store, ledger, pepper, close } = folder.value;
  const { rulebook } = rules.value;
  const detectors = new TenantDetectors(store, createDetector());
  const tenantOf = tenantIn(store);
  const operations = administrationOf({
    store,
    ledger,
    pepper,
    clock: systemClock,
    rulebook: () => rulebook,
    explain: async (input) => explain(input, { rulebook, detectorFor: (tenant) => detectors.of(tenant), clock: systemClock, tenantOf }),
    scan: async (input) => scan(input, { unreadable: rulebook.charter.unreadable, detectorFor: (tenant) => detectors.of(tenant), tenantOf }),
    onChange: () => undefined,
  });
  try {
    return ok(await act(operations));
  } finally {
    await close();
  }
}

/** Reads the ledger: the live instance's, or without one the data folder's, a copied folder's too. Nothing is written. */
export async function withLedger(settings: Settings, act: (read: Administration["ledger"]) => Promise<void>): Promise<Result<void, Fault>> {
  const live = await liveInstance(settings.data);
  if (live !== undefined) return ok(await act(live.ledger));
  const reader = openLedgerReader(settings.data);
  if (!reader.ok) return reader;
  try {
    return ok(await act(async (query): Promise<Result<Iterable<StoredEntry>, Fault>> => ok(reader.value.read(query))));
  } finally {
    reader.value.close();
  }
}

/** The tenants of a data folder and what they registered. */
export interface FolderTenants {
  readonly rulesOf: (id: string) => TenantRules | undefined;
  /** Throws when the tenant's values cannot be read. */
  readonly detectorFor: (id: string) => Detector;
  close(): void;
}

/** Reads a data folder's tenants as they are asked for; a folder that is not there yet has none. No tenant is changed. */
export function tenantsIn(folder: string): FolderTenants {
  const detector = createDetector();
  const store = existsSync(join(folder, "freehold.db")) ? openStore({ folder, clock: systemClock }) : undefined;
  if (store?.ok !== true) return { rulesOf: () => undefined, detectorFor: () => detector, close: () => undefined };
  const detectors = new TenantDetectors(store.value, detector);
  const tenants = new Map(store.value.tenants.list().map((tenant) => [tenant.id, tenantRules(tenant)]));
  return { rulesOf: (id) => tenants.get(id), detectorFor: (id) => detectors.of(id), close: () => store.value.close() };
}
