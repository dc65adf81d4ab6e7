import type { Operation } from "#charter";

/** One file of weights and the public names it answers to. */
export interface ModelFile {
  readonly names: readonly string[];
  readonly path: string;
  /** Tokens; undefined = what the model was trained on, at most 8192. */
  readonly context: number | undefined;
}

/** How the model process is to be set up. */
export interface ProcessSettings {
  readonly models: readonly ModelFile[];
  /** Threads for the arithmetic; 0 = as many as the machine has useful cores. */
  readonly threads: number;
  /** Requests that each model answers at one time. */
  readonly parallel: number;
}

/** From the gateway to the model process. `id` counts requests within the life of one process. */
export type ToProcess =
  | { readonly type: "load"; readonly settings: ProcessSettings }
  | {
      readonly type: "ask";
      readonly id: number;
      readonly operation: Operation;
      readonly requestId: string;
      /** The client's model name. */
      readonly model: string;
      readonly body: Uint8Array;
    }
  | { readonly type: "abort" | "pause" | "resume"; readonly id: number };

/** From the model process to the gateway. Nothing in `log` or `reason` comes from a request's content. */
export type FromProcess =
  | { readonly type: "ready" }
  | { readonly type: "load-failed"; readonly reason: string }
  | { readonly type: "log"; readonly level: "error" | "warning"; readonly message: string }
  | { readonly type: "head"; readonly id: number; readonly status: number; readonly contentType: string }
  | { readonly type: "data"; readonly id: number; readonly text: string }
  /** It works on it, though there is nothing to show yet. */
  | { readonly type: "progress"; readonly id: number }
  | { readonly type: "end"; readonly id: number }
  | { readonly type: "fail"; readonly id: number; readonly reason: string }
  /** After an abort: the place is free again. */
  | { readonly type: "aborted"; readonly id: number };
