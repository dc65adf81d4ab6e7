import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { administrationOf, type LiveAdministration, type ReloadView, registerAdmin, type StatusView } from "#admin";
import { createDetector } from "#boundary";
import type { FileFault } from "#charter";
import { bearerOf, createGateway, type Gateway, type GatewayEvents } from "#gateway";
import { Keyring } from "#identity";
import { type Clock, err, type Fault, fault, ok, type Result, rfc3339, systemClock } from "#kernel";
import { openControl } from "./control.ts";
import { curlLine } from "./curl.ts";
import { EngineRoom } from "./engines.ts";
import { explain } from "./explain.ts";
import { firstAdminKey } from "./first-start.ts";
import { directoryOf, type OpenFolder, openFolder, sealLedger, tenantIn } from "./folder.ts";
import { RulesInForce } from "./in-force.ts";
import { createLog, loggedEvents } from "./log.ts";
import { registerLog } from "./log-routes.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { version } from "./place.ts";
import { scan } from "./scan.ts";
import type { Settings } from "./settings.ts";
import { registerState } from "./state-routes.ts";
import { TenantDetectors } from "./tenant-detectors.ts";

/** Milliseconds in which a whole request must have arrived. */
const requestTimeout = 120_000;

export interface StartOptions {
  readonly logLevel: string;
  readonly clock?: Clock;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A serving instance. */
export interface Instance {
  /** `http://host:port` */
  readonly address: string;
  /** The admin key that was made at this first start; shown once. */
  readonly firstKey: string | undefined;
  /** A curl line that asks this instance. */
  readonly curl: string;
  readonly models: readonly string[];
  /** Every route that it answers. */
  readonly routes: Gateway["routes"];
  readonly warnings: readonly FileFault[];
  reload(): Promise<ReloadView>;
  /** Requests under way. */
  active(): number;
  /** Takes nothing new, lets what runs finish for at most `drain` milliseconds, tells the rest, and writes everything down. */
  stop(drain: number): Promise<void>;
}

/** What was opened so far, closed in reverse order. */
class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];
  add(closer: () => Promise<void> | void): void {
    this.#closers.push(closer);
  }
  async close(): Promise<void> {
    for (const closer of this.#closers.reverse()) await closer();
  }
}

/** Starts everything, in the order in which a request will need it; on a fault nothing is left running. */
export async function start(settings: Settings, options: StartOptions): Promise<Result<Instance, Fault | readonly FileFault[]>> {
  const opened = new Opened();
  const started = await open(settings, options, opened);
  if (!started.ok) await opened.close();
  return started;
}

