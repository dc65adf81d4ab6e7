import { createHash } from "node:crypto";
import { type Charset, decoded, encoded, markOf } from "./encoding.ts";
import { type ExchangeOptions, Inputs, Interrupted, tolerant } from "./inputs.ts";
import type { KeyEntry } from "./key-book.ts";
import { readKeyFile } from "./key-file.ts";
import { type Restoring, restoring } from "./restoring.ts";
import type { Source } from "./source.ts";
import { Staging, writeOut } from "./staging.ts";

async function* restored(text: AsyncIterable<string>, charset: Charset, restorer: Restoring, stopped: () => boolean): AsyncGenerator<Buffer> {
  yield markOf(charset);
  for await (const chunk of text) {
    if (stopped()) throw new Interrupted();
    yield encoded(restorer.push(chunk), charset);
  }
  yield encoded(restorer.end(), charset);
}

async function* withoutMark(bytes: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of bytes) {
    const cut = Math.min(left, chunk.length);
    left -= cut;
    if (chunk.length > cut) yield chunk.subarray(cut);
  }
}

/** SHA-256 of what a result would be restored to, in hexadecimal. */
export async function digestRestored(
  bytes: AsyncIterable<Buffer>,
  { charset, format }: Pick<Source, "charset" | "format">,
  entries: ReadonlyMap<string, KeyEntry>,
): Promise<string> {
  const digest = createHash("sha256");
  const text = decoded(withoutMark(bytes, markOf(charset).length), charset);
  for await (const chunk of restored(text, charset, restoring(format, entries), () => false)) digest.update(chunk);
  return digest.digest("hex");
}

export interface Restored {
  readonly files: number;
  /** What looks like a token and is none of the key file. */
  readonly unresolved: number;
}

/** Writes files anew with the values in place of the tokens of a key file, wherever in the text they stand by now. */
export async function restoreFiles(options: ExchangeOptions): Promise<Restored> {
  const { entries } = readKeyFile(options.keyFile);
  // What is restored is personal data: for its owner alone.
  const staging = new Staging(0o600);
  const inputs = new Inputs(options);
  let files = 0;
  let unresolved = 0;
  try {
    for (const job of options.jobs) {
      if (options.stopped()) break;
      await tolerant(job, options, async () => {
        const source = await inputs.open(job, (chunk) => options.progress.read(chunk.length));
        if (source === undefined) return;
        const restorer = restoring(source.format, entries);
        const bytes = restored(source.text, source.charset, restorer, options.stopped);
        if (job.target === "-") await writeOut(bytes);
        else await staging.write(job.target, bytes);
        files += 1;
        unresolved += restorer.unresolved;
      });
    }
    await staging.commit();
    return { files, unresolved };
  } finally {
    await staging.discard();
  }
}
