import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errorBody, statusOf } from "#gateway";
import { type Fault, fault } from "#kernel";
import { isLogPath, logFolderName } from "#ledger";

const day = 86_400;

/**
 * `/ledger/*`: the transparency log as C2SP tlog-tiles lays it out. Checkpoints, keys and hashes tell nobody what was asked; the entries name
 * tenants and keys, so they are for administrators.
 */
export function registerLog(http: FastifyInstance, data: string, authorise: (request: FastifyRequest) => Fault | undefined): void {
  const folder = join(data, logFolderName);
  http.get<{ Params: { "*": string } }>("/ledger/*", async (request, reply) => {
    const path = request.params["*"];
    if (!isLogPath(path)) return refuse(reply, fault("not_found", { message: "There is nothing at this address." }));
    const entries = path.startsWith("tile/entries/");
    const refused = entries ? authorise(request) : undefined;
    if (refused !== undefined) return refuse(reply, refused);
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (found === undefined) return refuse(reply, fault("not_found", { message: "The log does not have this part." }));
    const text = path === "checkpoint" || path === "key";
    void reply
      .type(text ? "text/plain; charset=utf-8" : "application/octet-stream")
      .header("cache-control", text ? "no-store" : `${entries ? "private" : "public"}, max-age=${365 * day}, immutable`)
      .header("content-length", found.size);
    return reply.send(createReadStream(join(folder, path)));
  });
}

function refuse(reply: FastifyReply, failure: Fault): FastifyReply {
  return reply.code(statusOf(failure.code)).type("application/json; charset=utf-8").send(errorBody(failure));
}
