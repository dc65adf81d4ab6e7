import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Engine } from "#engines";
import type { GatewayEvents } from "#gateway";
import type { Ledger } from "#ledger";

/** What `/metrics` shows. Labels come from the charter and the estate alone, so that no client can make new series. */
export interface Metrics {
  readonly events: Omit<GatewayEvents, "crashed">;
  commit(entries: number, seconds: number): void;
  crash(): void;
  reloaded(ok: boolean): void;
  /** In the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

export function createMetrics(sources: {
  readonly engines: () => Iterable<Engine>;
  readonly ledger: () => Ledger | undefined;
  readonly active: () => number;
}): Metrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  const requests = new Counter({ name: "freehold_http_requests_total", help: "HTTP requests answered", labelNames: ["route", "status"], registers });
  const requestSeconds = new Histogram({
    name: "freehold_http_request_duration_seconds",
    help: "Time to the end of the answer",
    labelNames: ["route"],
    buckets: seconds,
    registers,
  });
  const decisions = new Counter({
    name: "freehold_decisions_total",
    help: "Decisions made",
    labelNames: ["verdict", "class", "jurisdiction", "transform"],
    registers,
  });
  const refusals = new Counter({ name: "freehold_refusals_total", help: "Requests refused by a decision", labelNames: ["code"], registers });
  const outcomes = new Counter({
    name: "freehold_outcomes_total",
    help: "What came of allowed requests",
    labelNames: ["backend", "model", "status"],
    registers,
  });
  const tokens = new Counter({
    name: "freehold_tokens_total",
    help: "Tokens, as the backend counts them",
    labelNames: ["backend", "model", "direction"],
    registers,
  });
  const unresolved = new Counter({
    name: "freehold_pseudonyms_unresolved_total",
    help: "Pseudonyms in answers that the model changed or invented",
    labelNames: ["backend", "model"],
    registers,
  });
  const firstByte = new Histogram({
    name: "freehold_time_to_first_token_seconds",
    help: "Time to the first byte of an answer",
    labelNames: ["backend"],
    buckets: seconds,
    registers,
  });
  const failures = new Counter({
    name: "freehold_backend_failures_total",
    help: "Attempts at a backend that failed",
    labelNames: ["backend", "phase", "code"],
    registers,
  });
  const crashes = new Counter({ name: "freehold_internal_errors_total", help: "Requests that met a bug", registers });
  const reloads = new Counter({ name: "freehold_charter_reloads_total", help: "Charter and estate read again", labelNames: ["result"], registers });
  const commits = new Histogram({
    name: "freehold_ledger_commit_duration_seconds",
    help: "Time of one durable commit",
    buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    registers,
  });
  const entries = new Counter({ name: "freehold_ledger_entries_total", help: "Entries written to the ledger", registers });
  new Gauge({ name: "freehold_requests_active", help: "Requests under way", registers, collect: collect(() => sources.active()) });
  new Gauge({ name: "freehold_ledger_size", help: "Entries in the ledger", registers, collect: collect(() => sources.ledger()?.state().size ?? 0) });
  new Gauge({
    name: "freehold_ledger_pending",
    help: "Entries that wait for their commit",
    registers,
    collect: collect(() => sources.ledger()?.state().pending ?? 0),
  });
  new Gauge({
    name: "freehold_ledger_writable",
    help: "1 while the ledger can be written",
    registers,
    collect: collect(() => (sources.ledger()?.state().writable === true ? 1 : 0)),
  });
  new Gauge({ name: "process_resident_memory_bytes", help: "Resident memory", registers, collect: collect(() => process.memoryUsage.rss()) });
  const perBackend = (name: string, help: string, value: (engine: Engine) => number): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ["backend"],
      registers,
      collect() {
        this.reset();
        for (const engine of sources.engines()) this.set({ backend: engine.backend }, value(engine));
      },
    });
  perBackend("freehold_backend_up", "1 while the backend takes requests", (engine) => (engine.health().state === "down" ? 0 : 1));
  perBackend("freehold_backend_active", "Requests at the backend", (engine) => engine.health().active);
  perBackend("freehold_backend_queued", "Requests waiting for the backend", (engine) => engine.health().queued);

  return {
    events: {
      responded: ({ route, status, seconds: took }) => {
        requests.inc({ route, status });
        requestSeconds.observe({ route }, took);
      },
      decided: (decision) => {
        decisions.inc({ verdict: decision.verdict, class: decision.class, jurisdiction: decision.jurisdiction ?? "none", transform: decision.transform });
        if (decision.code !== null) refusals.inc({ code: decision.code });
      },
      finished: (outcome, { model }) => {
        const backend = outcome.backend ?? "none";
        outcomes.inc({ backend, model, status: outcome.status });
        if (outcome.inputTokens !== null) tokens.inc({ backend, model, direction: "input" }, outcome.inputTokens);
        if (outcome.outputTokens !== null) tokens.inc({ backend, model, direction: "output" }, outcome.outputTokens);
        if (outcome.unresolvedPseudonyms !== undefined) unresolved.inc({ backend, model }, outcome.unresolvedPseudonyms);
        if (outcome.firstByteMs !== null) firstByte.observe({ backend }, outcome.firstByteMs / 1000);
      },
      attemptFailed: ({ phase, code }, { backend }) => failures.inc({ backend, phase, code }),
    },
    commit: (count, took) => {
      commits.observe(took);
      entries.inc(count);
    },
    crash: () => crashes.inc(),
    reloaded: (ok) => reloads.inc({ result: ok ? "taken" : "refused" }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function collect(value: () => number): (this: Gauge) => void {
  return function collectGauge(this: Gauge) {
    this.set(value());
  };
}
