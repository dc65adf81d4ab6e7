import { clear, type Decision } from "#charter";
import type { Engine, EngineFault, EngineRequest } from "#engines";
import { type Clock, type Durable, type Fault, fault } from "#kernel";
import { type AttemptResult, attempt, type StreamTransform } from "./attempt.ts";
import type { Client } from "./client.ts";
import type { WireError } from "./dialect.ts";
import type { Outcome } from "./events.ts";
import type { Usage } from "./stream.ts";

/** A request that a decision allowed and the ledger holds. */
export interface PermittedRequest {
  readonly decision: Durable<Decision>;
  /** The bytes for one backend, with the name under which it serves the model. */
  requestFor(backend: string): EngineRequest;
  readonly client: Client;
  /** A fresh one for each attempt; undefined where nothing is transformed. */
  readonly streamTransform: (() => StreamTransform) | undefined;
  /** Undefined comes back for a body that is no answer. */
  readonly answerTransform: ((body: Buffer) => Buffer | undefined) | undefined;
  /** For a backend's refusal, which is told in the client's dialect later. */
  readonly errorTransform: ((body: Buffer) => Buffer | undefined) | undefined;
}

export interface SendContext {
  readonly engines: ReadonlyMap<string, Engine>;
  readonly retriesOf: (backend: string) => number;
  readonly clock: Clock;
  readonly onAttemptFailed: (fault: EngineFault, backend: string) => void;
}

interface Progress {
  readonly started: number;
  firstByteMs: number | null;
  attempts: number;
}

/** What an attempt leaves to do: the request is settled, or another backend may be asked. */
type Step = { readonly kind: "settled"; readonly outcome: Outcome } | { readonly kind: "next"; readonly fault: Fault; readonly again: boolean };

/**
 * Tries the permitted backends in order and answers the client. Another attempt is made only inside the decision's own set, only after a fault, a
 * 5xx or a 429, and never once the client has seen a byte. Any other 4xx is the answer.
 */
export async function sendPermitted(request: PermittedRequest, context: SendContext): Promise<Outcome> {
  const progress: Progress = { started: context.clock.now(), firstByteMs: null, attempts: 0 };
  let last: Fault | undefined;
  let lastBackend: string | null = null;
  for (const backend of request.decision.backends) {
    const engine = context.engines.get(backend);
    if (engine === undefined) continue;
    lastBackend = backend;
    for (let retries = context.retriesOf(backend); retries >= 0; retries -= 1) {
      const step = await tryBackend(request, engine, context, progress);
      if (step.kind === "settled") return step.outcome;
      last = preferred(last, step.fault);
      if (!step.again) break;
    }
  }
  const failure = last ?? fault("backend_failed", { message: "No engine is running for the permitted backends." });
  request.client.answeredBy(undefined);
  request.client.fail(failure);
  return outcomeOf(context, progress, { status: "error", backend: lastBackend, httpStatus: request.client.status, code: failure.code });
}

/** Of two faults the one that tells when to come back, and of two such the sooner; else the later fault. */
function preferred(one: Fault | undefined, other: Fault): Fault {
  if (one?.retryAfter === undefined) return other;
  return other.retryAfter !== undefined && other.retryAfter < one.retryAfter ? other : one;
}

function outcomeOf(
  context: SendContext,
  progress: Progress,
  part: Pick<Outcome, "status" | "backend" | "httpStatus" | "code"> & { readonly usage?: Usage | undefined; readonly events?: number },
): Outcome {
  const { usage, events, ...rest } = part;
  const counted = usage === undefined && events !== undefined && events > 0;
  return {
    ...rest,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? (counted ? events : null),
    estimated: counted,
    durationMs: context.clock.now() - progress.started,
    firstByteMs: progress.firstByteMs,
    attempts: progress.attempts,
  };
}

