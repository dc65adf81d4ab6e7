import type { Durable, Fault, Result } from "#kernel";
import type { Entry, StoredEntry } from "./entry.ts";

export interface EntryFilter {
  readonly from?: number;
  readonly limit?: number;
  /** RFC 3339, or a day: not before, and before. */
  readonly since?: string;
  readonly until?: string;
  readonly requestId?: string;
  readonly tenant?: string;
  readonly verdict?: "allow" | "refuse";
  readonly class?: string;
  readonly backend?: string;
  readonly kind?: string;
}

export interface LedgerState {
  readonly writable: boolean;
  readonly size: number;
  /** Entries that a signed checkpoint covers; undefined where no log is kept. */
  readonly sealed?: number;
  /** Entries that wait for their commit. */
  readonly pending: number;
  readonly lastFault: string | undefined;
}

/** Appends entries; many share one commit. */
export interface Ledger {
  /**
   * Resolves once the entry is durable (a committed transaction with synchronous=FULL), with the very record that was passed in, now marked
   * durable; or with `ledger_unavailable` when it could not be written, in which case nothing may leave.
   */
  append<Source>(source: Source, entry: Entry): Promise<Result<Durable<Source>, Fault>>;
  /** Appends an outcome that must not be lost: kept in memory and tried again until it is written. */
  settle(entry: Entry): void;
  state(): LedgerState;
  read(filter: EntryFilter): Iterable<StoredEntry>;
  /** Writes what waits, then closes. */
  close(): Promise<void>;
}
