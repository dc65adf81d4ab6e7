import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { adminKey, type House } from "../integration/house.ts";

/** Sends bytes as they are; collects what comes back until the other side closes, or until it has been silent for `quiet` milliseconds. */
export function exchange(house: House, pieces: readonly (string | Buffer)[], quiet = 1_500): Promise<string> {
  const { hostname, port } = new URL(house.address);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname);
    socket.setTimeout(quiet, () => socket.destroy());
    socket.setEncoding("latin1").on("data", (piece: string) => {
      text += piece;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? undefined : reject(error)));
    socket.on("close", () => resolve(text));
    for (const piece of pieces) socket.write(piece);
  });
}

export const goodBody = JSON.stringify({ model: "assistant", messages: [{ role: "user", content: "Hello" }] });

/** The lines above the headers that a test adds; a later `close` ends the connection with the answer. */
export const requestLine = "POST /v1/chat/completions HTTP/1.1";
export const usualHeaders = ["Host: x", `Authorization: Bearer ${adminKey}`, "Content-Type: application/json", "x-freehold-origin: DE"];

/** A whole request with headers of the test's own. */
export const requestWith = (headers: readonly string[], body = goodBody, line = requestLine): string =>
  [line, ...usualHeaders, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close", "", body].join("\r\n");

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? "0");

/** How many answers there are in what came back. */
export const answersIn = (text: string): number => text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;

/** A backend that answers in bytes of the test's own making. */
export interface RawUpstream {
  readonly url: string;
  /** Everything that ever arrived, one text for each request, its head included. */
  readonly requests: string[];
  behave(behaviour: (socket: Socket, request: string) => void): void;
  close(): Promise<void>;
}

const isWhole = (text: string): boolean => {
  const end = text.indexOf("\r\n\r\n");
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? "0");
  return end !== -1 && Buffer.byteLength(text, "latin1") >= end + 4 + length;
};

export async function startRawUpstream(): Promise<RawUpstream> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let current: (socket: Socket, request: string) => void = (socket) => socket.destroy();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    let text = "";
    socket.on("data", (piece) => {
      text += piece.toString("latin1");
      if (!isWhole(text)) return;
      const request = text;
      text = "";
      requests.push(request);
      current(socket, request);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    behave: (behaviour) => {
      current = behaviour;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A whole answer of a backend, with its length. */
export const rawAnswer = (body: string, headers: readonly string[] = ["Content-Type: application/json"], status = "200 OK"): string =>
  [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n");

/** A completion as JSON. */
export const completion = (content = "Good day."): string =>
  JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "served",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
  });
