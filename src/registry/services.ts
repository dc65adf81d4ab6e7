import type { Registry, Service } from "./facts.ts";

export type ServiceException = Service["exceptions"][number];

/** Letters, digits and `*` for any run of characters; case does not matter, since providers spell one model in several ways. */
function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "is").test(text);
}

/** The hosted service behind a host name (no port): an exact name before a wildcard, the longest wildcard first. */
export function serviceFor(registry: Registry, host: string): Service | undefined {
  const name = host.toLowerCase().replace(/\.$/, "");
  let found: { service: Service; length: number } | undefined;
  for (const service of registry.services.values()) {
    for (const known of service.hosts) {
      if (known === name) return service;
      const suffix = known.startsWith("*.") ? known.slice(1) : undefined;
      if (suffix === undefined || !name.endsWith(suffix) || name.length === suffix.length) continue;
      if (found === undefined || suffix.length > found.length) found = { service, length: suffix.length };
    }
  }
  return found?.service;
}

/**
 * What deviates for one served model: the first exception whose glob matches the whole name. Where there is one, it alone tells who
 * serves the model and where; what it leaves out is unknown, and the service's own facts do not stand in.
 */
export const servedException = (service: Service, servedName: string): ServiceException | undefined =>
  service.exceptions.find((exception) => matchesGlob(exception.match, servedName));
