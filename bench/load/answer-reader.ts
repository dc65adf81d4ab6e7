/** The most that is kept of an answer that is not 200, to show it. */
const shown = 300;

/**
 * Reads one HTTP/1.1 answer from pieces of a connection: a body of known length or in chunks (RFC 9112 §6, §7.1). Buffers that it is given may be
 * used again afterwards.
 */
export class AnswerReader {
  status = 0;
  /** True from the first byte of the body on. */
  begun = false;
  /** The start of the body, for answers other than 200. */
  text = "";
  /** The last bytes of the body. */
  tail = "";
  #expects: "head" | "body" | "size" | "chunk" | "chunk-end" | "trailer" = "head";
  #line = "";
  #left = 0;

  /** Takes the next bytes; true once the answer is whole. Throws on what is no answer. */
  push(bytes: Buffer): boolean {
    let at = 0;
    while (at < bytes.length) {
      if (this.#expects === "head") {
        const end = this.#lineEnd(bytes, at, "\r\n\r\n");
        if (end < 0) return false;
        at = end;
        if (this.#readHead()) return true;
      } else if (this.#expects === "body" || this.#expects === "chunk") {
        const end = Math.min(bytes.length, at + this.#left);
        this.#readBody(bytes, at, end);
        this.#left -= end - at;
        at = end;
        if (this.#left === 0) {
          if (this.#expects === "body") return true;
          this.#expects = "chunk-end";
        }
      } else {
        const end = this.#lineEnd(bytes, at, "\n");
        if (end < 0) return false;
        at = end;
        if (this.#readChunkLine()) return true;
      }
    }
    return false;
  }

  /** Gathers text up to and including `mark`; the position after it, or -1 while it has not come. */
  #lineEnd(bytes: Buffer, from: number, mark: string): number {
    const before = this.#line.length;
    if (before === 0) {
      const found = bytes.indexOf(mark, from, "latin1");
      const end = found < 0 ? bytes.length : found + mark.length;
      this.#line = bytes.toString("latin1", from, end);
      return found < 0 ? -1 : end;
    }
    this.#line += bytes.toString("latin1", from);
    const found = this.#line.indexOf(mark, Math.max(0, before - mark.length));
    if (found < 0) return -1;
    this.#line = this.#line.slice(0, found + mark.length);
    return from + this.#line.length - before;
  }

  /** True where the answer ends with its head. */
  #readHead(): boolean {
    const head = this.#line;
    this.#line = "";
    this.status = Number(head.slice(9, 12));
    if (!head.startsWith("HTTP/1.1 ") || !(this.status >= 100)) throw new Error("not an HTTP/1.1 answer");
    if (this.status < 200) return false;
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
    if (length !== undefined) {
      this.#left = Number(length);
      this.#expects = "body";
      return this.#left === 0;
    }
    if (!/\r\ntransfer-encoding: *chunked\r\n/i.test(head)) throw new Error("an answer without a length");
    this.#expects = "size";
    return false;
  }

  #readBody(bytes: Buffer, from: number, end: number): void {
    this.begun = true;
    if (this.status !== 200 && this.text.length < shown) this.text += bytes.toString("latin1", from, Math.min(end, from + shown));
    this.tail = (this.tail + bytes.toString("latin1", Math.max(from, end - 32), end)).slice(-32);
  }

  /** True after the empty line that ends the chunks. */
  #readChunkLine(): boolean {
    const line = this.#line;
    this.#line = "";
    if (this.#expects === "chunk-end") this.#expects = "size";
    else if (this.#expects === "trailer") return line.trim() === "";
    else {
      this.#left = Number.parseInt(line, 16);
      if (!(this.#left >= 0)) throw new Error("a chunk without a size");
      this.#expects = this.#left === 0 ? "trailer" : "chunk";
    }
    return false;
  }
}
