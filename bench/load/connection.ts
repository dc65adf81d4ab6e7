import { connect, type Socket } from "node:net";
import { now } from "../clock.ts";
import { AnswerReader } from "./answer-reader.ts";

/** One request and what came of it; times in milliseconds of `now()`. */
export interface Exchange {
  /** When it was due. */
  readonly due: number;
  readonly written: number;
  readonly firstByte: number;
  readonly end: number;
  /** Undefined for a good answer. */
  readonly failure: string | undefined;
}

/** A kept-alive connection that carries one request at a time. */
export class Connection {
  readonly #port: number;
  readonly #stream: boolean;
  readonly #done: (connection: Connection, exchange: Exchange) => void;
  #socket: Socket | undefined;
  #answer: AnswerReader | undefined;
  #due = 0;
  #written = 0;
  #firstByte = 0;

  constructor(port: number, stream: boolean, done: (connection: Connection, exchange: Exchange) => void) {
    this.#port = port;
    this.#stream = stream;
    this.#done = done;
  }

  get busy(): boolean {
    return this.#answer !== undefined;
  }

  ask(request: Buffer, due: number): void {
    this.#answer = new AnswerReader();
    this.#due = due;
    this.#firstByte = 0;
    this.#socket ??= this.#open();
    this.#written = now();
    this.#socket.write(request);
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    const socket = connect({
      port: this.#port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(32_768),
        callback: (length, buffer) => {
          this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    let reason = "the connection was closed before the answer was whole";
    socket.on("error", (error) => {
      reason = error.message;
    });
    socket.on("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (this.busy) this.#settle(reason);
    });
    return socket;
  }

  #read(bytes: Buffer): void {
    const answer = this.#answer;
    if (answer === undefined) {
      this.close();
      return;
    }
    try {
      const whole = answer.push(bytes);
      if (this.#firstByte === 0 && answer.begun) this.#firstByte = now();
      if (whole) this.#settle(this.#faultOf(answer));
    } catch (error) {
      this.close();
      this.#settle(error instanceof Error ? error.message : String(error));
    }
  }

  #faultOf(answer: AnswerReader): string | undefined {
    if (answer.status !== 200) return `status ${answer.status}: ${answer.text}`;
    if (this.#stream && !answer.tail.includes("[DONE]")) return `a stream that ended without [DONE]: ${answer.tail}`;
    return undefined;
  }

  #settle(failure: string | undefined): void {
    this.#answer = undefined;
    this.#done(this, { due: this.#due, written: this.#written, firstByte: this.#firstByte, end: now(), failure });
  }
}
