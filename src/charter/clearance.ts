import type { Durable } from "#kernel";
import type { Decision } from "./decision.ts";

const stamp: unique symbol = Symbol("cleared");

/**
 * Something that may leave, for one named destination. Engines accept nothing else, and only `clear` makes one: the type is the proof
 * that a decision allowed it and that the ledger holds that decision.
 */
export interface Cleared<Payload> {
  readonly [stamp]: true;
  readonly backend: string;
  readonly payload: Payload;
  readonly decision: Decision;
}

/** Throws when the decision does not permit the backend: by then it is a bug, and a bug must not send anything. */
export function clear<Payload>(decision: Durable<Decision>, backend: string, payload: Payload): Cleared<Payload> {
  if (decision.verdict !== "allow" || !decision.backends.includes(backend)) {
    throw new Error(`decision ${decision.id} does not permit backend ${backend}`);
  }
  return Object.freeze({ [stamp]: true as const, backend, payload, decision });
}
