import { mintDecisionId } from "#kernel";
import type { DecisionEntry, OutcomeEntry } from "#ledger";

const digest = `sha256:${"0".repeat(64)}`;

/** An allowed decision as the gateway writes it, with an id of its own. */
export function decisionEntry(parts: Partial<DecisionEntry> = {}): DecisionEntry {
  const decision = mintDecisionId(Date.now());
  return {
    kind: "decision",
    requestId: `req_${decision.slice(4)}`,
    decision,
    tenant: "default",
    key: "key_ABCDEFGH",
    operation: "chat",
    origin: "DE",
    class: "public",
    declared: null,
    jurisdiction: "eu",
    verdict: "allow",
    code: null,
    model: "assistant",
    transform: "none",
    backends: ["local"],
    charter: digest,
    estate: digest,
    ...parts,
  };
}

export function outcomeEntry(decision: DecisionEntry, parts: Partial<OutcomeEntry> = {}): OutcomeEntry {
  const { requestId, tenant, model, class: dataClass, jurisdiction, transform } = decision;
  return {
    kind: "outcome",
    requestId,
    decision: decision.decision,
    tenant,
    model,
    class: dataClass,
    jurisdiction,
    transform,
    status: "ok",
    backend: "local",
    httpStatus: 200,
    code: null,
    inputTokens: 12,
    outputTokens: 34,
    estimated: false,
    durationMs: 56,
    firstByteMs: 7,
    attempts: 1,
    ...parts,
  };
}
