import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { errorBody, statusOf } from "#gateway";
import { type Fault, fault } from "#kernel";
import type { StoredEntry } from "#ledger";
import type { LiveAdministration } from "./administration.ts";
import { openApi } from "./openapi.ts";
import type { AdminRoute } from "./route.ts";
import { adminRoutes } from "./routes.ts";

/** The first fault of a schema in our words, with the field's name. */
function faultOfSchema(error: z.ZodError): Fault {
  const issue = error.issues[0];
  const param = issue?.path.join(".") ?? "";
  const message =
    issue?.code === "unrecognized_keys" ? `Unknown field ${issue.keys.map((key) => JSON.stringify(key.slice(0, 64))).join(", ")}.` : (issue?.message ?? "");
  return fault("invalid_request", { message: param === "" ? message : `${param}: ${message}`, ...(param !== "" && { param }) });
}

function refuse(reply: FastifyReply, failure: Fault): FastifyReply {
  if (failure.retryAfter !== undefined) void reply.header("retry-after", String(failure.retryAfter));
  return reply.code(statusOf(failure.code)).type("application/json; charset=utf-8").send(errorBody(failure));
}

/** Entries as lines, gathered into pieces of about 64 KiB. */
async function* lines(entries: AsyncIterable<StoredEntry> | Iterable<StoredEntry>): AsyncGenerator<string> {
  let held = "";
  for await (const entry of entries) {
    held += `${JSON.stringify(entry)}\n`;
    if (held.length < 65_536) continue;
    yield held;
    held = "";
  }
  if (held !== "") yield held;
}

function inputOf(route: AdminRoute, request: FastifyRequest): unknown {
  if (route.method !== "POST") return request.query;
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return {};
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Puts the admin API on a server. `authorise` sees every request before its body is read and names the fault of those it refuses; there is no route
 * of the API that it does not guard.
 */
export function registerAdmin(http: FastifyInstance, house: LiveAdministration, authorise: (request: FastifyRequest) => Fault | undefined): void {
  const onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const refusal = authorise(request);
    if (refusal === undefined) done();
    else void refuse(reply, refusal);
  };
  http.get("/admin/api/openapi.json", { onRequest }, (_request, reply) => void reply.send(openApi()));
  for (const route of adminRoutes) {
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const given = inputOf(route, request);
      if (given === undefined) return refuse(reply, fault("invalid_json"));
      const input = route.input.safeParse(given);
      if (!input.success) return refuse(reply, faultOfSchema(input.error));
      const result = await route.run(house, input.data, request.params as Record<string, string>);
      if (!result.ok) return refuse(reply, result.error);
      void reply.code(route.status).type(`${route.mediaType}; charset=utf-8`);
      return reply.send(route.mediaType === "application/json" ? JSON.stringify(result.value) : Readable.from(lines(result.value as Iterable<StoredEntry>)));
    };
    http.route({ method: route.method, url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"), onRequest, handler });
  }
}
