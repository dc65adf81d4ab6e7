import { hash } from "node:crypto";
import type { TenantRules } from "#charter";
import { type Clock, err, type Fault, fault, ok, type Result } from "#kernel";
import type { StoredKey } from "#store";
import { keyDigest, parseKey, publicId, sameDigest } from "./key.ts";
import type { Permission, Principal } from "./principal.ts";

/** A key as it is stored, with the permissions that this version knows. */
export interface KeyRecord extends Omit<StoredKey, "permissions"> {
  readonly permissions: readonly Permission[];
}

/** Where keys and tenants are kept. */
export interface Directory {
  keys(): readonly KeyRecord[];
  tenants(): readonly TenantRules[];
  /** Changes whenever another process wrote to the directory. */
  version(): number;
}

/** The admin key that the operator set, kept as a digest. */
const configuredAdminKeyId = "key_configured";
export const defaultTenant: TenantRules = { id: "default" };

interface Held {
  readonly record: KeyRecord;
  readonly principal: Principal;
}

/** Holds all keys in memory, so that a request costs a hash and a map look-up, and a revocation counts at once. */
export class Keyring {
  readonly #directory: Directory;
  readonly #pepper: Uint8Array;
  readonly #clock: Clock;
  readonly #adminDigest: Buffer | undefined;
  #held = new Map<string, Held>();
  /** Keys that were verified since the last refresh, by SHA-256 of the bearer text: an HMAC for each request is dear on some releases of Node. */
  readonly #verified = new Map<string, Held>();
  #version: number;
  #admin: Principal;
  #onRefresh: () => void = () => undefined;

  constructor(options: { readonly directory: Directory; readonly pepper: Uint8Array; readonly clock: Clock; readonly adminKey?: string }) {
    this.#directory = options.directory;
    this.#pepper = options.pepper;
    this.#clock = options.clock;
    this.#adminDigest = options.adminKey === undefined ? undefined : keyDigest(options.pepper, options.adminKey);
    this.#version = Number.NaN;
    this.#admin = adminPrincipal(defaultTenant);
    this.refresh();
  }

  /** Reads the directory again. */
  refresh(): void {
    this.#version = this.#directory.version();
    const tenants = new Map(this.#directory.tenants().map((tenant) => [tenant.id, tenant]));
    this.#admin = adminPrincipal(tenants.get(defaultTenant.id) ?? defaultTenant);
    const held = new Map<string, Held>();
    for (const record of this.#directory.keys()) {
      const tenant = tenants.get(record.tenant);
      // A key whose tenant is gone reaches nothing: an unresolved identity denies.
      if (tenant === undefined) continue;
      held.set(record.id, {
        record,
        principal: { key: record.id, tenant, origin: record.origin, models: record.models, permissions: new Set(record.permissions) },
      });
    }
    this.#held = held;
    this.#verified.clear();
    this.#onRefresh();
  }

  /** Calls back whenever keys or tenants may have changed. */
  onRefresh(callback: () => void): void {
    this.#onRefresh = callback;
  }

  /** False once the key behind a principal was revoked, has expired or lost its tenant. */
  holds(principal: Principal): boolean {
    if (principal.key === configuredAdminKeyId) return this.#adminDigest !== undefined;
    const held = this.#held.get(principal.key);
    return held !== undefined && this.#inForce(held.record);
  }

  #inForce({ revokedAt, expiresAt }: KeyRecord): boolean {
    return revokedAt === undefined && (expiresAt === undefined || expiresAt > this.#clock.now());
  }

  /** Reads the directory again when another process changed it; cheap enough to call often. */
  refreshIfChanged(): void {
    if (this.#directory.version() !== this.#version) this.refresh();
  }

  /** The principal of a bearer key, or one and the same fault for every way in which a key can be wrong. */
  authenticate(bearer: string | undefined): Result<Principal, Fault> {
    if (bearer === undefined || bearer.length === 0 || bearer.length > 512) return err(fault("invalid_api_key"));
    const name = hash("sha256", bearer, "base64");
    const verified = this.#verified.get(name);
    if (verified !== undefined) return this.#inForce(verified.record) ? ok(verified.principal) : err(fault("invalid_api_key"));
    const digest = keyDigest(this.#pepper, bearer);
    if (this.#adminDigest !== undefined && sameDigest(digest, this.#adminDigest)) return ok(this.#admin);
    const key = parseKey(bearer);
    if (key === undefined) return err(fault("invalid_api_key"));
    const held = this.#held.get(publicId(key));
    if (held === undefined || !sameDigest(digest, held.record.digest)) return err(fault("invalid_api_key"));
    this.#verified.set(name, held);
    return this.#inForce(held.record) ? ok(held.principal) : err(fault("invalid_api_key"));
  }
}

function adminPrincipal(tenant: TenantRules): Principal {
  return { key: configuredAdminKeyId, tenant, origin: undefined, models: undefined, permissions: new Set<Permission>(["admin", "assert-origin"]) };
}
