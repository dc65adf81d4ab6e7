/** Where the answer to one request goes. */
export interface Outlet {
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal;
  /** Once, before any text. */
  head(status: number, contentType: "application/json" | "text/event-stream; charset=utf-8"): void;
  write(text: string): void;
  end(): void;
  /** Says that the work goes on. Resolves when the receiver takes more, at once where it does. */
  pause(): Promise<void>;
}

/** What every answer says of itself. */
export interface AnswerIdentity {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  /** The client's model name. */
  readonly model: string;
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export const usageOf = (promptTokens: number, completionTokens: number): Usage => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});

/** The whole answer as one JSON document. */
export function sendJson(outlet: Outlet, status: number, body: string): void {
  outlet.head(status, "application/json");
  outlet.write(body);
  outlet.end();
}

/**
 * The chunks of a streamed answer as server-sent events. With `include_usage` each chunk says `usage: null`, and one more with no
 * choices gives the figures. The head goes with the first chunk, so until then the request can still fail properly.
 */
export class EventStream {
  readonly #outlet: Outlet;
  readonly #base: object;
  #begun = false;

  constructor(outlet: Outlet, object: string, identity: AnswerIdentity, includeUsage: boolean) {
    this.#outlet = outlet;
    this.#base = { id: identity.id, object, created: identity.created, model: identity.model, ...(includeUsage && { usage: null }) };
  }

  get begun(): boolean {
    return this.#begun;
  }

  choice(choice: object): void {
    this.#send({ ...this.#base, choices: [choice] });
  }

  finish(usage: Usage | undefined): void {
    if (usage !== undefined) this.#send({ ...this.#base, choices: [], usage });
    this.#outlet.write("data: [DONE]\n\n");
    this.#outlet.end();
  }

  #send(chunk: object): void {
    if (!this.#begun) this.#outlet.head(200, "text/event-stream; charset=utf-8");
    this.#begun = true;
    this.#outlet.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
}
