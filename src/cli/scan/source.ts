import { createReadStream } from "node:fs";
import { type Charset, charsetOf, decoded } from "./encoding.ts";
import { type Format, formatOf } from "./format.ts";

/** A file, or standard input, whose first bytes were read. */
export interface Source {
  readonly charset: Charset;
  readonly format: Format;
  /** Its characters; throws NotText where they end to be characters, and what the system says where it cannot be read. */
  readonly text: AsyncIterable<string>;
}

const chunkBytes = 1 << 18;
/** Bytes that are looked at before anything is decided. */
const headBytes = 1 << 16;

/** Opens a file (`-`: standard input); a sentence where it holds no text. `onChunk` is shown what was read, all of it and in order. */
export async function openSource(
  path: string,
  format: Format | undefined,
  onChunk: (chunk: Buffer) => void,
  given?: AsyncIterable<Buffer>,
): Promise<Source | { readonly unfit: string; readonly fault: boolean }> {
  const input: AsyncIterable<Buffer> = given ?? (path === "-" ? process.stdin : createReadStream(path, { highWaterMark: chunkBytes }));
  const chunks = input[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let size = 0;
  let whole = false;
  while (size < headBytes) {
    const next = await chunks.next();
    if (next.done === true) {
      whole = true;
      break;
    }
    held.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(held);
  const charset = charsetOf(head, whole);
  if (typeof charset === "string") {
    await chunks.return?.();
    if (charset === "binary") return { unfit: "binary: what is in it cannot be told", fault: path === "-" };
    return { unfit: "text neither in UTF-8 nor, with a byte order mark, in UTF-16; `iconv -f WINDOWS-1252 -t UTF-8` converts it", fault: true };
  }
  async function* all(mark: number): AsyncGenerator<Buffer> {
    onChunk(head);
    if (head.length > mark) yield head.subarray(mark);
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      onChunk(next.value);
      yield next.value;
    }
  }
  const mark = charset.mark ? (charset.name === "utf-8" ? 3 : 2) : 0;
  const text = decoded(all(mark), charset);
  const start = new TextDecoder(charset.name).decode(head.subarray(mark, mark + 4096));
  return { charset, format: format ?? formatOf(path, start), text };
}
