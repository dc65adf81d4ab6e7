export type { ActEntry, DecisionEntry, Entry, OutcomeEntry, OutcomeStatus, StoredEntry } from "./entry.ts";
export { type LedgerOptions, openLedger, type SqliteLedger, type WriterState } from "./ledger.ts";
export type { EntryFilter, Ledger, LedgerState } from "./port.ts";
export { type LedgerReader, openLedgerReader } from "./reader.ts";
