import type { Decision, Operation } from "#charter";
import type { EngineFault } from "#engines";
import type { OutcomeStatus } from "#ledger";

/** What came of one allowed request. */
export interface Outcome {
  readonly status: OutcomeStatus;
  readonly backend: string | null;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly estimated: boolean;
  readonly durationMs: number;
  readonly firstByteMs: number | null;
  readonly attempts: number;
  /** Pseudonyms in the answer that the model changed or invented; only where the request was pseudonymised. */
  readonly unresolvedPseudonyms?: number;
}

/** What happens in the gateway, for metrics and logs. None of it carries content, keys or addresses. */
export interface GatewayEvents {
  responded(event: { readonly route: string; readonly status: number; readonly seconds: number }): void;
  decided(decision: Decision, context: { readonly requestId: string; readonly key: string; readonly operation: Operation }): void;
  finished(
    outcome: Outcome,
    context: {
      readonly requestId: string;
      readonly decision: string;
      readonly key: string;
      readonly tenant: string;
      readonly model: string;
      readonly operation: Operation;
    },
  ): void;
  attemptFailed(fault: EngineFault, context: { readonly requestId: string; readonly backend: string; readonly model: string }): void;
  /** A bug: the request was answered with `internal` or `decision_failed`. */
  crashed(error: unknown, requestId: string): void;
}
