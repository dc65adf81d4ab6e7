import { type DataClass, dataClasses, isDataClass } from "../charter.ts";
import type { Candidate, Decision, Facts, Reason, RefusalCode } from "../decision.ts";
import { classReasonsOf, raisedFindings } from "./classify.ts";
import { isMoment } from "./day.ts";
import { obstacleToPseudonymising } from "./pseudonymise.ts";
import type { Rulebook } from "./rulebook.ts";
import type { StandingJurisdiction } from "./standing.ts";

const countryShape = /^[A-Z]{2}$/;

/** What a decision comes to; the rest of it repeats the request and names the rules. */
interface Outcome {
  readonly code: RefusalCode | null;
  readonly transform: "none" | "pseudonymise";
  readonly backends: readonly string[];
  readonly considered: readonly Candidate[];
}

const refusal = (code: RefusalCode, considered: readonly Candidate[]): Outcome => ({ code, transform: "none", backends: [], considered });

/** Throws a RangeError on what no caller may pass: rules are only as good as the facts they are asked with. */
function demandSound(facts: Facts): void {
  const { declared, detected, tenant, now, model, operation, origin } = facts;
  if (!isMoment(now)) throw new RangeError("now is no moment");
  if (typeof model !== "string" || typeof facts.id !== "string" || typeof tenant.id !== "string") throw new RangeError("a name is no text");
  if (operation !== undefined && typeof operation !== "string") throw new RangeError("operation is no text");
  if (origin !== undefined && typeof origin !== "string") throw new RangeError("origin is no text");
  if (declared !== undefined && !isDataClass(declared)) throw new RangeError("declared is no class");
  if (tenant.floor !== undefined && !isDataClass(tenant.floor)) throw new RangeError("the tenant's floor is no class");
  for (const given of Object.values(tenant.classes ?? {})) if (given === undefined || !isDataClass(given)) throw new RangeError("a tenant's class is no class");
  for (const found of detected) {
    if (typeof found.type !== "string" || !isDataClass(found.class)) throw new RangeError("a finding has no type or no class");
    if (!Number.isSafeInteger(found.count) || found.count < 0) throw new RangeError("a finding's count is no count");
  }
}

/** Types with their counts, a type once. */
function counted(detected: Facts["detected"]): Decision["detected"] {
  const counts = new Map<string, number>();
  for (const { type, count } of detected) counts.set(type, (counts.get(type) ?? 0) + count);
  return Array.from(counts, ([type, count]) => ({ type, count }));
}

const allRefused = (rulebook: Rulebook, model: string, reason: Reason): readonly Candidate[] =>
  rulebook.candidatesFor(model).map(({ backend }) => ({ backend: backend.name, permitted: false, reasons: [reason] }));

/** Why the key or the tenant may not use the model at all. */
function entitlementReason({ model, entitled, tenant }: Facts): Reason | undefined {
  if (entitled !== undefined && !entitled.includes(model)) return { rule: "key.models", code: "tenant", message: `the key may not use ${model}` };
  if (tenant.models !== undefined && !tenant.models.includes(model)) {
    return { rule: "tenant.models", code: "tenant", message: `the tenant may not use ${model}` };
  }
  return undefined;
}

/** Both judgements of a candidate that neither of them permits. */
function bothReasons(asItIs: readonly Candidate[], pseudonymised: readonly Candidate[]): readonly Candidate[] {
  return asItIs.map((candidate, index) => {
    const known = new Set(candidate.reasons.map((reason) => `${reason.rule} ${reason.message}`));
    const more = pseudonymised[index]?.reasons.filter((reason) => !known.has(`${reason.rule} ${reason.message}`)) ?? [];
    return { ...candidate, reasons: [...candidate.reasons, ...more] };
  });
}

