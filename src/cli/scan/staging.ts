import { once } from "node:events";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Files that are written aside and put in place together, or not at all. */
export class Staging {
  readonly #staged: { readonly partial: string; readonly target: string }[] = [];
  readonly #mode: number;

  constructor(mode: number) {
    this.#mode = mode;
  }

  /** Writes a file aside; the path of what was written. It takes its place with `commit`. */
  async write(target: string, bytes: AsyncIterable<Buffer>): Promise<string> {
    await mkdir(dirname(target), { recursive: true });
    const partial = `${target}.partial-${process.pid}`;
    await rm(partial, { force: true });
    const file: FileHandle = await open(partial, "wx", this.#mode);
    this.#staged.push({ partial, target });
    try {
      for await (const chunk of bytes) await file.writeFile(chunk);
      await file.sync();
    } catch (error) {
      await this.discard(partial);
      throw error;
    } finally {
      await file.close();
    }
    return partial;
  }

  async commit(): Promise<void> {
    for (const { partial, target } of this.#staged.splice(0)) await rename(partial, target);
  }

  /** Removes one file that was written aside, or all. */
  async discard(only?: string): Promise<void> {
    for (const staged of this.#staged.splice(0)) {
      if (only === undefined || staged.partial === only) await rm(staged.partial, { force: true });
      else this.#staged.push(staged);
    }
  }
}

/** Writes to standard output and waits while its reader is slower. */
export async function writeOut(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  for await (const chunk of bytes) if (!process.stdout.write(chunk)) await once(process.stdout, "drain");
}