async function tryBackend(request: PermittedRequest, engine: Engine, context: SendContext, progress: Progress): Promise<Step> {
  const { client } = request;
  const { backend } = engine;
  progress.attempts += 1;
  client.answeredBy(backend);
  const result = await attempt(engine, clear(request.decision, backend, request.requestFor(backend)), {
    client,
    transform: request.streamTransform?.(),
    onFirstByte: () => {
      progress.firstByteMs ??= context.clock.now() - progress.started;
    },
  });
  const settled = (part: Parameters<typeof outcomeOf>[2]): Step => ({ kind: "settled", outcome: outcomeOf(context, progress, part) });
  const departure = client.departure ?? "client_closed";
  switch (result.kind) {
    case "left":
      return settled({
        status: "cut",
        backend,
        httpStatus: departure === "client_closed" ? null : client.status,
        code: departure,
        usage: result.usage,
        events: result.events,
      });
    case "streamed":
      if (result.cut !== undefined) context.onAttemptFailed(result.cut, backend);
      return settled({
        status: result.cut === undefined ? "ok" : "cut",
        backend,
        httpStatus: 200,
        code: result.cut?.code ?? null,
        usage: result.usage,
        events: result.events,
      });
    case "failed":
      context.onAttemptFailed(result.fault, backend);
      return { kind: "next", fault: result.fault, again: result.fault.phase === "connect" || result.fault.phase === "first-byte" };
    case "answered":
      return answered(result, request, engine, context, settled);
  }
}

function answered(
  result: AttemptResult & { readonly kind: "answered" },
  request: PermittedRequest,
  engine: Engine,
  context: SendContext,
  settled: (part: Parameters<typeof outcomeOf>[2]) => Step,
): Step {
  const { head, body, usage } = result;
  const { backend } = engine;
  const { status } = head;
  if (status === 429) {
    const limited = fault("rate_limited", head.retryAfter === undefined ? {} : { retryAfter: head.retryAfter });
    context.onAttemptFailed({ ...limited, phase: "answer", sent: true }, backend);
    return { kind: "next", fault: limited, again: false };
  }
  const unusable = faultOf(status, head.contentType, body);
  const answer = status !== 200 || unusable !== undefined || request.answerTransform === undefined ? body : request.answerTransform(body);
  const failure = unusable ?? (answer === undefined ? brokenBody() : undefined);
  if (failure !== undefined) {
    context.onAttemptFailed({ ...failure, phase: "answer", sent: true }, backend);
    // Our own credential was refused: that is the operator's to mend, and neither the client's fault nor a reason to go elsewhere.
    if (status >= 400 && status < 500) {
      request.client.fail(failure);
      return settled({ status: "error", backend, httpStatus: request.client.status, code: failure.code });
    }
    return { kind: "next", fault: failure, again: status >= 500 };
  }
  if (status !== 200 || answer === undefined) {
    request.client.refuse(status, clientError(request.errorTransform?.(body) ?? body, status), head.retryAfter);
    return settled({ status: "error", backend, httpStatus: status, code: "invalid_request" });
  }
  request.client.send(status, toldAs, answer);
  return settled({ status: request.client.departure === undefined ? "ok" : "cut", backend, httpStatus: status, code: null, usage });
}

const jsonType = /^(?:application|text)\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const toldAs = "application/json; charset=utf-8";

const brokenBody = (): Fault => fault("backend_failed", { message: "The backend answered with an empty or broken body." });

/** Why an answer cannot be handed on; undefined for good answers and for errors that are the client's own. */
function faultOf(status: number, contentType: string, body: Buffer): Fault | undefined {
  if (status === 401 || status === 403 || status === 407) {
    return fault("backend_failed", { message: "The backend refused this server's own credential." });
  }
  if (status >= 400 && status < 500) return undefined;
  if (status !== 200) return fault("backend_failed", { message: `The backend answered with status ${status}.` });
  if (!jsonType.test(contentType)) return fault("backend_failed", { message: "The backend answered with something that is not JSON." });
  const start = body.toString("latin1", 0, 64).trimStart();
  const end = body.toString("latin1", Math.max(0, body.length - 64)).trimEnd();
  if (!start.startsWith("{") || !end.endsWith("}")) return brokenBody();
  if (/^\{\s*"error"\s*:\s*[^n\s]/.test(start)) return fault("backend_failed", { message: "The backend put an error into a good answer." });
  return undefined;
}

/** A backend's 4xx: as it came where it has OpenAI's shape, with its message where it has one, else in our words. */
function clientError(body: Buffer, status: number): WireError {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    parsed = undefined;
  }
  const error = field(parsed, "error");
  const message = [field(error, "message"), error, field(parsed, "message"), field(parsed, "detail")].find((text) => typeof text === "string");
  const told = (name: string): string | null => {
    const value = field(error, name);
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : null;
  };
  return {
    message: message ?? `The backend refused the request with status ${status}.`,
    type: told("type") ?? "invalid_request_error",
    param: told("param"),
    code: told("code"),
  };
}

const field = (value: unknown, name: string): unknown =>
  value !== null && typeof value === "object" && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
