import type { Backend, Cleared } from "#charter";
import type { Dialler, EgressFailure } from "#egress";
import { type Clock, type RequestId, systemClock } from "#kernel";
import type { AnswerSink, Engine, EngineHealth, EngineRequest, Exchange } from "../port.ts";
import { type ExchangeOwner, OpenAiExchange } from "./exchange.ts";

/** Something for the operator's log: it holds nothing that the backend wrote. */
export interface OpenAiEvent extends EgressFailure {
  readonly backend: string;
  readonly requestId: RequestId;
}

export interface OpenAiEngineOptions {
  readonly backend: Backend;
  /** Has a destination of the backend's name. */
  readonly dialler: Dialler;
  /** The credential that the dialler sends; it never comes back in an error. */
  readonly secret?: string;
  readonly clock?: Clock;
  /** Hears each failure on the way. */
  readonly onEvent?: (event: OpenAiEvent) => void;
}

const headersFor = (requestId: RequestId, stream: boolean) => ({
  "content-type": "application/json",
  // A refusal of a streaming request is JSON.
  accept: stream ? "text/event-stream, application/json" : "application/json",
  "x-request-id": requestId,
});

class OpenAiEngine implements Engine, ExchangeOwner {
  readonly backend: string;
  readonly #dialler: Dialler;
  readonly #secret: string | undefined;
  readonly #clock: Clock;
  readonly #onEvent: (event: OpenAiEvent) => void;
  #active = 0;
  #failures = 0;
  #answered = false;
  #lastFault: string | undefined;

  constructor({ backend, dialler, secret, clock = systemClock, onEvent = () => {} }: OpenAiEngineOptions) {
    this.backend = backend.name;
    this.#dialler = dialler;
    this.#secret = secret;
    this.#clock = clock;
    this.#onEvent = onEvent;
  }

  send(request: Cleared<EngineRequest>, sink: AnswerSink): Exchange {
    if (request.backend !== this.backend) throw new Error(`cleared for ${request.backend}, not for ${this.backend}`);
    const { operation, requestId, stream, body } = request.payload;
    const exchange = new OpenAiExchange(this, sink, requestId);
    exchange.sentBy(this.#dialler.request(this.backend, { method: "POST", path: operation, headers: headersFor(requestId, stream), body }, exchange));
    this.#active += 1;
    return exchange;
  }

  health(): EngineHealth {
    // Whether failures mean that it is down is for the circuit breaker to say.
    const state = this.#answered && this.#failures === 0 ? "up" : "unknown";
    return { backend: this.backend, state, active: this.#active, queued: 0, failures: this.#failures, lastFault: this.#lastFault };
  }

  close(): Promise<void> {
    return this.#dialler.close(this.backend);
  }

  now(): number {
    return this.#clock.now();
  }

  censored(error: Buffer): Buffer {
    if (this.#secret === undefined || this.#secret === "") return error;
    return Buffer.from(error.toString("utf8").replaceAll(this.#secret, "[credential]"));
  }

  ended(exchange: OpenAiExchange, failure: EgressFailure | null | undefined): void {
    this.#active -= 1;
    if (failure === undefined) return;
    if (failure === null) {
      this.#failures = 0;
      this.#answered = true;
      return;
    }
    if (failure.reason !== "bug" && failure.reason !== "closed") {
      this.#failures += 1;
      this.#lastFault = `${failure.phase}: ${failure.reason} (${failure.detail})`;
    }
    this.#onEvent({ ...failure, backend: this.backend, requestId: exchange.requestId });
  }
}

/** An engine for one backend that speaks OpenAI's HTTP API; `dialler` must know a destination of the backend's name. */
export const createOpenAiEngine = (options: OpenAiEngineOptions): Engine => new OpenAiEngine(options);