function outcomeOf(rulebook: Rulebook, facts: Facts, dataClass: DataClass, jurisdiction: StandingJurisdiction | undefined): Outcome {
  const { model, tenant, operation } = facts;
  if (rulebook.candidatesFor(model).length === 0) return refusal("model_not_found", []);
  const barred = entitlementReason(facts);
  if (barred !== undefined) return refusal("not_entitled", allRefused(rulebook, model, barred));
  if (jurisdiction === undefined) {
    const message = "the person's country is unknown or in no jurisdiction of the charter, and the charter refuses that";
    return refusal("unknown_origin", allRefused(rulebook, model, { rule: "unknown-origin", code: "jurisdiction", message }));
  }
  const standing = rulebook.at(facts.now);
  const rulingAs = (as: DataClass) => standing.ruling({ model, class: as, jurisdiction, operation, openZones: tenant.mayGoTo?.[as] });
  const { backends, considered } = rulingAs(dataClass);
  if (backends.length > 0) return { code: null, transform: "none", backends, considered };
  const secretFound = dataClass === "secret" && facts.detected.some((found) => found.class === "secret");
  if (secretFound) return refusal("secret_detected", considered);
  const { orAfter } = rulebook.charter.data.sensitive;
  if (dataClass !== "sensitive" || orAfter === undefined) return refusal("no_permitted_backend", considered);
  const replaced = rulingAs("pseudonymised");
  if (replaced.backends.length === 0) return refusal("no_permitted_backend", bothReasons(considered, replaced.considered));
  const obstacle = obstacleToPseudonymising(orAfter, facts);
  if (obstacle === undefined) return { code: null, transform: "pseudonymise", ...replaced };
  const reason: Reason = { rule: "data.sensitive.or-after", code: "transform", message: `not pseudonymised: ${obstacle}` };
  const told = considered.map((candidate) =>
    replaced.backends.includes(candidate.backend) ? { ...candidate, reasons: [...candidate.reasons, reason] } : candidate,
  );
  return refusal("no_permitted_backend", told);
}

function decide(rulebook: Rulebook, given: Facts): Decision {
  demandSound(given);
  const facts = { ...given, detected: raisedFindings(given) };
  const classReasons = classReasonsOf(facts, facts.detected);
  const dataClass = classReasons[0].class;
  const origin = facts.origin !== undefined && countryShape.test(facts.origin) ? facts.origin : undefined;
  const jurisdiction = rulebook.at(facts.now).jurisdictionFor(origin);
  const outcome = outcomeOf(rulebook, facts, dataClass, jurisdiction);
  return {
    id: facts.id,
    verdict: outcome.code === null ? "allow" : "refuse",
    code: outcome.code,
    origin: origin ?? null,
    jurisdiction: jurisdiction?.jurisdiction.name ?? null,
    class: dataClass,
    declared: facts.declared ?? null,
    detected: facts.detected.length === 0 ? [] : counted(facts.detected),
    model: facts.model,
    transform: outcome.transform,
    backends: outcome.backends,
    considered: outcome.considered,
    tenant: facts.tenant.id,
    charter: rulebook.charter.digest,
    estate: rulebook.estate.digest,
    classReasons,
  };
}

/** What can still be said when no decision could be made; a class that is not known counts as the highest. */
function failed(rulebook: Rulebook, facts: Facts): Decision {
  const text = (read: () => unknown): string => {
    try {
      const value = read();
      return typeof value === "string" ? value : "";
    } catch {
      return "";
    }
  };
  return {
    id: text(() => facts.id) as Decision["id"],
    verdict: "refuse",
    code: "decision_failed",
    origin: null,
    jurisdiction: null,
    class: dataClasses[dataClasses.length - 1] ?? "secret",
    declared: null,
    detected: [],
    model: text(() => facts.model),
    transform: "none",
    backends: [],
    considered: [],
    tenant: text(() => facts.tenant.id),
    charter: text(() => rulebook.charter.digest),
    estate: text(() => rulebook.estate.digest),
    classReasons: [{ class: "secret", from: "failure", message: "no decision could be made" }],
  };
}

/**
 * Decides whether a request may leave, and whither. Pure and total: the same rulebook and facts give the same decision, and whatever goes
 * wrong inside denies with `decision_failed`; `onFailure` is told what it was, for the log.
 *
 * `class` is the class of the request as it came. With `transform: "pseudonymise"` it was decided again as `pseudonymised`: `backends` and
 * `considered` are those of that second judgement, and only the replaced text may go to them.
 */
export function judge(rulebook: Rulebook, facts: Facts, onFailure?: (error: unknown) => void): Decision {
  try {
    return decide(rulebook, facts);
  } catch (error) {
    try {
      onFailure?.(error);
    } catch {
      // A log that fails must not turn a refusal into an exception.
    }
    return failed(rulebook, facts);
  }
}
