import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { tilePath, tileWidth } from "../proof/tiles.ts";

/**
 * Writes the files of the log. Each is complete or absent: a temporary file is written, fsynced and renamed. `settle` makes the names durable too:
 * call it before anything refers to the files.
 */
export class LogFiles {
  readonly #folder: string;
  /** Folders in which a name changed since the last `settle`. */
  readonly #changed = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o750 });
  }

  read(path: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  write(path: string, bytes: Uint8Array): void {
    const target = join(this.#folder, path);
    const made = mkdirSync(dirname(target), { recursive: true, mode: 0o750 });
    const temporary = `${target}.new`;
    const descriptor = openSync(temporary, "w", 0o640);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
    for (let folder = dirname(target); ; folder = dirname(folder)) {
      this.#changed.add(folder);
      if (made === undefined || folder === dirname(made) || folder === dirname(folder)) break;
    }
  }

  writeTile(level: number, index: number, width: number, bytes: Uint8Array): void {
    this.write(tilePath(level, index, width), bytes);
  }

  /** Partial tiles that a full one has replaced; only for tidiness, so nothing waits for it. */
  dropPartial(level: number, index: number): void {
    rmSync(join(this.#folder, `${tilePath(level, index, tileWidth)}.p`), { recursive: true, force: true });
  }

  settle(): void {
    for (const folder of this.#changed) {
      const descriptor = openSync(folder, "r");
      try {
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
    this.#changed.clear();
  }
}
