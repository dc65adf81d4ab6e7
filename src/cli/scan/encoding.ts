import { isUtf8 } from "node:buffer";

/** How the characters of a file are written. */
export interface Charset {
  readonly name: "utf-8" | "utf-16le" | "utf-16be";
  /** Whether the file begins with a byte order mark. */
  readonly mark: boolean;
}

/** Bytes that are no text in an encoding that is read. */
export class NotText extends Error {}

const marks: readonly (readonly [Charset["name"], readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

export const markOf = ({ name, mark }: Charset): Buffer => Buffer.from(mark ? (marks.find(([of]) => of === name)?.[1] ?? []) : []);

const begins = (head: Buffer, bytes: readonly number[]): boolean => bytes.every((byte, index) => head[index] === byte);

/** Control characters that no text holds. */
const isControl = (byte: number): boolean => byte < 32 && byte !== 27 && (byte < 8 || byte > 13);

/**
 * The encoding that the first bytes of a file tell: by its mark, else UTF-8. `binary` where they are no text at all, `other` where they are text
 * in an encoding that has no mark (Latin-1, Windows-1252 …) or in UTF-32. `whole`: there are no more bytes than these.
 */
export function charsetOf(head: Buffer, whole: boolean): Charset | "binary" | "other" {
  if (begins(head, [0xff, 0xfe, 0, 0]) || begins(head, [0, 0, 0xfe, 0xff])) return "other";
  for (const [name, bytes] of marks) if (begins(head, bytes)) return { name, mark: true };
  if (head.includes(0) || begins(head, [...Buffer.from("%PDF-")])) return "binary";
  // Where more bytes follow, the last character may be cut.
  const valid = (whole ? [0] : [0, 1, 2, 3]).some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
  if (valid) return { name: "utf-8", mark: false };
  return head.some(isControl) ? "binary" : "other";
}

/** The characters of a file, without its mark, never splitting a pair of surrogates; throws NotText at the first byte that is none. */
export async function* decoded(chunks: AsyncIterable<Buffer>, charset: Charset): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset.name, { fatal: true, ignoreBOM: true });
  let bytes = 0;
  const decode = (chunk: Buffer | undefined): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new NotText(`not ${charset.name.toUpperCase()} somewhere after byte ${bytes}`);
    }
  };
  for await (const chunk of chunks) {
    const text = decode(chunk);
    bytes += chunk.length;
    if (text !== "") yield text;
  }
  const rest = decode(undefined);
  if (rest !== "") yield rest;
}

export function encoded(text: string, { name }: Charset): Buffer {
  if (name === "utf-8") return Buffer.from(text, "utf8");
  const bytes = Buffer.from(text, "utf16le");
  return name === "utf-16be" ? bytes.swap16() : bytes;
}
