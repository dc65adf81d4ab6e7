import type { House } from "../integration/house.ts";
import { type Behaviour, chunk, done } from "../integration/upstream.ts";

export const question = (extra: Record<string, unknown> = {}): string =>
  JSON.stringify({ model: "assistant", messages: [{ role: "user", content: "Hello" }], ...extra });

/** One chat request of a person in Germany; a string is a body of its own making. */
export const chat = (
  house: House,
  extra: Record<string, unknown> | string = {},
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> =>
  house.fetch("/v1/chat/completions", {
    method: "POST",
    body: typeof extra === "string" ? extra : question(extra),
    headers: { "x-freehold-origin": "DE", ...headers },
    ...(signal !== undefined && { signal }),
  });

/** The `error` of an answer. */
export async function errorOf(response: Response): Promise<{ readonly code: string | null; readonly message: string; readonly [field: string]: unknown }> {
  return ((await response.json()) as { error: { code: string | null; message: string } }).error;
}

/** A stream that goes on until it is told to finish. */
export function endless(): { readonly behaviour: Behaviour; finish(): void } {
  let finished = false;
  return {
    behaviour: (_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => {
        if (finished) response.end(chunk("the end") + done);
        else response.write(chunk("word "));
        if (finished) clearInterval(timer);
      }, 20);
      response.on("close", () => clearInterval(timer));
    },
    finish: () => {
      finished = true;
    },
  };
}

/** Reads a stream on the side, so that a test can look at what has come so far. */
export class Reading {
  text = "";
  /** True when it came to its end, false when the connection broke. */
  readonly ended: Promise<boolean>;

  constructor(response: Response) {
    this.ended = this.#read(response);
  }

  async #read(response: Response): Promise<boolean> {
    const decoder = new TextDecoder();
    try {
      for await (const piece of response.body ?? []) this.text += decoder.decode(piece, { stream: true });
      return true;
    } catch {
      return false;
    }
  }
}
