import { randomFillSync } from "node:crypto";

declare const brand: unique symbol;
type Branded<Text extends string> = string & { readonly [brand]: Text };

/** `dec_` and a ULID: one decision. */
export type DecisionId = Branded<"DecisionId">;
/** `req_` and a ULID, or a client's own well-formed `x-request-id`. */
export type RequestId = Branded<"RequestId">;

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const pool = new Uint8Array(4096);
let used = pool.length;

/** 16 random base-32 characters from a pool, since one system call per id would show in the profile. */
function randomPart(): string {
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let text = "";
  for (let end = used + 16; used < end; used += 1) text += crockford[(pool[used] ?? 0) & 31];
  return text;
}

let lastTime = -1;
let lastTimeText = "";

function timePart(now: number): string {
  if (now === lastTime) return lastTimeText;
  let rest = now;
  let text = "";
  for (let index = 0; index < 10; index += 1) {
    text = crockford[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  lastTime = now;
  lastTimeText = text;
  return text;
}

/** A ULID (26 characters of Crockford base 32): 48 bits of time in milliseconds, 80 random bits. */
export const ulid = (now: number): string => timePart(now) + randomPart();

export const mintDecisionId = (now: number): DecisionId => `dec_${ulid(now)}` as DecisionId;

export const mintRequestId = (now: number): RequestId => `req_${ulid(now)}` as RequestId;

// Ids are logged and recorded, so a key that somebody put there by mistake must not pass for one.
const requestIdShape = /^(?!fh_|sk-)[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** A client's own id is kept when it is 1 to 128 characters of `A-Z a-z 0-9 . _ : -` and no API key; anything else is not an id. */
export const parseRequestId = (text: string): RequestId | undefined => (requestIdShape.test(text) ? (text as RequestId) : undefined);
