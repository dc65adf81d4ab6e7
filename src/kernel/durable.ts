declare const durable: unique symbol;

/**
 * A record that is on disk: fsynced, or in a committed transaction. Only the ledger makes one (a guard checks that no other
 * room names `asDurable`), and nothing can be cleared for egress without it.
 */
export type Durable<Record> = Record & { readonly [durable]: true };

export const asDurable = <Record>(record: Record): Durable<Record> => record as Durable<Record>;
