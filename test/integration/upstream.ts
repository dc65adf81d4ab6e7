import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the backend received it. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly raw: Buffer;
  readonly body: Record<string, unknown>;
  /** True once the connection was closed before the answer was complete. */
  cancelled: boolean;
}

export type Behaviour = (received: Received, response: ServerResponse) => void | Promise<void>;

/** A backend that does as its script says, and counts what it receives. */
export interface Upstream {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export const chunk = (content: string, extra: Record<string, unknown> = {}): string =>
  `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "served", choices: [{ index: 0, delta: { content }, finish_reason: null }], ...extra })}\n\n`;

export const done = "data: [DONE]\n\n";

/** Answers chat, completions, embeddings and rerank as an OpenAI-compatible server does, streamed where asked for. */
export const answering =
  (content = "Good day."): Behaviour =>
  ({ body, path }, response) => {
    const usage = { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 };
    if (path.endsWith("/embeddings")) {
      json(response, 200, {
        object: "list",
        model: body.model,
        data: [{ object: "embedding", index: 0, embedding: [0.1, 0.2] }],
        usage: { prompt_tokens: 5, total_tokens: 5 },
      });
    } else if (path.endsWith("/rerank")) {
      json(response, 200, { id: "rerank-1", model: body.model, results: [{ index: 0, relevance_score: 0.5 }], usage: { prompt_tokens: 5, total_tokens: 5 } });
    } else if (body.stream === true) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const asked = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
      const extra = asked ? { usage: null } : {};
      for (const word of content.split(/(?<= )/)) response.write(chunk(word, extra));
      if (asked)
        response.write(`data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "served", choices: [], usage })}\n\n`);
      response.end(done);
    } else if (path.endsWith("/chat/completions")) {
      const message = { role: "assistant", content };
      json(response, 200, {
        id: "chatcmpl-1",
        object: "chat.completion",
        created: 1,
        model: body.model,
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage,
      });
    } else {
      json(response, 200, {
        id: "cmpl-1",
        object: "text_completion",
        created: 1,
        model: body.model,
        choices: [{ index: 0, text: content, finish_reason: "stop" }],
        usage,
      });
    }
  };

export function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

export async function startUpstream(behaviour: Behaviour = answering()): Promise<Upstream> {
  const received: Received[] = [];
  let current = behaviour;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (piece: Buffer) => chunks.push(piece));
    request.on("end", () => {
      const raw = Buffer.concat(chunks);
      const entry: Received = {
        path: request.url ?? "",
        headers: request.headers,
        raw,
        body: JSON.parse(raw.toString() || "{}") as Record<string, unknown>,
        cancelled: false,
      };
      received.push(entry);
      response.on("close", () => {
        entry.cancelled = !response.writableFinished;
      });
      void current(entry, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    received,
    behave: (next) => {
      current = next;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Waits until a condition holds; fails after a bounded time. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, milliseconds = 10_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`did not come to pass in ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
