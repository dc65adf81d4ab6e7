import type { TenantRules } from "#charter";

export type Permission = "assert-origin" | "admin";

/** Who is asking, as a key told. */
export interface Principal {
  /** Public id of the key, `key_…`. */
  readonly key: string;
  readonly tenant: TenantRules;
  readonly origin: string | undefined;
  /** Model names that the key may use; undefined = all. */
  readonly models: readonly string[] | undefined;
  readonly permissions: ReadonlySet<Permission>;
}
