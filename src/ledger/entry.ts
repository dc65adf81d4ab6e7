import type { Json } from "#kernel";

/** How an allowed request ended: `cut` when client or backend broke off, `lost` when it was found open after a crash. */
export type OutcomeStatus = "ok" | "error" | "cut" | "lost";

/** What every entry carries; the ledger adds `index` and `time`. No free text, no content, no keys. */
export interface EntryBase {
  readonly requestId: string;
  readonly decision: string;
  readonly tenant: string;
  readonly [field: string]: Json | undefined;
}

export interface DecisionEntry extends EntryBase {
  readonly kind: "decision";
  readonly key: string;
  readonly operation: string;
  readonly origin: string | null;
  readonly class: string;
  readonly declared: string | null;
  readonly jurisdiction: string | null;
  readonly verdict: "allow" | "refuse";
  readonly code: string | null;
  readonly model: string;
  readonly transform: string;
  readonly backends: readonly string[];
  readonly charter: string;
  readonly estate: string;
}

export interface OutcomeEntry extends EntryBase {
  readonly kind: "outcome";
  readonly status: OutcomeStatus;
  readonly backend: string | null;
  readonly model: string;
  readonly httpStatus: number | null;
  /** A coded error, where it did not end well. */
  readonly code: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** True when the backend gave no usage and the figures are counted from the pieces of the stream. */
  readonly estimated: boolean;
  readonly durationMs: number | null;
  readonly firstByteMs: number | null;
  readonly attempts: number;
}

/** Other acts that belong in the record: charter changes, keys made and revoked, starts and stops. */
export interface ActEntry {
  readonly kind: "charter" | "key" | "tenant" | "known" | "model" | "start" | "stop";
  readonly requestId: string | null;
  readonly [field: string]: Json | undefined;
}

export type Entry = DecisionEntry | OutcomeEntry | ActEntry;

/** As stored and shown: oldest first, `index` from 0 without gaps, `time` in RFC 3339. */
export type StoredEntry = Entry & { readonly index: number; readonly time: string };
