// A proxy as it is usually written with Fastify and undici: it forwards method, path, headers and body as they come, and streams the answer back.
// It checks nothing, records nothing and knows nothing of models. Arguments: its port, the upstream's port.
// Plain JavaScript, since reading TypeScript would cost it 17 MB that no built program needs.
import { fastify } from "fastify";
import { Pool } from "undici";

const [port, upstream] = process.argv.slice(2).map(Number);
const pool = new Pool(`http://127.0.0.1:${upstream}`, { connections: 1024 });
const app = fastify({ bodyLimit: 32 << 20 });
/** Headers that belong to one connection (RFC 9110 §7.6.1). */
const perConnection = new Set(["connection", "keep-alive", "transfer-encoding", "host"]);
/** @param {Record<string, string | string[] | undefined>} headers */
const forwarded = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !perConnection.has(name)));

app.removeAllContentTypeParsers();
app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
app.all("/*", async (request, reply) => {
  const { statusCode, headers, body } = await pool.request({
    path: request.url,
    method: request.method,
    headers: forwarded(request.headers),
    body: request.body ?? null,
  });
  return reply.code(statusCode).headers(forwarded(headers)).send(body);
});

process.on("SIGTERM", () => process.exit(0));
await app.listen({ port, host: "127.0.0.1" });
