import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { type Detector, type Inspection, inspect } from "#boundary";
import { type DataClass, type Decision, type Facts, judge, type Rulebook } from "#charter";
import type { Engine } from "#engines";
import type { OriginSources, Principal } from "#identity";
import { type Clock, type Durable, type Fault, fault, mintDecisionId, ok, type RequestId, type Result } from "#kernel";
import type { Ledger } from "#ledger";
import { answerWay } from "./answers.ts";
import type { Client } from "./client.ts";
import { decisionEntry, outcomeEntry } from "./entries.ts";
import type { GatewayEvents, Outcome } from "./events.ts";
import { assertedOrigin, declaredClass } from "./headers.ts";
import { type JsonBody, parseJsonBody, withModel, writtenBody } from "./json-body.ts";
import { pseudonymised, type Restoration } from "./pseudonyms.ts";
import { type PermittedRequest, sendPermitted } from "./send.ts";
import type { WireFormat, WireRequest } from "./wire.ts";

/** What is in force at this moment; a reload replaces it as a whole, and a request keeps what it began with. */
export interface InForce {
  readonly rulebook: Rulebook;
  readonly engines: ReadonlyMap<string, Engine>;
  readonly originOf: (sources: OriginSources) => string | undefined;
  /** A request begins under it; what comes back is called once that request has ended. Until then its engines stay open. */
  readonly begin: () => () => void;
}

export interface GatewayParts {
  readonly inForce: () => InForce;
  /** For what arrives before anybody is known. */
  readonly detector: Detector;
  /** With what the tenant registered. Throws when that cannot be read: then its requests are refused. */
  readonly detectorFor: (tenant: string) => Detector;
  readonly ledger: Ledger;
  /** The secret under which one tenant's pseudonyms are made. */
  readonly tenantSecret: (tenant: string) => Buffer;
  readonly clock: Clock;
  readonly events: GatewayEvents;
}

/** A request that is authenticated and whose body has arrived. */
export interface Arrived {
  readonly format: WireFormat;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly client: Client;
  readonly requestId: RequestId;
  readonly principal: Principal;
  readonly body: Buffer;
}

/** Text that cannot be read may hold anything, so it counts as the charter says of what cannot be read. */
const unreadableText = (dataClass: DataClass): Facts["detected"][number] => ({ type: "other", count: 1, class: dataClass, replaceable: false });

interface Understood {
  readonly wire: WireRequest;
  /** What would leave: the client's own body, or the one that it was translated into. */
  readonly body: JsonBody;
  readonly inspection: Inspection;
  readonly decision: Decision;
}

/**
 * The one way through: what is in it → may it leave → write it down → send it → what came of it. Every endpoint that asks a model goes this way, and
 * whatever fails on it ends the request before anything left.
 */
export async function walk(arrived: Arrived, parts: GatewayParts): Promise<void> {
  const inForce = parts.inForce();
  const end = inForce.begin();
  try {
    await walkUnder(inForce, arrived, parts);
  } finally {
    end();
  }
}

async function walkUnder(inForce: InForce, arrived: Arrived, parts: GatewayParts): Promise<void> {
  const { client, requestId, principal, format } = arrived;
  const understood = understand(arrived, parts, inForce);
  if (!understood.ok) return client.fail(understood.error);
  const { decision } = understood.value;
  client.decided(decision);
  parts.events.decided(decision, { requestId, key: principal.key, operation: format.operation });
  const recording = parts.ledger.append(decision, decisionEntry(decision, requestId, principal, format.operation));
  const replacing = decision.transform === "pseudonymise" ? replace(understood.value, parts, principal) : undefined;
  // What fails in it is told where it is awaited.
  replacing?.catch(() => undefined);
  const recorded = await recording;
  if (!recorded.ok) return client.fail(recorded.error);
  if (decision.verdict === "refuse") return client.fail(refusalOf(decision), decision);
  const outcome = await answer(arrived, parts, inForce, understood.value, recorded.value, replacing);
  parts.ledger.settle(outcomeEntry(decision, requestId, outcome));
  parts.events.finished(outcome, {
    requestId,
    decision: decision.id,
    key: principal.key,
    tenant: decision.tenant,
    model: decision.model,
    operation: format.operation,
  });
}

/** The refusal in words; a country that is known and that no jurisdiction protects is not "unknown". */
function refusalOf({ code, origin }: Decision): Fault {
  if (code === "unknown_origin" && origin !== null) {
    return fault(code, { message: `No jurisdiction of the charter protects people in ${origin}, and the charter refuses those.` });
  }
  return fault(code ?? "decision_failed");
}

