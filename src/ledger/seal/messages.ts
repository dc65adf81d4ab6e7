/** What crosses between the ledger and the thread that seals its entries. */
export type ToSealer = { readonly kind: "seal" } | { readonly kind: "close" };

export type FromSealer =
  /** Entries that the checkpoint covers now. */
  | { readonly kind: "sealed"; readonly size: number }
  /** The disk or the database did not take it; it is tried again. */
  | { readonly kind: "failed"; readonly reason: string }
  /** What lies in the folder is not this log: nothing may be built on it. */
  | { readonly kind: "broken"; readonly reason: string };
