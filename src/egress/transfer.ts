import type { Dispatcher } from "undici";
import { type EgressFailure, type EgressPhase, type EgressReason, failureOf } from "./failure.ts";
import type { SilenceWatch, Watched } from "./silence.ts";

/** Names in lower case; several lines of one name are an array. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Hears one answer. After `end` or `fail` nothing more is called, and nothing at all before `request` has returned. */
export interface AnswerHandler {
  /** Final status, never 1xx or 3xx. */
  head(status: number, headers: AnswerHeaders): void;
  /** A piece of the body as it came. False: take no more from the socket until `resume`; what was already read may still come. */
  data(chunk: Buffer): boolean;
  end(): void;
  fail(failure: EgressFailure): void;
}

export type OnRedirect = (status: number) => void;

const cancelled = new Error("cancelled");

/** One request on its way and its answer: undici's handler towards the socket, `AnswerHandler` towards the room that asked. */
export class Transfer implements Dispatcher.DispatchHandler, Watched {
  silence = 0;
  phase: EgressPhase = "connect";
  paused = false;
  readonly #handler: AnswerHandler;
  readonly #watch: SilenceWatch;
  readonly #onRedirect: OnRedirect;
  readonly #onBug: (bug: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #finished = false;
  #returned = false;

  constructor(handler: AnswerHandler, watch: SilenceWatch, onRedirect: OnRedirect, onBug: (bug: unknown) => void) {
    this.#handler = handler;
    this.#watch = watch;
    this.#onRedirect = onRedirect;
    this.#onBug = onBug;
    watch.add(this);
  }

  /** Gives the request up: what is not sent stays unsent, a connection in use is closed. The handler hears nothing more. */
  abort(): void {
    if (this.#finish()) this.#controller?.abort(cancelled);
  }

  /** Takes data again after `data` returned false. Later in the same turn, since undici must not be entered from within another answer's data. */
  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.silence = 0;
    queueMicrotask(() => {
      if (!this.paused && !this.#finished) this.#controller?.resume();
    });
  }

  /** For the dialler: the call that started this has returned, so the handler may be called from now on. */
  started(): void {
    this.#returned = true;
  }

  /** For the dialler: ends it for a reason found before undici was asked. */
  refuse(reason: EgressReason, detail: string): void {
    this.#fail({ reason, phase: this.phase, sent: false, detail });
  }

  expire(): void {
    const { phase } = this;
    const controller = this.#controller;
    this.#fail({ reason: "timeout", phase, sent: controller !== undefined, detail: `SILENT_${phase.toUpperCase().replace("-", "_")}` });
    controller?.abort(cancelled);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#finished) {
      controller.abort(cancelled);
      return;
    }
    this.#controller = controller;
    this.phase = "first-byte";
    this.silence = 0;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    // Interim answers (1xx) do not count as life: a stream of them would never end.
    if (this.#finished || status < 200) return;
    if (status >= 300 && status < 400) {
      this.#onRedirect(status);
      this.#fail({ reason: "redirect", phase: this.phase, sent: true, detail: `STATUS_${status}` });
      controller.abort(cancelled);
      return;
    }
    try {
      this.#handler.head(status, headers);
    } catch (bug) {
      this.#crash(bug);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#finished) return;
    this.phase = "answer";
    this.silence = 0;
    try {
      if (this.#handler.data(chunk) || this.#finished) return;
      this.paused = true;
      controller.pause();
    } catch (bug) {
      this.#crash(bug);
    }
  }

  onResponseEnd(): void {
    if (!this.#finish()) return;
    try {
      this.#handler.end();
    } catch (bug) {
      this.#onBug(bug);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(failureOf(error, this.phase, this.#controller !== undefined));
  }

  #finish(): boolean {
    if (this.#finished) return false;
    this.#finished = true;
    this.#watch.delete(this);
    return true;
  }

  #fail(failure: EgressFailure): void {
    if (!this.#finish()) return;
    if (this.#returned) this.#tell(failure);
    else queueMicrotask(() => this.#tell(failure));
  }

  #tell(failure: EgressFailure): void {
    try {
      this.#handler.fail(failure);
    } catch (bug) {
      this.#onBug(bug);
    }
  }

  /** The handler threw: undici would swallow it. */
  #crash(bug: unknown): void {
    this.#onBug(bug);
    this.#fail({ reason: "bug", phase: this.phase, sent: true, detail: "HANDLER_THREW" });
    this.#controller?.abort(cancelled);
  }
}
