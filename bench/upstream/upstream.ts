// The mock upstream's process: an OpenAI-compatible backend that answers at once. The model's name says how it streams, since gateways drop headers
// that they do not know: `…-c20-d10` is 20 events, 10 ms apart. It sends its port as a message, and its count of requests when asked; it ends with its parent.
import { type AddressInfo, createServer, type Socket } from "node:net";
import { completionAnswer, lengthRequired, notFound, streamEnd, streamStart, streamWord } from "./answers.ts";

const ends = { plain: streamEnd(false), withUsage: streamEnd(true) };
let requests = 0;

/** Reads requests from one connection and answers them in turn. */
class Caller {
  readonly #socket: Socket;
  #held: Buffer[] = [];
  #size = 0;
  /** Bytes that must be there before it is worth looking again; 0 = unknown. */
  #needed = 0;
  #streaming = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes: Buffer) => this.#read(bytes));
    // Callers that leave are what a gateway does under load.
    socket.on("error", () => socket.destroy());
  }

  #read(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#size += bytes.length;
    if (!this.#streaming) this.#next();
  }

  #next(): void {
    while (!this.#streaming && this.#size > 0 && this.#size >= this.#needed) {
      const all = this.#held.length === 1 ? (this.#held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#held, this.#size);
      this.#held = [all];
      const headEnd = all.indexOf("\r\n\r\n", 0, "latin1");
      if (headEnd < 0) return;
      const head = all.toString("latin1", 0, headEnd + 2);
      const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1];
      const end = headEnd + 4 + Number(length ?? 0);
      this.#needed = end;
      if (all.length < end) return;
      this.#held = all.length === end ? [] : [all.subarray(end)];
      this.#size = all.length - end;
      this.#needed = 0;
      this.#answer(head, length === undefined ? undefined : all.subarray(headEnd + 4, end));
    }
  }

  #answer(head: string, body: Buffer | undefined): void {
    requests += 1;
    if (!head.startsWith("POST /v1/chat/completions ")) this.#socket.write(notFound);
    else if (body === undefined) this.#socket.end(lengthRequired);
    else if (body.includes('"stream":true')) this.#stream(body);
    else this.#socket.write(completionAnswer);
  }

  #stream(body: Buffer): void {
    const named = body.indexOf('"model":"');
    const [, events = "1", gap = "0"] = /-c(\d+)-d(\d+)"/.exec(body.toString("latin1", named, named + 80)) ?? [];
    const end = body.includes("include_usage") ? ends.withUsage : ends.plain;
    let left = Number(events) - 1;
    const socket = this.#socket;
    this.#streaming = true;
    socket.write(streamStart);
    const timer = setTimeout(() => {
      if (socket.destroyed) return;
      if (left > 0) {
        left -= 1;
        socket.write(streamWord);
        timer.refresh();
        return;
      }
      socket.write(end);
      this.#streaming = false;
      this.#next();
    }, Number(gap));
  }
}

const server = createServer({ keepAlive: false }, (socket) => void new Caller(socket));
server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", () => process.send?.({ requests }));
process.on("disconnect", () => process.exit(0));
