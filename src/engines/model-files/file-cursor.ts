import type { FileHandle } from "node:fs/promises";

/** What a file says cannot be so; the message says what and where. */
export class MalformedFile extends Error {}

const windowSize = 1 << 20;
const longestString = 1 << 24;

/** Reads little-endian values one after the other, never more at a time than a bounded window, never past the end. */
export class FileCursor {
  readonly #file: FileHandle;
  readonly size: number;
  /** Bytes from the beginning of the file. */
  position = 0;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  async uint32(): Promise<number> {
    return (await this.#take(4)).readUInt32LE();
  }

  /** Throws for numbers that JavaScript cannot hold exactly: no honest length is that large. */
  async uint64(what: string): Promise<number> {
    const value = (await this.#take(8)).readBigUInt64LE();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedFile(`${what} at byte ${this.position - 8} is absurdly large`);
    return Number(value);
  }

  async bytes(length: number): Promise<Buffer> {
    return Buffer.from(await this.#take(length));
  }

  async string(what: string): Promise<string> {
    const length = await this.uint64(`the length of ${what}`);
    if (length > longestString) throw new MalformedFile(`${what} at byte ${this.position} claims ${length} bytes`);
    return (await this.#take(length)).toString("utf8");
  }

  skip(length: number, what: string): void {
    if (length > this.size - this.position) throw new MalformedFile(`${what} at byte ${this.position} reaches past the end of the file`);
    this.position += length;
  }

  async #take(length: number): Promise<Buffer> {
    if (length > this.size - this.position) throw new MalformedFile(`it ends in the middle of its header, at byte ${this.size}`);
    let start = this.position - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      await this.#load(length);
      start = 0;
    }
    this.position += length;
    return this.#window.subarray(start, start + length);
  }

  async #load(length: number): Promise<void> {
    const window = Buffer.alloc(Math.min(Math.max(length, windowSize), this.size - this.position));
    let filled = 0;
    while (filled < window.length) {
      const { bytesRead } = await this.#file.read(window, filled, window.length - filled, this.position + filled);
      if (bytesRead === 0) throw new MalformedFile(`it became shorter while it was read, at byte ${this.position + filled}`);
      filled += bytesRead;
    }
    this.#window = window;
    this.#windowStart = this.position;
  }
}
