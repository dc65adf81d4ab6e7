import type { Cleared, Operation } from "#charter";
import type { Fault, RequestId } from "#kernel";

/** What an engine is asked, as bytes in the OpenAI wire format. */
export interface EngineRequest {
  readonly operation: Operation;
  readonly requestId: RequestId;
  /** The client's model name; the engine's own table tells the name it serves it under. */
  readonly model: string;
  readonly stream: boolean;
  /** A complete JSON body; `model` in it is already the served name. */
  readonly body: Buffer;
}

export interface AnswerHead {
  readonly status: number;
  readonly contentType: string;
  /** Seconds, from the backend's Retry-After. */
  readonly retryAfter: number | undefined;
}

/** How an attempt failed, beside the fault for the client. */
export interface EngineFault extends Fault {
  readonly phase: "queue" | "circuit" | "connect" | "first-byte" | "answer" | "cancelled";
  /** False only when it is certain that no byte of the request reached the backend. */
  readonly sent: boolean;
}

/** Receives one answer. After `end` or `fail` nothing more is called. */
export interface AnswerSink {
  /** Once, before any data. */
  head(head: AnswerHead): void;
  /** A piece of the decoded body. False: the receiver is full, send no more until `Exchange.resume`. */
  data(chunk: Buffer): boolean;
  /** The backend completed its answer. */
  end(): void;
  fail(fault: EngineFault): void;
}

/** A request on its way. */
export interface Exchange {
  /** Cancels the backend's work; the sink hears nothing more. */
  abort(): void;
  /** The receiver takes data again. */
  resume(): void;
}

export interface EngineHealth {
  readonly backend: string;
  readonly state: "up" | "down" | "probing" | "unknown";
  readonly active: number;
  readonly queued: number;
  /** Faults in a row. */
  readonly failures: number;
  readonly lastFault: string | undefined;
}

/** What answers: one per backend of the estate. */
export interface Engine {
  readonly backend: string;
  /** Sends a cleared request. Throws when the clearance names another backend. */
  send(request: Cleared<EngineRequest>, sink: AnswerSink): Exchange;
  health(): EngineHealth;
  /** Finishes what runs, then lets go of sockets and workers. */
  close(): Promise<void>;
}
