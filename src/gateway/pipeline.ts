import type { IncomingMessage, ServerResponse } from "node:http";
import { createStreamRestorer, type Detector, type Inspection, inspect, pseudonymise, restoreAnswer, type Vault } from "#boundary";
import { type Decision, type Facts, judge, type Rulebook } from "#charter";
import type { Engine } from "#engines";
import type { OriginSources, Principal } from "#identity";
import { type Clock, type Durable, type Fault, fault, mintDecisionId, ok, type RequestId, type Result } from "#kernel";
import type { Ledger } from "#ledger";
import type { Client } from "./client.ts";
import { decisionEntry, outcomeEntry } from "./entries.ts";
import type { GatewayEvents, Outcome } from "./events.ts";
import { assertedOrigin, declaredClass } from "./headers.ts";
import { type JsonBody, parseJsonBody, withModel } from "./json-body.ts";
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
  readonly detector: Detector;
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

/** Text that cannot be read may hold anything, so it counts as personal data that cannot be replaced. */
const unreadableText: Facts["detected"][number] = { type: "other", count: 1, class: "sensitive", replaceable: false };

interface Understood {
  readonly wire: WireRequest;
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
  const recorded = await parts.ledger.append(decision, decisionEntry(decision, requestId, principal, format.operation));
  if (!recorded.ok) return client.fail(recorded.error);
  if (decision.verdict === "refuse") return client.fail(refusalOf(decision), decision);
  const outcome = await answer(arrived, parts, inForce, understood.value, recorded.value);
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
  const body = parseJsonBody(arrived.body);
  if (!body.ok) return body;
  const wire = format.parse(body.value.value);
  if (!wire.ok) return wire;
  const inspection = inspect(body.value.value, parts.detector);
  if (!inspection.ok) return inspection;
  const now = parts.clock.now();
  const facts: Facts = {
    id: mintDecisionId(now),
    now,
    model: wire.value.model,
    operation: format.operation,
    origin: inForce.originOf({ address: message.socket.remoteAddress, asserted: asserted.value, principal }),
    declared: declared.value,
    detected: wire.value.unreadable ? [...inspection.value.detected, unreadableText] : inspection.value.detected,
    tenant: principal.tenant,
    ...(principal.models !== undefined && { entitled: principal.models }),
  };
  const decision = judge(inForce.rulebook, facts, (error) => parts.events.crashed(error, arrived.requestId));
  return ok({ wire: wire.value, body: body.value, inspection: inspection.value, decision });
}

/** Sends what was allowed and recorded; whatever happens, there is an outcome to record. */
async function answer(arrived: Arrived, parts: GatewayParts, inForce: InForce, understood: Understood, decision: Durable<Decision>): Promise<Outcome> {
  const { client, requestId } = arrived;
  const started = parts.clock.now();
  try {
    return await sendPermitted(permit(arrived, parts, inForce, understood, decision), {
      engines: inForce.engines,
      retriesOf: (backend) => inForce.rulebook.estate.backends.find(({ name }) => name === backend)?.retries ?? 0,
      clock: parts.clock,
      onAttemptFailed: (failure, backend) => parts.events.attemptFailed(failure, { requestId, backend, model: decision.model }),
    });
  } catch (error) {
    parts.events.crashed(error, requestId);
    client.fail(fault("internal"));
    const durationMs = parts.clock.now() - started;
    const nothing = { backend: null, inputTokens: null, outputTokens: null, estimated: false, firstByteMs: null, attempts: 0 };
    return { ...nothing, status: "error", httpStatus: client.status, code: "internal", durationMs };
  }
}

/** Prepares the bytes for each permitted backend, pseudonymised where the decision says so. */
function permit(arrived: Arrived, parts: GatewayParts, inForce: InForce, understood: Understood, decision: Durable<Decision>): PermittedRequest {
  const { client, requestId, format, principal } = arrived;
  const { wire } = understood;
  const { body, vault } = decision.transform === "pseudonymise" ? replaced(understood, parts, principal) : { body: understood.body, vault: undefined };
  const servedAs = (backend: string): string =>
    inForce.rulebook.estate.backends.find(({ name }) => name === backend)?.models.find(({ name }) => name === wire.model)?.servedAs ?? wire.model;
  return {
    decision,
    client,
    requestFor: (backend) => ({ operation: format.operation, requestId, model: wire.model, stream: wire.stream, body: withModel(body, servedAs(backend)) }),
    streamTransform: vault === undefined ? undefined : () => createStreamRestorer(vault),
    answerTransform: vault === undefined ? undefined : (bytes) => restoredBody(bytes, vault),
  };
}

function restoredBody(bytes: Buffer, vault: Vault): Buffer | undefined {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
  return Buffer.from(JSON.stringify(restoreAnswer(body, vault)));
}

function replaced(understood: Understood, parts: GatewayParts, principal: Principal): { readonly body: JsonBody; readonly vault: Vault } {
  const { id } = principal.tenant;
  const { body, vault } = pseudonymise(understood.body.value, understood.inspection, { secret: parts.tenantSecret(id), scope: id });
  const parsed = parseJsonBody(Buffer.from(JSON.stringify(body)));
  if (!parsed.ok) throw new Error(`a pseudonymised body is no longer a request: ${parsed.error.code}`);
  return { body: parsed.value, vault };
}
