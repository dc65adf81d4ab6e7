import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from "fastify";
import type { Keyring, Principal } from "#identity";
import { type ErrorCode, type Fault, fault, mintRequestId, type RequestId } from "#kernel";
import { Client } from "./client.ts";
import { closedDoors } from "./closed-doors.ts";
import { anthropicDialect, type Dialect, openAiDialect } from "./dialect.ts";
import { errorBody } from "./error-body.ts";
import { wireFormats } from "./formats/index.ts";
import { keyOf, repeatedHeader, requestIdOf } from "./headers.ts";
import { type ListedModel, listModels, toldToAnthropic } from "./models.ts";
import { type GatewayParts, walk } from "./pipeline.ts";
import { statusOf } from "./status.ts";

export interface GatewayOptions extends GatewayParts {
  readonly keyring: Keyring;
  /** Bytes that a request body may have. */
  readonly bodyLimit: number;
  /** Milliseconds in which a whole request must have arrived. */
  readonly requestTimeout: number;
}

declare module "fastify" {
  interface FastifyRequest {
    freeholdId: RequestId;
    principal: Principal | undefined;
    startedAt: number;
  }
  interface FastifyContextConfig {
    /** How the clients of this route read errors; OpenAI's way where it says nothing. */
    dialect?: Dialect;
  }
}

/** One method at one path, as Fastify writes it. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** The HTTP data plane, and what the rest of the house needs of it. */
export interface Gateway {
  /** Other rooms add their routes here before it listens. */
  readonly http: FastifyInstance;
  /** Every route of it so far. */
  readonly routes: readonly Route[];
  /** Requests under way. */
  active(): number;
  /** True once it takes nothing new. */
  stopping(): boolean;
  /** Takes nothing new, lets what runs finish for at most `drain` milliseconds, then tells those who still wait, and closes. */
  stop(drain: number): Promise<void>;
}

/** Still answered while the server stops: whoever watches must see that it does. */
const stateRoutes = new Set(["/healthz", "/readyz", "/metrics"]);
/** Milliseconds in which clients that were told of the stop can read it. */
const lastWords = 2_000;

/** Fastify's own refusals in our words. */
const codeOfFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_ERR_CTP_EMPTY_TYPE: "unsupported_media_type",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "invalid_request",
};

