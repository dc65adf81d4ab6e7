import { ALNUM, DASH, EQUALS_SIGN, inSet, PLUS, SLASH, UNDERSCORE } from "../text/characters.ts";

const ALPHABET = ALNUM | PLUS | SLASH | DASH | UNDERSCORE;
/** `a@b.cd` in base64 has eight characters; what is shorter than this decodes to readable text by chance too often. */
const shortest = 16;
/** Wrapped lines have 64 or 76 characters (RFC 7468, RFC 2045). */
const shortestLine = 60;

const isBreak = (code: number): boolean => code === 10 || code === 13;

/** Where a run of base64 that holds the place begins: back over what the pass takes for ends of words. */
function runStart(text: string, at: number): number {
  let start = at;
  const limit = Math.max(0, at - 3 * shortest);
  while (start > limit && inSet(text.charCodeAt(start - 1), ALPHABET)) start -= 1;
  return start;
}

/** Where the run ends, over the ends of wrapped lines and the padding. */
function runEnd(text: string, start: number): number {
  let end = start;
  let line = start;
  for (;;) {
    while (inSet(text.charCodeAt(end), ALPHABET)) end += 1;
    if (!isBreak(text.charCodeAt(end)) || end - line < shortestLine) break;
    let next = end + 1;
    if (isBreak(text.charCodeAt(next))) next += 1;
    if (!inSet(text.charCodeAt(next), ALPHABET)) break;
    end = next;
    line = next;
  }
  for (let padding = 0; padding < 2 && inSet(text.charCodeAt(end), EQUALS_SIGN); padding += 1) end += 1;
  return end;
}

const sampleSize = 20;

const isReadable = (byte: number): boolean => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;

/** Whether the first bytes read as text: ASCII, UTF-8, or ASCII in UTF-16 as PowerShell has it. */
function readsAsText(text: string, start: number): boolean {
  const sample = Buffer.from(text.slice(start, start + sampleSize), "base64");
  let zeros = 0;
  let high = 0;
  for (const byte of sample) {
    if (isReadable(byte)) continue;
    if (byte === 0) zeros += 1;
    else if (byte >= 0x80) high += 1;
    else return false;
  }
  if (zeros > 0) return Math.abs(zeros - sample.length / 2) <= 1.5 && high === 0;
  return high === 0 || (high <= sample.length / 3 && isUtf8(sample));
}

function isUtf8(sample: Buffer): boolean {
  // A character may be cut off at the end of the sample.
  const decoded = sample.toString("utf8").replace(/\ufffd$/, "");
  return !decoded.includes("\ufffd");
}

/** A stretch of text that is readable text in base64 (RFC 4648, sections 4 and 5). */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
}

/** The run around a place at which at least 16 characters of it stand in a row; undefined where it is something else. */
export function base64Run(text: string, from: number, known: number): EncodedRun | undefined {
  const start = Math.max(known, runStart(text, from));
  // What stands before it without being part of it (`key-`, `v2_`, a path) moves the groups of four: the place itself is a beginning too.
  const begins = [start, from].find((at) => readsAsText(text, at));
  if (begins === undefined) return undefined;
  const end = runEnd(text, begins);
  return end - begins < shortest ? undefined : { start: begins, end };
}

/** Long runs are read in pieces of so many bytes, each with the end of the one before, so that no long text is made of them. */
const pieceSize = 49_152;
const overlap = 2048;

/** The text in the run, in pieces. */
export function* decodedPieces(text: string, { start, end }: EncodedRun): Generator<string> {
  const bytes = Buffer.from(text.slice(start, end), "base64");
  const wide = bytes.length >= 4 && (bytes[0] === 0) !== (bytes[1] === 0);
  if (wide && bytes[0] === 0) bytes.subarray(0, bytes.length & ~1).swap16();
  for (let from = 0; from < bytes.length; from += pieceSize) {
    yield bytes.toString(wide ? "utf16le" : "utf8", Math.max(0, from - overlap), Math.min(bytes.length, from + pieceSize));
  }
}

const login = /^([A-Za-z][\w.@+-]{1,63}):([\x21-\x7e]{6,64})$/;

/** The password, where the decoded text is a login as HTTP sends it (RFC 7617) and nothing else: `user:password`. */
export const passwordOf = (decoded: string): string | undefined => (decoded.length > 130 ? undefined : login.exec(decoded)?.[2]);
