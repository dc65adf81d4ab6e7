import { destination, type Logger, pino, stdSerializers } from "pino";
import type { GatewayEvents } from "#gateway";

/** Structured lines on standard error; none carries content, keys or addresses. Written behind the event loop, flushed at the end. */
export function createLog(level: string): { readonly log: Logger; readonly flush: () => void; readonly answered: (record: object) => void } {
  const sink = destination({ fd: 2, sync: false, minLength: 4096 });
  const log = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: bareError } }, sink);
  const timer = setInterval(() => sink.flush(), 500);
  timer.unref();
  return {
    log,
    // There is one such line for each request, and the logger's own way to it would be the dearest part of logging.
    answered: (record) => {
      if (log.isLevelEnabled("info")) sink.write(`{"level":30,"time":"${new Date().toISOString()}",${JSON.stringify(record).slice(1, -1)},"msg":"answered"}\n`);
    },
    flush: () => {
      clearInterval(timer);
      sink.flushSync();
    },
  };
}

/** Name, code and stack, without the message: a message may quote what somebody sent. */
function bareError(error: Error): Record<string, unknown> {
  const { type, stack } = stdSerializers.err(error);
  const frames = stack.split("\n").filter((line) => line.startsWith("    at "));
  return { type, code: (error as NodeJS.ErrnoException).code, stack: frames.join("\n") };
}

/** One line for each finished request, refusal and fault. */
export function loggedEvents(log: Logger, answered: (record: object) => void): GatewayEvents {
  return {
    responded: () => undefined,
    decided: (decision, context) => {
      if (decision.verdict === "refuse")
        log.info({ ...context, decision: decision.id, code: decision.code, class: decision.class, jurisdiction: decision.jurisdiction }, "refused");
    },
    finished: ({ status, backend, code, durationMs, attempts, unresolvedPseudonyms }, context) =>
      answered({ ...context, status, backend, code, durationMs, attempts, unresolvedPseudonyms }),
    attemptFailed: ({ code, phase, message }, context) => log.warn({ ...context, code, phase, reason: message }, "backend attempt failed"),
    crashed: (error, requestId) => log.error({ requestId, err: error instanceof Error ? error : new Error("not an error") }, "internal error"),
  };
}
