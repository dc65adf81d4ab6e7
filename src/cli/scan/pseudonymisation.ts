import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type Detector, ownTokens } from "#boundary";
import { encoded, markOf } from "./encoding.ts";
import { type Found, readPieces } from "./findings.ts";
import { type ExchangeOptions, Inputs, Interrupted, tolerant } from "./inputs.ts";
import { KeyBook } from "./key-book.ts";
import { type KeyFile, openKeyFile, writeKeyFile } from "./key-file.ts";
import { Recurring } from "./recurrence.ts";
import { replaced } from "./replace.ts";
import { digestRestored } from "./restoration.ts";
import type { Selection } from "./selection.ts";
import type { Source } from "./source.ts";
import { Staging, writeOut } from "./staging.ts";
import type { Job } from "./targets.ts";

export interface PseudonymiseOptions extends ExchangeOptions {
  readonly detector: Detector;
  readonly selection: Selection;
}

export interface Replaced {
  readonly files: number;
  readonly places: number;
  readonly tokens: number;
  /** Places that cannot be read, and so stand as they were. */
  readonly unreadable: number;
}

/** Longer than any spelling of a token: what is looked at again where two chunks meet. */
const tokenReach = 128;
/** Of all tokens of a key file: the same value has the same one in all its files. */
const scope = "key-file";

/** Passes a text on and collects what looks like a token in it already. */
async function* collectingTokens(text: AsyncIterable<string>, found: Set<string>): AsyncGenerator<string> {
  let carried = "";
  for await (const chunk of text) {
    for (const token of ownTokens(carried + chunk)) found.add(token);
    carried = chunk.slice(-tokenReach);
    yield chunk;
  }
}

/** One run: first every file is read for its values and for what looks like a token in it, then each is written. */
class Pseudonymisation {
  readonly #options: PseudonymiseOptions;
  readonly #key: KeyFile;
  readonly #inputs: Inputs;
  readonly #staging = new Staging(0o666);
  readonly #output: Buffer[] = [];
  readonly #recurring: Recurring;
  files = 0;
  places = 0;
  unreadable = 0;

  constructor(options: PseudonymiseOptions, key: KeyFile) {
    this.#options = options;
    this.#key = key;
    this.#inputs = new Inputs(options);
    this.#recurring = new Recurring(key.entries);
  }

  async run(): Promise<Replaced> {
    const { jobs, stopped } = this.#options;
    const own = new Set<string>();
    const ready: Job[] = [];
    try {
      for (const job of jobs) {
        if (stopped()) break;
        const held = await tolerant(job, this.#options, () => this.#survey(job));
        if (held === undefined) continue;
        for (const token of held) own.add(token);
        ready.push(job);
      }
      const detector = this.#recurring.over(this.#options.detector);
      const book = new KeyBook({ secret: this.#key.secret, scope }, this.#key.entries, own);
      for (const job of ready) {
        if (stopped()) break;
        await tolerant(job, this.#options, () => this.#write(job, book, detector));
      }
      // Before any text without its values is in place, the values are.
      if (this.files > 0) writeKeyFile(this.#key, book.entries);
      await this.#staging.commit();
      await writeOut(this.#output);
      const { files, places, unreadable } = this;
      return { files, places, tokens: book.entries.size - this.#key.entries.size, unreadable };
    } finally {
      await this.#staging.discard();
    }
  }

  async #survey(job: Job): Promise<ReadonlySet<string> | undefined> {
    const source = await this.#inputs.open(job);
    if (source === undefined) return undefined;
    const { detector, stopped } = this.#options;
    const held = new Set<string>();
    for await (const { found } of readPieces(collectingTokens(source.text, held), source.format, detector)) {
      if (stopped()) throw new Interrupted();
      for (const one of found) if (this.#isReplaced(one)) this.#recurring.add(one);
    }
    if (![...held].some((token) => this.#key.entries.has(token))) return held;
    this.#fault(job, "it holds tokens of this key file already; restore it first, or take another key file");
    return undefined;
  }

  async #write(job: Job, book: KeyBook, detector: Detector): Promise<void> {
    const { progress } = this.#options;
    const given = createHash("sha256");
    const source = await this.#inputs.open(job, (chunk) => {
      given.update(chunk);
      progress.read(chunk.length);
    });
    if (source === undefined) return;
    const sums = { places: 0, unreadable: 0 };
    const written = this.#replaced(source, book, detector, sums);
    const partial = job.target === "-" ? undefined : await this.#staging.write(job.target, written);
    if (partial === undefined) for await (const chunk of written) this.#output.push(chunk);
    const result = partial === undefined ? each(this.#output) : createReadStream(partial);
    if (given.digest("hex") !== (await digestRestored(result, source, book.entries))) {
      if (partial === undefined) this.#output.length = 0;
      else await this.#staging.discard(partial);
      this.#fault(job, "it would not be restored to the same bytes, so nothing was written for it");
      return;
    }
    this.files += 1;
    this.places += sums.places;
    this.unreadable += sums.unreadable;
  }

  /** What cannot be read cannot be replaced either. */
  #isReplaced({ finding }: Found): boolean {
    return finding.type !== "other" && this.#options.selection(finding);
  }

  async *#replaced({ charset, format, text }: Source, book: KeyBook, detector: Detector, sums: { places: number; unreadable: number }): AsyncGenerator<Buffer> {
    const { progress, stopped } = this.#options;
    yield markOf(charset);
    for await (const piece of readPieces(text, format, detector)) {
      if (stopped()) throw new Interrupted();
      sums.unreadable += piece.found.filter(({ finding }) => finding.type === "other").length;
      const result = replaced(piece, (one) => this.#isReplaced(one), book);
      sums.places += result.count;
      progress.found(result.count);
      yield encoded(result.text, charset);
    }
  }

  #fault({ file }: Job, reason: string): void {
    this.#options.skip({ path: file.path, reason, fault: true });
  }
}

async function* each(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

/**
 * Writes files anew with tokens for what was selected, and the key file that leads back. Each result is restored and compared with what was read
 * before it takes its place. Interrupted, only what is complete is written.
 */
export async function pseudonymiseFiles(options: PseudonymiseOptions): Promise<Replaced> {
  const key = openKeyFile(options.keyFile);
  try {
    return await new Pseudonymisation(options, key).run();
  } finally {
    key.release();
  }
}
