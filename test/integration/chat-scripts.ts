import { type Behaviour, done, json } from "./upstream.ts";

type Members = Readonly<Record<string, unknown>>;

/** One event of a streamed chat completion. */
export const delta = (members: Members, choice: Members = {}, event: Members = {}): string =>
  `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "served", choices: [{ index: 0, delta: members, finish_reason: null, ...choice }], ...event })}\n\n`;

export const finish = (reason: string, choice: Members = {}): string => delta({}, { finish_reason: reason, ...choice });

const usage = {
  prompt_tokens: 11,
  completion_tokens: 7,
  total_tokens: 18,
  prompt_tokens_details: { cached_tokens: 3 },
  completion_tokens_details: { reasoning_tokens: 2 },
};

export const usageEvent = `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "served", choices: [], usage })}\n\n`;

export const callPiece = (index: number, args: string, begin?: { readonly id: string; readonly name: string }): string =>
  delta({ tool_calls: [{ index, ...(begin && { id: begin.id, type: "function" }), function: { ...(begin && { name: begin.name }), arguments: args } }] });

/** Streams the text in pieces of so many bytes, and ends well; without `[DONE]` unless the text holds it. */
export const streaming =
  (text: string, size = Number.POSITIVE_INFINITY): Behaviour =>
  async (_received, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) {
      response.write(bytes.subarray(at, Math.min(at + size, bytes.length)));
      // Each piece must arrive by itself, not as one with the next.
      if (size < 64) await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };

/** A whole completion with this message. */
export const completing =
  (message: Members, choice: Members = {}, more: Members = {}): Behaviour =>
  (_received, response) =>
    json(response, 200, {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: "served",
      choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop", ...choice }],
      usage,
      ...more,
    });

export { done };