export function createGateway(options: GatewayOptions): Gateway {
  /** Requests of known clients that are not answered to the last byte, whether or not their bodies have arrived. */
  const underWay = new Set<ServerResponse>();
  const clients = new Map<Client, Principal>();
  const { clock, events, keyring } = options;
  let stopping = false;
  let drained = false;
  const http = fastify({
    bodyLimit: options.bodyLimit,
    requestTimeout: options.requestTimeout,
    keepAliveTimeout: 72_000,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    routerOptions: { maxParamLength: 256 },
    clientErrorHandler,
    frameworkErrors: (error, request, reply) => {
      reply.hijack();
      sendFault(request, reply, faultOfFramework(error));
    },
  });
  const routes: Route[] = [];
  http.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, path: url });
  });
  http.decorateRequest("principal", undefined);
  http.decorateRequest("startedAt", 0);
  http.decorateRequest("freeholdId", "" as RequestId);
  // A key that is revoked ends the answers that it began, long streams too.
  keyring.onRefresh(() => {
    for (const [client, principal] of clients) if (!keyring.holds(principal)) client.turnAway("invalid_api_key");
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  http.addHook("onRequest", (request, reply, done) => {
    request.startedAt = clock.now();
    request.freeholdId = requestIdOf(request.raw, clock, options.detector);
    void reply.header("x-request-id", request.freeholdId);
    if (request.raw.url?.startsWith("/") !== true) {
      reply.hijack();
      sendFault(request, reply, fault("not_found", { message: "Requests name a path here, not a whole URL." }));
      return;
    }
    const repeated = repeatedHeader(request.raw);
    if (stopping && !stateRoutes.has(request.routeOptions.url ?? "")) {
      reply.hijack();
      reply.raw.setHeader("connection", "close");
      sendFault(request, reply, fault("shutting_down", { retryAfter: 1 }));
      return;
    }
    if (repeated !== undefined) {
      reply.hijack();
      sendFault(request, reply, fault("invalid_header", { message: `The header ${repeated} was sent twice.`, param: repeated }));
      return;
    }
    done();
  });
  http.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "unknown";
    events.responded({ route, status: reply.raw.statusCode, seconds: (clock.now() - request.startedAt) / 1000 });
    done();
  });
  http.setNotFoundHandler((request, reply) => {
    reply.hijack();
    sendFault(request, reply, fault("not_found", { message: "There is nothing at this address." }));
  });
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = faultOfFramework(error);
    if (failure.code === "internal") events.crashed(error, request.freeholdId);
    reply.hijack();
    sendFault(request, reply, failure);
  });

  const authenticate = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const key = keyOf(request.raw, dialectOf(request).xApiKey);
    const principal = key.ok ? keyring.authenticate(key.value) : key;
    if (principal.ok) {
      request.principal = principal.value;
      // What the tenant registered must not leave as the name of a request either.
      if (request.raw.headers["x-request-id"] === request.freeholdId) {
        request.freeholdId = requestIdOf(request.raw, clock, options.detectorFor(principal.value.tenant.id));
        void reply.header("x-request-id", request.freeholdId);
      }
      done();
      return;
    }
    reply.hijack();
    sendFault(request, reply, principal.error);
  };

  const count = (_request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    underWay.add(reply.raw);
    reply.raw.once("close", () => underWay.delete(reply.raw));
    done();
  };

  for (const format of wireFormats) {
    http.post(format.path, { onRequest: [authenticate, count], config: { dialect: format.dialect } }, async (request, reply) => {
      reply.hijack();
      const { principal, freeholdId: requestId } = request;
      const client = new Client(reply.raw, requestId, format.dialect);
      if (principal === undefined) return client.fail(fault("invalid_api_key"));
      if (drained) return client.fail(fault("shutting_down"));
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      clients.set(client, principal);
      try {
        await walk({ format, message: request.raw, response: reply.raw, client, requestId, principal, body }, options);
      } catch (error) {
        events.crashed(error, requestId);
        client.fail(fault("internal"));
      } finally {
        clients.delete(client);
      }
    });
    http.route({
      method: ["GET", "PUT", "DELETE", "PATCH"],
      url: format.path,
      config: { dialect: format.dialect },
      handler: (request, reply) => refuseMethod(request, reply, "POST"),
    });
  }
  for (const { path, message, anthropic } of closedDoors) {
    const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
      authenticate(request, reply, () => {
        reply.hijack();
        sendFault(request, reply, fault("not_offered", { message }));
      });
    };
    const config = { dialect: anthropic === true ? anthropicDialect : openAiDialect };
    // Refused before the body is read, whatever it is.
    for (const url of [path, `${path}/*`]) http.route({ method: ["GET", "POST", "PUT", "DELETE", "PATCH"], url, config, onRequest: refuse, handler: closed });
  }
  const modelsFor = ({ principal }: FastifyRequest): readonly ListedModel[] =>
    principal === undefined ? [] : listModels(options.inForce().rulebook, principal);
  http.get("/v1/models", { onRequest: authenticate }, (request, reply) => {
    const models = modelsFor(request);
    if (!asksAnthropic(request)) return void reply.send({ object: "list", data: models });
    const data = models.map(toldToAnthropic);
    void reply.send({ data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null });
  });
  http.get<{ Params: { "*": string } }>("/v1/models/*", { onRequest: authenticate }, (request, reply) => {
    const found = modelsFor(request).find(({ id }) => id === request.params["*"]);
    if (found !== undefined) return void reply.send(asksAnthropic(request) ? toldToAnthropic(found) : found);
    reply.hijack();
    sendFault(request, reply, fault("model_not_found", { param: "model" }));
  });

  const idle = async (limit: number): Promise<void> => {
    for (const end = Date.now() + limit; underWay.size + clients.size > 0 && Date.now() < end; ) await delay(20);
  };
  return {
    http,
    routes,
    active: () => underWay.size,
    stopping: () => stopping,
    stop: async (drain) => {
      stopping = true;
      const closed = http.close();
      await idle(drain);
      drained = true;
      for (const client of clients.keys()) client.turnAway("shutting_down");
      await idle(lastWords);
      http.server.closeAllConnections();
      await closed;
    },
  };
}

/** The models are listed for clients of both families, and Anthropic's say who they are. */
const asksAnthropic = ({ raw: { headers, url } }: FastifyRequest): boolean =>
  headers["anthropic-version"] !== undefined && url !== undefined && /^\/v1\/models(?:[/?]|$)/.test(url);

function dialectOf(request: FastifyRequest): Dialect {
  return request.routeOptions.config?.dialect ?? (asksAnthropic(request) ? anthropicDialect : openAiDialect);
}

/** Behind a door that its hook has closed. */
function closed(): never {
  throw new Error("a closed door was passed");
}

function refuseMethod(request: FastifyRequest, reply: FastifyReply, allowed: string): void {
  reply.hijack();
  reply.raw.setHeader("allow", allowed);
  sendFault(request, reply, fault("method_not_allowed"));
}

function faultOfFramework(error: FastifyError): Fault {
  const code = codeOfFastify[error.code];
  if (code !== undefined) return fault(code);
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return fault("invalid_request");
  return fault("internal");
}

/** Answers with the error body alone: nothing was decided yet. */
function sendFault(request: FastifyRequest, reply: FastifyReply, failure: Fault): void {
  new Client(reply.raw, request.freeholdId, dialectOf(request)).fail(failure);
  // What is left of a body that nobody will read must not be taken for the next request.
  if (!request.raw.complete) reply.raw.once("finish", () => request.raw.destroy());
}

/** Answers bytes that are no HTTP request, or that did not arrive in time. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || socket.destroyed) return;
  const code: ErrorCode =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "body_timeout" : error.code === "HPE_HEADER_OVERFLOW" ? "invalid_header" : "invalid_request";
  const body = errorBody(fault(code));
  const status = statusOf(code);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `x-request-id: ${mintRequestId(Date.now())}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
