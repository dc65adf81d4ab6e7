import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/**
 * Signed notes (C2SP signed-note v1) with Ed25519 keys: a text, an empty line, and lines of signatures.
 * https://c2sp.org/signed-note
 */

const ed25519 = 1;
/** DER around the 32 bytes of an Ed25519 key: RFC 8410, sections 4 and 7. */
const publicDer = Buffer.from("302a300506032b6570032100", "hex");
const privateDer = Buffer.from("302e020100300506032b657004220420", "hex");
const maxNote = 1_000_000;
const maxSignatures = 64;

/** Who may sign: a name and a public key. */
export interface Verifier {
  readonly name: string;
  /** Four bytes, in hex: tells the key among others of the name; no proof of anything. */
  readonly id: string;
  readonly key: KeyObject;
}

export interface Signer extends Verifier {
  readonly privateKey: KeyObject;
}

export interface OpenedNote {
  /** The text that was signed, its last line end included. */
  readonly text: string;
  /** Which of the known keys signed it. */
  readonly signedBy: readonly Verifier[];
}

const isKeyName = (name: string): boolean => name !== "" && !/[\s+\p{Z}]/u.test(name);

function keyId(name: string, publicKey: Buffer): string {
  return createHash("sha256").update(name).update("\n").update(Buffer.of(ed25519)).update(publicKey).digest("hex").slice(0, 8);
}

const rawPublicKey = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(publicDer.length);

/** From 32 secret bytes (the seed of RFC 8032). Throws when the name cannot stand in a note. */
export function signerFrom(name: string, seed: Buffer): Signer {
  if (!isKeyName(name) || seed.length !== 32) throw new RangeError("a signer needs a name without spaces and plus signs, and 32 secret bytes");
  const privateKey = createPrivateKey({ key: Buffer.concat([privateDer, seed]), format: "der", type: "pkcs8" });
  const key = createPublicKey(privateKey);
  return { name, id: keyId(name, rawPublicKey(key)), key, privateKey };
}

/** `name+id+base64(0x01 ‖ public key)`, as other programs take it. */
export function verifierKey({ name, id, key }: Verifier): string {
  return `${name}+${id}+${Buffer.concat([Buffer.of(ed25519), rawPublicKey(key)]).toString("base64")}`;
}

/** Undefined when the text is no verifier key of an Ed25519 key, or its id is not that of its key. */
export function parseVerifierKey(text: string): Verifier | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim());
  const [, name = "", id = "", encoded = ""] = match ?? [];
  const bytes = decodeBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== ed25519) return undefined;
  const publicKey = bytes.subarray(1);
  if (keyId(name, publicKey) !== id) return undefined;
  return { name, id, key: createPublicKey({ key: Buffer.concat([publicDer, publicKey]), format: "der", type: "spki" }) };
}

/** The text with a signature of each signer. The text ends with a line end. */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!text.endsWith("\n")) throw new RangeError("the text of a note ends with a line end");
  const lines = signers.map(({ name, id, privateKey }) => {
    const signature = Buffer.concat([Buffer.from(id, "hex"), sign(null, Buffer.from(text), privateKey)]);
    return `— ${name} ${signature.toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/**
 * The text of a note that at least one of the known keys signed. Undefined when it is no note, when nobody known signed it, and when a known key's
 * signature is wrong; signatures of unknown keys say nothing.
 */
export function openNote(bytes: Uint8Array, known: readonly Verifier[]): OpenedNote | undefined {
  if (bytes.length > maxNote) return undefined;
  const note = decodeUtf8(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note holds no control characters beside the line end
  if (note === undefined || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined;
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > maxSignatures) return undefined;
  const signedBy: Verifier[] = [];
  for (const line of lines) {
    const [, name = "", encoded = ""] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const signature = decodeBase64(encoded);
    if (!isKeyName(name) || signature === undefined || signature.length < 5) return undefined;
    const id = signature.subarray(0, 4).toString("hex");
    const signer = known.find((one) => one.name === name && one.id === id);
    if (signer === undefined || signedBy.includes(signer)) continue;
    if (signature.length !== 68 || !verify(null, Buffer.from(text), signer.key, signature.subarray(4))) return undefined;
    signedBy.push(signer);
  }
  return signedBy.length === 0 ? undefined : { text, signedBy };
}

/** Strict: undefined when encoding it again gives another text. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
