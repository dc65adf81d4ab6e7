import type { Decision, Operation } from "#charter";
import type { Principal } from "#identity";
import type { RequestId } from "#kernel";
import type { DecisionEntry, OutcomeEntry } from "#ledger";
import type { Outcome } from "./events.ts";

/** The decision as the ledger keeps it: verdict, rule book and counts; never text. */
export function decisionEntry(decision: Decision, requestId: RequestId, principal: Principal, operation: Operation): DecisionEntry {
  return {
    kind: "decision",
    requestId,
    decision: decision.id,
    tenant: decision.tenant,
    key: principal.key,
    operation,
    origin: decision.origin,
    class: decision.class,
    declared: decision.declared,
    detected: decision.detected.map(({ type, count }) => ({ type, count })),
    jurisdiction: decision.jurisdiction,
    verdict: decision.verdict,
    code: decision.code,
    // A name that no backend serves is the client's own text, and the ledger keeps none.
    model: decision.code === "model_not_found" ? "unknown" : decision.model,
    transform: decision.transform,
    backends: decision.backends,
    charter: decision.charter,
    estate: decision.estate,
  };
}

export function outcomeEntry(decision: Decision, requestId: RequestId, outcome: Outcome): OutcomeEntry {
  return {
    kind: "outcome",
    requestId,
    decision: decision.id,
    tenant: decision.tenant,
    model: decision.model,
    class: decision.class,
    jurisdiction: decision.jurisdiction,
    transform: decision.transform,
    ...outcome,
  };
}
