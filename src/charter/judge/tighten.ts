import { type Charter, dataClasses, isDataClass } from "../charter.ts";
import type { TenantRules } from "../decision.ts";

/**
 * Each point at which a tenant's rules ask for more than the charter gives, in words; empty = they only tighten.
 * `judge` never grants such a point, it intersects; this tells whoever writes the rules that they will not do what they say.
 */
export function tenantWidens(charter: Charter, rules: TenantRules): readonly string[] {
  const points: string[] = [];
  if (rules.floor !== undefined && !isDataClass(rules.floor)) {
    points.push(`floor: ${JSON.stringify(rules.floor)} is not a class; the classes are ${dataClasses.join(", ")}`);
  }
  for (const [type, given] of Object.entries(rules.classes ?? {})) {
    if (given === undefined || !isDataClass(given))
      points.push(`classes.${type}: ${JSON.stringify(given)} is not a class; the classes are ${dataClasses.join(", ")}`);
  }
  const zones = new Set(charter.zones.map((zone) => zone.name));
  for (const [name, list] of Object.entries(rules.mayGoTo ?? {})) {
    if (!isDataClass(name)) {
      points.push(`may-go-to: ${JSON.stringify(name)} is not a class; the classes are ${dataClasses.join(", ")}`);
      continue;
    }
    const given = charter.data[name].mayGoTo;
    for (const zone of list ?? []) {
      if (!zones.has(zone)) points.push(`may-go-to.${name}: the charter has no zone ${JSON.stringify(zone)}`);
      else if (!given.includes(zone)) points.push(`may-go-to.${name}: the charter does not let ${name} data go to zone ${zone}, only to [${given.join(", ")}]`);
    }
  }
  return points;
}
