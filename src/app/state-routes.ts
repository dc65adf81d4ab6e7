import type { FastifyInstance } from "fastify";
import type { StatusView } from "#admin";
import { statusOf } from "#gateway";
import type { Metrics } from "./metrics.ts";
import { homePage } from "./page.ts";
import { version } from "./place.ts";

export interface StateSources {
  readonly status: () => StatusView;
  readonly metrics: Metrics;
  readonly stopping: () => boolean;
  /** A curl line that asks this instance. */
  readonly curl: () => string;
}

const security = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** `/healthz`, `/readyz`, `/metrics` and the page at `/`. */
export function registerState(http: FastifyInstance, sources: StateSources): void {
  http.get("/healthz", (_request, reply) => void reply.send({ status: "alive" }));
  http.get("/readyz", (_request, reply) => {
    const { ledger, backends, ready } = sources.status();
    const stopping = sources.stopping();
    const checks = {
      decide: true,
      record: ledger.writable,
      answer: backends.some(({ state }) => state !== "down"),
      stopping,
    };
    const states = Object.fromEntries(backends.map(({ backend, state }) => [backend, state]));
    const fine = ready && !stopping;
    if (!fine) void reply.header("retry-after", "1");
    void reply.code(fine ? 200 : statusOf("not_ready")).send({ status: fine ? "ready" : "not ready", checks, backends: states });
  });
  http.get("/metrics", async (_request, reply) => reply.type(sources.metrics.contentType).send(await sources.metrics.text()));
  http.get("/", (_request, reply) => {
    const { organisation, environment, ready, ledger, charter, backends } = sources.status();
    const page = homePage({ organisation, environment, version, ready, ledgerSize: ledger.size, charter, backends, curl: sources.curl() });
    void reply.headers(security).type("text/html; charset=utf-8").send(page);
  });
}
