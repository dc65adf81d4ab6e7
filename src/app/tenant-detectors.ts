import { knownValuesOf } from "#admin";
import { type Detector, withKnownValues } from "#boundary";
import type { Store } from "#store";

interface Kept {
  readonly version: string | undefined;
  readonly detector: Detector;
}

/** One detector a tenant, with what it registered. Made at its first request and after each change, kept in memory in between. */
export class TenantDetectors {
  readonly #store: Store;
  readonly #base: Detector;
  readonly #kept = new Map<string, Kept>();
  #dataVersion: number;

  constructor(store: Store, base: Detector) {
    this.#store = store;
    this.#base = base;
    this.#dataVersion = store.dataVersion();
  }

  /** Throws when the tenant's values cannot be read: without them its text may not be judged. */
  of(tenant: string): Detector {
    const kept = this.#kept.get(tenant);
    if (kept !== undefined) return kept.detector;
    const version = this.#store.known.versions().get(tenant);
    const made: Kept = { version, detector: version === undefined ? this.#base : this.#read(tenant) };
    this.#kept.set(tenant, made);
    return made.detector;
  }

  #read(tenant: string): Detector {
    const known = this.#store.known.read(tenant);
    if (!known.ok) throw new Error(known.error.message);
    return known.value.length === 0 ? this.#base : withKnownValues(this.#base, knownValuesOf(known.value));
  }

  /** Forgets the detectors of the tenants whose values changed, whoever changed them. Cheap enough to call often. */
  refresh(): void {
    const dataVersion = this.#store.dataVersion();
    if (dataVersion === this.#dataVersion) return;
    this.#dataVersion = dataVersion;
    const versions = this.#store.known.versions();
    for (const [tenant, { version }] of this.#kept) if (versions.get(tenant) !== version) this.#kept.delete(tenant);
  }
}
