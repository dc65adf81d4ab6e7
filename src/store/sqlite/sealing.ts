import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** A text that only the holder of a secret can read, and that nobody can change or move unnoticed. */
export interface Sealed {
  /** 12 bytes, never the same again. */
  readonly nonce: Uint8Array;
  /** The encrypted text and 16 bytes of tag. */
  readonly sealed: Uint8Array;
}

const tagLength = 16;

/** A key for one purpose, derived from a secret (HKDF with SHA-256, RFC 5869). */
export const keyFor = (secret: Uint8Array, purpose: string): Uint8Array => new Uint8Array(hkdfSync("sha256", secret, "freehold", purpose, 32));

/** AES-256-GCM (NIST SP 800-38D); `context` says where the text belongs, and must be the same when it is opened. */
export function seal(key: Uint8Array, text: string, context: string): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(context));
  return { nonce, sealed: Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]) };
}

/** Undefined when it was sealed under another key or context, or was changed. */
export function unseal(key: Uint8Array, { nonce, sealed }: Sealed, context: string): string | undefined {
  if (nonce.length !== 12 || sealed.length < tagLength) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagLength)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
