export type { ActEntry, DecisionEntry, Entry, OutcomeEntry, OutcomeStatus, StoredEntry } from "./entry.ts";
export type { EntryFilter, Ledger, LedgerState } from "./port.ts";
