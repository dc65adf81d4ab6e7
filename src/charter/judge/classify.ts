import { type DataClass, dataClasses, raisedClass } from "../charter.ts";
import type { ClassReason, Detected, Facts } from "../decision.ts";

const rank = (one: DataClass): number => dataClasses.indexOf(one);

/** The findings with the classes that the tenant gives their types. What is raised only here was not prepared for replacing, so it cannot be replaced. */
export function raisedFindings({ detected, tenant }: Facts): readonly Detected[] {
  const { classes } = tenant;
  if (classes === undefined) return detected;
  return detected.map((found) => {
    const dataClass = raisedClass(found.type, found.class, classes);
    return dataClass === found.class ? found : { ...found, class: dataClass, replaceable: false };
  });
}

function foundReason(dataClass: DataClass, detected: readonly Detected[]): ClassReason | undefined {
  const counts = new Map<string, number>();
  for (const { type, count, class: given } of detected) if (given === dataClass) counts.set(type, (counts.get(type) ?? 0) + count);
  if (counts.size === 0) return undefined;
  return { class: dataClass, from: "found", message: `found ${Array.from(counts, ([type, count]) => `${type} ×${count}`).join(", ")}` };
}

/**
 * All that speaks for a class of the text, the highest class first; of the same class in the order declared, found, the tenant's class of a
 * type, the tenant's floor. The first one's class is the class of the text. `detected` as `raisedFindings` gives it.
 */
export function classReasonsOf({ declared, tenant }: Facts, detected: readonly Detected[]): readonly [ClassReason, ...ClassReason[]] {
  const reasons: ClassReason[] = [];
  if (declared !== undefined) reasons.push({ class: declared, from: "declared", message: `declared ${declared} by the request` });
  for (const dataClass of dataClasses) {
    const found = foundReason(dataClass, detected);
    if (found !== undefined) reasons.push(found);
  }
  for (const [type, dataClass] of Object.entries(tenant.classes ?? {})) {
    if (dataClass !== undefined && detected.some((found) => found.type === type && found.class === dataClass))
      reasons.push({ class: dataClass, from: "tenant-class", message: `the tenant gives ${type} the class ${dataClass}` });
  }
  if (tenant.floor !== undefined) reasons.push({ class: tenant.floor, from: "tenant-floor", message: `the tenant's floor is ${tenant.floor}` });
  const [first, ...others] = reasons.sort((one, other) => rank(other.class) - rank(one.class));
  return first === undefined ? [{ class: "public", from: "nothing", message: "nothing was declared and nothing was found" }] : [first, ...others];
}