async function open(settings: Settings, options: StartOptions, opened: Opened): Promise<Result<Instance, Fault | readonly FileFault[]>> {
  const clock = options.clock ?? systemClock;
  const { log, flush, answered } = createLog(options.logLevel);
  opened.add(flush);
  const logged = loggedEvents(log, answered);
  const onBug = (bug: unknown): void => logged.crashed(bug, "none");

  let folder: OpenFolder | undefined;
  let gateway: Gateway | undefined;
  const room = new EngineRoom({
    data: settings.data,
    modelFile: (name) => folder?.store.modelFiles.find(name),
    environment: options.environment ?? process.env,
    warn: (message) => log.warn(message),
    onBug,
  });
  const metrics = createMetrics({ engines: () => room.engines.values(), ledger: () => folder?.ledger, active: () => gateway?.active() ?? 0 });
  const writable = await openFolder(settings.data, clock, {
    onCommit: ({ entries, seconds }) => metrics.commit(entries, seconds),
    onFault: (reason) => {
      if (reason === undefined) log.warn("the ledger can be written again");
      else log.error({ reason }, "the ledger cannot be written; nothing leaves until it can");
    },
  });
  if (!writable.ok) return writable;
  folder = writable.value;
  opened.add(folder.close);
  const { store, ledger, pepper } = folder;
  const rules = await RulesInForce.open(settings, room, onBug);
  opened.add(() => room.close());
  if (!rules.ok) return rules;
  const sealed = await sealLedger(settings.data, folder, rules.value.current.rulebook);
  if (!sealed.ok) return sealed;

  const keyring = new Keyring({ directory: directoryOf(store), pepper, clock, ...(settings.adminKey !== undefined && { adminKey: settings.adminKey }) });
  const detector = createDetector();
  const detectors = new TenantDetectors(store, detector);
  const rulebook = () => rules.value.current.rulebook;
  const tenantOf = tenantIn(store);
  const operations = administrationOf({
    store,
    ledger,
    pepper,
    clock,
    rulebook,
    explain: async (input) => explain(input, { rulebook: rulebook(), detectorFor: (tenant) => detectors.of(tenant), clock, tenantOf }),
    scan: async (input) => scan(input, { unreadable: rulebook().charter.unreadable, detectorFor: (tenant) => detectors.of(tenant), tenantOf }),
    onChange: () => {
      keyring.refresh();
      detectors.refresh();
    },
  });
  const startedAt = clock.now();
  const reload = async (): Promise<ReloadView> => {
    const report = await rules.value.reload(ledger);
    metrics.reloaded(report.ok);
    if (report.ok) log.info({ charter: report.charter, estate: report.estate, changed: report.changed }, "charter and estate read again");
    else log.warn({ faults: report.faults.length }, "changed files refused; what was in force stays in force");
    return report;
  };
  const status = (): StatusView => statusOf(rules.value, room, folder, startedAt);
  const house: LiveAdministration = { ...operations, status: async () => ok(status()), reload: async () => ok(await reload()) };

  const secret = store.secrets.ensure("pseudonyms");
  if (!secret.ok) return secret;
  const firstKey = await firstAdminKey(settings, store, operations);
  if (!firstKey.ok) return firstKey;
  gateway = createGateway({
    inForce: () => rules.value.current,
    detector,
    detectorFor: (tenant) => detectors.of(tenant),
    ledger,
    tenantSecret: (tenant) => createHmac("sha256", secret.value).update(tenant).digest(),
    clock,
    events: both(logged, metrics),
    keyring,
    bodyLimit: rulebook().estate.limits.body,
    requestTimeout,
  });
  const { http } = gateway;
  const authorise = (request: FastifyRequest): Fault | undefined => {
    const principal = keyring.authenticate(bearerOf(request.raw));
    if (!principal.ok) return principal.error;
    return principal.value.permissions.has("admin") ? undefined : fault("forbidden");
  };
  registerAdmin(http, house, authorise);
  let address = "";
  const models = [...rulebook().modelNames];
  const curl = (key: string): string => {
    const { unknownOrigin, organisation } = rulebook().charter;
    const origin = unknownOrigin === "refuse" ? organisation.country : undefined;
    return curlLine({ address, model: [...rulebook().modelNames][0] ?? "assistant", key, origin });
  };
  registerLog(http, settings.data, authorise);
  registerState(http, { status, metrics, stopping: () => gateway?.stopping() ?? false, curl: () => curl("$FREEHOLD_KEY") });

  const begun = { kind: "start", requestId: null, version, ...rules.value.digests } as const;
  const recorded = await ledger.append(begun, begun);
  if (!recorded.ok) log.error({ code: recorded.error.code }, "the start could not be recorded");
  try {
    address = await http.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    return err(listenFault(error, settings));
  }
  const control = await openControl(settings.data, house);
  const watch = setInterval(() => {
    keyring.refreshIfChanged();
    detectors.refresh();
  }, 500);
  watch.unref();
  const stop = async (drain: number): Promise<void> => {
    clearInterval(watch);
    await control.close();
    await gateway?.stop(drain);
    ledger.settle({ kind: "stop", requestId: null, version });
    await opened.close();
  };
  const shown = firstKey.value ?? (settings.adminKey === undefined ? "$FREEHOLD_KEY" : "$FREEHOLD_ADMIN_KEY");
  return ok({
    address,
    firstKey: firstKey.value,
    curl: curl(shown),
    models,
    routes: gateway.routes,
    warnings: rules.value.warnings,
    reload,
    active: () => gateway?.active() ?? 0,
    stop,
  });
}

function statusOf(rules: RulesInForce, room: EngineRoom, folder: OpenFolder | undefined, startedAt: number): StatusView {
  const { writable = false, size = 0, pending = 0, lastFault } = folder?.ledger.state() ?? {};
  const { estate, charter } = rules.current.rulebook;
  const backends = [...room.engines.values()].map((engine) => {
    const { lastFault: reason = null, ...health } = engine.health();
    return { ...health, lastFault: reason, models: estate.backends.find(({ name }) => name === engine.backend)?.models.map(({ name }) => name) ?? [] };
  });
  return {
    version,
    startedAt: rfc3339(startedAt),
    environment: estate.environment,
    organisation: charter.organisation.name,
    ...rules.digests,
    ready: writable && backends.some(({ state }) => state !== "down"),
    ledger: { writable, size, pending, lastFault: lastFault ?? null },
    backends,
  };
}

/** Logs and counts every event. */
function both(logged: GatewayEvents, metrics: Metrics): GatewayEvents {
  return {
    responded: (event) => metrics.events.responded(event),
    decided: (decision, context) => {
      logged.decided(decision, context);
      metrics.events.decided(decision, context);
    },
    finished: (outcome, context) => {
      logged.finished(outcome, context);
      metrics.events.finished(outcome, context);
    },
    attemptFailed: (failure, context) => {
      logged.attemptFailed(failure, context);
      metrics.events.attemptFailed(failure, context);
    },
    crashed: (error, requestId) => {
      logged.crashed(error, requestId);
      metrics.crash();
    },
  };
}

function listenFault(error: unknown, { host, port }: Settings): Fault {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return fault("address_in_use", { message: `Something else already listens on ${host}:${port}.`, param: "port" });
  return fault("invalid_request", { message: `It cannot listen on ${host}:${port} (${String(code ?? "unknown reason")}).`, param: "host" });
}
