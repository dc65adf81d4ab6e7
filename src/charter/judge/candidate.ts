import type { ClassRule, DataClass } from "../charter.ts";
import type { Candidate, Reason } from "../decision.ts";
import type { Operation } from "../estate.ts";
import type { Assessment } from "./assessment.ts";
import type { Countries } from "./countries.ts";
import { failureOf } from "./zones.ts";

/** What a request asks of its candidates. */
export interface Circumstances {
  readonly class: DataClass;
  readonly classRule: ClassRule;
  /** The zones of the class rule that the tenant leaves open; undefined = all of them. */
  readonly openZones: readonly string[] | undefined;
  readonly jurisdiction: string;
  readonly processIn: Countries;
  /** undefined = any. */
  readonly operation: Operation | undefined;
}

function operationReasons({ target }: Assessment, operation: Operation | undefined): readonly Reason[] {
  const { backend, served } = target;
  if (operation === undefined || served.operations === undefined || served.operations.includes(operation)) return [];
  const rule = `backends.${backend.name}.models.${served.name}.operations`;
  return [{ rule, code: "operation", message: `${backend.name} serves ${served.name} for [${served.operations.join(", ")}], not for ${operation}` }];
}

function jurisdictionReasons({ dossier }: Assessment, { jurisdiction, processIn }: Circumstances): readonly Reason[] {
  const shortfall = processIn.shortfall(dossier.place);
  if (shortfall === undefined) return [];
  const failure = failureOf(shortfall, processIn, "processes in", "where it processes");
  return [{ rule: `jurisdictions.${jurisdiction}.process-in`, code: failure.unknown ? "unknown_fact" : "jurisdiction", message: failure.message }];
}

function zoneReason(rule: string, zone: string, assessment: Assessment, open: boolean): Reason | undefined {
  if (!open) return { rule, code: "tenant", message: `zone ${zone}: the tenant's own rules close it to this class` };
  const failures = assessment.zones.get(zone);
  if (failures === undefined) return { rule, code: "unknown_fact", message: `zone ${zone}: the charter does not say what it is` };
  if (failures.length === 0) return undefined;
  const code = failures.every((failure) => failure.unknown) ? "unknown_fact" : "zone";
  return { rule, code, message: `zone ${zone}: ${failures.map((failure) => failure.message).join("; ")}` };
}

/** One zone is enough; where none matches there is a reason for each. */
function classReasons(assessment: Assessment, { class: dataClass, classRule, openZones }: Circumstances): readonly Reason[] {
  const rule = `data.${dataClass}.may-go-to`;
  if (classRule.mayGoTo.length === 0) return [{ rule, code: "zone", message: `${dataClass} data may go nowhere` }];
  const reasons: Reason[] = [];
  for (const zone of classRule.mayGoTo) {
    const reason = zoneReason(rule, zone, assessment, openZones === undefined || openZones.includes(zone));
    if (reason === undefined) return [];
    reasons.push(reason);
  }
  return reasons;
}

function ambiguityReasons({ target }: Assessment): readonly Reason[] {
  if (!target.ambiguous) return [];
  const message = `The estate has more than one entry for ${target.served.name} at ${target.backend.name}, so a permit would not say which one it means.`;
  return [{ rule: `backends.${target.backend.name}`, code: "unknown_fact", message }];
}

/** Judges one destination by every rule, so that a refusal tells all that stands in the way. */
export function candidateOf(assessment: Assessment, circumstances: Circumstances): Candidate {
  const reasons = [
    ...ambiguityReasons(assessment),
    ...operationReasons(assessment, circumstances.operation),
    ...jurisdictionReasons(assessment, circumstances),
    ...classReasons(assessment, circumstances),
    ...assessment.provenance,
  ];
  return { backend: assessment.target.backend.name, permitted: reasons.length === 0, reasons };
}
