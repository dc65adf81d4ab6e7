import { type Finding, findingTypes } from "#boundary";
import { type DataClass, dataClasses, isDataClass } from "#charter";
import { CommandFailure } from "../outcome.ts";

export interface SelectionFlags {
  readonly type?: string;
  readonly minConfidence?: string;
  readonly class?: string;
}

/** Which findings are told. */
export type Selection = (finding: Finding) => boolean;

export const rankOf = (dataClass: DataClass): number => dataClasses.indexOf(dataClass);

export const higher = (one: DataClass, other: DataClass): DataClass => (rankOf(one) >= rankOf(other) ? one : other);

export function selectionOf({ type, minConfidence = "0", class: least = "public" }: SelectionFlags): Selection {
  const types = type?.split(",").map((name) => name.trim());
  const unknown = types?.find((name) => !Object.hasOwn(findingTypes, name));
  if (unknown !== undefined)
    throw new CommandFailure(2, [`error: --type: there is no type ${JSON.stringify(unknown)}`, `  types: ${Object.keys(findingTypes).join(", ")}`]);
  const confidence = Number(minConfidence);
  if (minConfidence.trim() === "" || !(confidence >= 0 && confidence <= 1)) throw new CommandFailure(2, ["error: --min-confidence takes a number from 0 to 1"]);
  if (!isDataClass(least)) throw new CommandFailure(2, [`error: --class takes one of ${dataClasses.join(", ")}`]);
  return (finding) => (types === undefined || types.includes(finding.type)) && finding.confidence >= confidence && rankOf(finding.class) >= rankOf(least);
}

/** The class from which a finding makes the command end with 1; undefined = none does. */
export function failureClassOf(flag: string): DataClass | undefined {
  if (flag === "none") return undefined;
  if (!isDataClass(flag)) throw new CommandFailure(2, [`error: --fail-on takes one of ${dataClasses.join(", ")}, none`]);
  return flag;
}
