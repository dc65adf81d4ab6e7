import { type ClassRule, dataClasses } from "../charter.ts";
import type { Facts } from "../decision.ts";

const reachesSensitive = (text: Facts["declared"]): boolean => text !== undefined && dataClasses.indexOf(text) >= dataClasses.indexOf("sensitive");

/**
 * Why sensitive text may not be sent with its findings replaced; undefined = it may. Replacing names does not make a trade secret public,
 * so what someone declared sensitive stays so unless the charter says otherwise. A tenant's floor stays in every case: a charter's option
 * must not loosen what a tenant tightened.
 */
export function obstacleToPseudonymising(orAfter: ClassRule["orAfter"], { declared, detected, tenant }: Facts): string | undefined {
  const stuck = detected.find((found) => found.class === "sensitive" && found.replaceable === false);
  if (stuck !== undefined) return `a finding of type ${stuck.type} cannot be replaced`;
  if (reachesSensitive(tenant.floor)) return "the tenant's floor is sensitive";
  if (reachesSensitive(declared) && orAfter !== "pseudonymise-even-if-declared") return "the text was declared sensitive";
  return undefined;
}
