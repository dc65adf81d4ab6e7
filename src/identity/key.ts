import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 8;
const bodyLength = 30;
const checkLength = 6;
const shape = /^fh_[0-9A-Za-z]{36}$/;

declare const wellFormed: unique symbol;
/** `fh_`, 30 base-62 characters (the first 8 are the public id) and 6 of CRC-32: a typing error is told apart from an unknown key without a look-up. */
export type WellFormedKey = string & { readonly [wellFormed]: true };

function base62(bytes: Uint8Array, length: number): string {
  let text = "";
  for (const byte of bytes) {
    // 248 is the largest multiple of 62 below 256: taking the rest of a larger byte would favour some characters.
    if (byte < 248) text += alphabet[byte % 62];
    if (text.length === length) break;
  }
  return text;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let index = 0; index < checkLength; index += 1) {
    text = alphabet[rest % 62] + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** A new key with 131 secret bits; it is shown once and never stored. */
export function mintKey(): WellFormedKey {
  let body = "";
  while (body.length < bodyLength) body += base62(randomBytes(64), bodyLength - body.length);
  return `fh_${body}${checksum(body)}` as WellFormedKey;
}

/** Undefined when the text cannot be a key of ours: wrong shape or wrong checksum. */
export function parseKey(text: string): WellFormedKey | undefined {
  if (!shape.test(text)) return undefined;
  const body = text.slice(3, 3 + bodyLength);
  return text.slice(3 + bodyLength) === checksum(body) ? (text as WellFormedKey) : undefined;
}

/** `key_` and the eight public characters: safe in logs, lists and the ledger. */
export const publicId = (key: WellFormedKey): string => `key_${key.slice(3, 3 + idLength)}`;

/** HMAC-SHA-256 under the installation's own pepper: what is stored is neither the key nor usable as one. */
export const keyDigest = (pepper: Uint8Array, key: string): Buffer => createHmac("sha256", pepper).update(key).digest();

/** Compares in constant time; digests are always 32 bytes. */
export const sameDigest = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && timingSafeEqual(one, other);
