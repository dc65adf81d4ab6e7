import type { Fault } from "#kernel";

/** What crosses between the ledger on the event loop and its writer on a thread of its own. Few and flat objects: each costs a copy. */

export interface WriterSettings {
  readonly folder: string;
  /** Give open decisions the outcome `lost`; only for the process that holds the instance lock. */
  readonly recover: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Entries for one transaction, in order. None at all: only try whether the disk takes writes. */
export interface Batch {
  readonly jsons: readonly string[];
  /** When each was appended, milliseconds since the epoch. */
  readonly times: readonly number[];
  /** How many of the first were in a batch that failed, and so may have reached the file all the same, at this index or after. */
  readonly retried: number;
  readonly retriedFrom: number;
}

export type ToWriter = { readonly kind: "write"; readonly batch: Batch } | { readonly kind: "close" };

/** The transaction is on disk. */
export interface Written {
  readonly kind: "written";
  /** Entries in the ledger. */
  readonly size: number;
  readonly seconds: number;
  /** Positions in the batch of entries that break a rule of the tables, with the reason: bugs of the caller. */
  readonly refused: readonly { readonly position: number; readonly reason: string }[];
}

export type FromWriter =
  | { readonly kind: "opened"; readonly size: number; readonly lost: number }
  | { readonly kind: "not-opened"; readonly fault: Fault }
  | Written
  | { readonly kind: "failed"; readonly reason: string };
