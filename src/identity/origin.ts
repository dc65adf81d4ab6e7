import { BlockList, isIP } from "node:net";
import type { Principal } from "./principal.ts";

/** Looks up the country of an address in a local file; undefined = unknown. */
export type CountryOfAddress = (address: string) => string | undefined;

export interface OriginRules {
  /** CIDR blocks of the estate's `trusted-proxies`. */
  readonly trustedProxies: readonly string[];
  readonly countryOf?: CountryOfAddress;
}

export interface OriginSources {
  /** Address of the peer on the socket. */
  readonly address: string | undefined;
  /** `x-freehold-origin`, already known to be two letters. */
  readonly asserted: string | undefined;
  readonly principal: Principal;
}

/** Finds the country of the person: asserted by somebody who may, else the key's, the tenant's, or that of the address. */
export function originResolver(rules: OriginRules): (sources: OriginSources) => string | undefined {
  const trusted = new BlockList();
  for (const block of rules.trustedProxies) {
    const [address = "", bits] = block.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    trusted.addSubnet(address, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family);
  }
  const isTrusted = (address: string | undefined): boolean => {
    if (address === undefined) return false;
    const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
    const family = isIP(plain);
    return family !== 0 && trusted.check(plain, family === 6 ? "ipv6" : "ipv4");
  };
  return ({ address, asserted, principal }) => {
    if (asserted !== undefined && (principal.permissions.has("assert-origin") || isTrusted(address))) return asserted;
    const settled = principal.origin ?? principal.tenant.origin;
    if (settled !== undefined) return settled;
    // A proxy's own address says nothing about the person behind it.
    return address === undefined || isTrusted(address) ? undefined : rules.countryOf?.(address);
  };
}