/** Reads the request, looks into its text and judges it. */
function understand(arrived: Arrived, parts: GatewayParts, inForce: InForce): Result<Understood, Fault> {
  const { format, message, principal } = arrived;
  const declared = declaredClass(message);
  if (!declared.ok) return declared;
  const asserted = assertedOrigin(message);
  if (!asserted.ok) return asserted;
  const asked = parseJsonBody(arrived.body);
  if (!asked.ok) return asked;
  const wire = format.parse(asked.value.value);
  if (!wire.ok) return wire;
  const body = wire.value.leaving === undefined ? asked.value : writtenBody(wire.value.leaving);
  const { unreadable } = inForce.rulebook.charter;
  const { id, classes } = principal.tenant;
  const inspection = inspect(body.value, parts.detectorFor(id), { unreadable, ...(classes !== undefined && { classes }) });
  if (!inspection.ok) return inspection;
  const now = parts.clock.now();
  const facts: Facts = {
    id: mintDecisionId(now),
    now,
    model: wire.value.model,
    operation: format.operation,
    origin: inForce.originOf({ address: message.socket.remoteAddress, asserted: asserted.value, principal }),
    declared: declared.value,
    detected: wire.value.unreadable ? [...inspection.value.detected, unreadableText(unreadable)] : inspection.value.detected,
    tenant: principal.tenant,
    ...(principal.models !== undefined && { entitled: principal.models }),
  };
  const decision = judge(inForce.rulebook, facts, (error) => parts.events.crashed(error, arrived.requestId));
  return ok({ wire: wire.value, body, inspection: inspection.value, decision });
}

/** Sends what was allowed and recorded; whatever happens, there is an outcome to record. */
async function answer(
  arrived: Arrived,
  parts: GatewayParts,
  inForce: InForce,
  understood: Understood,
  decision: Durable<Decision>,
  replacing: Promise<Replaced> | undefined,
): Promise<Outcome> {
  const { client, requestId } = arrived;
  const started = parts.clock.now();
  try {
    const replaced = (await replacing) ?? { body: understood.body, restoration: undefined };
    const request = permit(arrived, parts, inForce, understood.wire, decision, replaced);
    const unresolved = replaced.restoration?.unresolved;
    const outcome = await sendPermitted(request, {
      engines: inForce.engines,
      retriesOf: (backend) => inForce.rulebook.estate.backends.find(({ name }) => name === backend)?.retries ?? 0,
      clock: parts.clock,
      onAttemptFailed: (failure, backend) => parts.events.attemptFailed(failure, { requestId, backend, model: decision.model }),
    });
    return unresolved === undefined ? outcome : { ...outcome, unresolvedPseudonyms: unresolved() };
  } catch (error) {
    parts.events.crashed(error, requestId);
    client.fail(fault("internal"));
    const durationMs = parts.clock.now() - started;
    const nothing = { backend: null, inputTokens: null, outputTokens: null, estimated: false, firstByteMs: null, attempts: 0 };
    return { ...nothing, status: "error", httpStatus: client.status, code: "internal", durationMs };
  }
}

/** What leaves, and the way back for its answer where something in it was replaced. */
interface Replaced {
  readonly body: JsonBody;
  readonly restoration: Restoration | undefined;
}

/** Replaces personal data while the disk takes the decision: the ledger's writer has its turn first, and nothing leaves before it is done. */
async function replace({ body, inspection }: Understood, parts: GatewayParts, { tenant: { id } }: Principal): Promise<Replaced> {
  await turn();
  return pseudonymised(body.value, inspection, { id, secret: parts.tenantSecret(id) });
}

/** The bytes for each permitted backend, and what becomes of its answer. */
function permit(
  { client, requestId, format }: Arrived,
  parts: GatewayParts,
  inForce: InForce,
  wire: WireRequest,
  decision: Durable<Decision>,
  { body, restoration }: Replaced,
): PermittedRequest {
  const servedAs = (backend: string): string =>
    inForce.rulebook.estate.backends.find(({ name }) => name === backend)?.models.find(({ name }) => name === wire.model)?.servedAs ?? wire.model;
  const way = answerWay(restoration, wire.answer?.({ key: decision.id.slice("dec_".length), requestId, now: () => parts.clock.now() }));
  return {
    decision,
    client,
    requestFor: (backend) => ({ operation: format.operation, requestId, model: wire.model, stream: wire.stream, body: withModel(body, servedAs(backend)) }),
    streamTransform: wire.stream ? way.stream : undefined,
    answerTransform: way.whole,
    errorTransform: way.error,
  };
}
