import { type DataClass, raisedClass, type TenantRules } from "#charter";
import type { Finding } from "../port.ts";

/** What charter and tenant say of the classes of findings. */
export interface ClassRules {
  /** The charter's class of what cannot be read. */
  readonly unreadable: DataClass;
  /** By type of finding: at least this class. */
  readonly classes?: TenantRules["classes"];
}

/** Where nobody says otherwise. */
export const usualClasses: ClassRules = { unreadable: "sensitive" };

export const isUnreadable = ({ type, rule }: Finding): boolean => type === "other" && rule.startsWith("unreadable.");

/** The finding with its class as the rules have it: the charter's for what cannot be read, and then as high as the tenant raises it. */
export function classified(finding: Finding, { unreadable, classes }: ClassRules): Finding {
  const given = isUnreadable(finding) ? unreadable : finding.class;
  const dataClass = raisedClass(finding.type, given, classes);
  return dataClass === finding.class ? finding : { ...finding, class: dataClass };
}
