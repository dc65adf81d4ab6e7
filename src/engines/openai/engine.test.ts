import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { brotliCompressSync, constants, createGzip, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { type Backend, type BackendTimeouts, type Cleared, clear, type Decision } from "#charter";
import { openDialler } from "#egress";
import { asDurable, mintDecisionId, mintRequestId } from "#kernel";
import type { AnswerHead, AnswerSink, Engine, EngineFault, EngineRequest, Exchange } from "../port.ts";
import { createOpenAiEngine, type OpenAiEvent } from "./engine.ts";

const secret = "sk-canary-0123456789";
const timeouts: BackendTimeouts = { connect: 2_000, firstByte: 2_000, betweenChunks: 2_000 };

/** A clearance made as the gateway makes one. */
function cleared(backend: string, payload: Partial<EngineRequest> = {}): Cleared<EngineRequest> {
  const decision: Decision = {
    id: mintDecisionId(0),
    verdict: "allow",
    code: null,
    origin: "DE",
    jurisdiction: "eu",
    class: "public",
    classReasons: [],
    declared: null,
    detected: [],
    model: "assistant",
    transform: "none",
    backends: [backend],
    considered: [],
    tenant: "t",
    charter: "sha256:0",
    estate: "sha256:0",
  };
  const body = Buffer.from('{"model":"m","messages":[]}');
  const request = { operation: "chat/completions", requestId: mintRequestId(0), model: "assistant", stream: false, body, ...payload } as const;
  return clear(asDurable(decision), backend, request);
}

function engineFor(t: TestContext, url: string, limits: BackendTimeouts, events: OpenAiEvent[] = []): Engine {
  const backend: Backend = {
    name: "b",
    engine: "openai",
    url: new URL(url),
    models: [],
    timeouts: limits,
    limits: { concurrency: 10, queue: 10, queueTimeout: 1_000 },
    retries: 0,
    tls: {},
  };
  const dialler = openDialler({ destinations: [{ name: "b", url, timeouts: limits, credential: () => `Bearer ${secret}` }] });
  const engine = createOpenAiEngine({ backend, dialler, secret, clock: { now: () => 0 }, onEvent: (event) => events.push(event) });
  t.after(() => engine.close());
  return engine;
}

async function serving(t: TestContext, listener: RequestListener, limits = timeouts, events: OpenAiEvent[] = []): Promise<Engine> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return engineFor(t, `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, limits, events);
}

/** Records an answer, and checks the order in which it comes. */
class Recorder implements AnswerSink {
  readonly heads: AnswerHead[] = [];
  readonly chunks: Buffer[] = [];
  readonly done = Promise.withResolvers<EngineFault | undefined>();
  over = false;

  head(head: AnswerHead): void {
    assert.ok(!this.over && this.heads.length === 0 && this.chunks.length === 0, "head comes once and first");
    this.heads.push(head);
  }

  data(chunk: Buffer): boolean {
    assert.ok(!this.over && this.heads.length === 1, "data comes after head and before the end");
    this.chunks.push(chunk);
    return true;
  }

  end(): void {
    this.#finish(undefined);
  }

  fail(fault: EngineFault): void {
    this.#finish(fault);
  }

  get body(): string {
    return Buffer.concat(this.chunks).toString();
  }

  #finish(fault: EngineFault | undefined): void {
    assert.ok(!this.over, "it ends once");
    this.over = true;
    this.done.resolve(fault);
  }
}

async function ask(engine: Engine, payload: Partial<EngineRequest> = {}): Promise<Recorder & { fault?: EngineFault | undefined }> {
  const recorder = new Recorder();
  engine.send(cleared("b", payload), recorder);
  const fault = await recorder.done.promise;
  return Object.assign(recorder, { fault });
}

const bodyOf = async (request: IncomingMessage): Promise<string> => Buffer.concat(await request.toArray()).toString();

test("the body goes out as given, to the operation's path, and the answer comes back as it came", async (t) => {
  const seen: unknown[] = [];
  const engine = await serving(t, async (request, response) => {
    const { accept, authorization, "x-request-id": requestId } = request.headers;
    seen.push([request.method, request.url, accept, authorization, requestId, await bodyOf(request)]);
    response.setHeader("content-type", "application/json").end('{"ok": true}');
  });
  const requestId = mintRequestId(0);
  const body = Buffer.from('{"model": "ü",   "odd spacing": 1}');
  for (const operation of ["chat/completions", "completions", "embeddings"] as const) {
    const answer = await ask(engine, { operation, requestId, body, stream: operation === "completions" });
    assert.deepEqual(answer.heads, [{ status: 200, contentType: "application/json", retryAfter: undefined }]);
    assert.equal(answer.body, '{"ok": true}');
    assert.equal(answer.fault, undefined);
  }
  const accepts = ["application/json", "text/event-stream, application/json", "application/json"];
  const paths = ["/v1/chat/completions", "/v1/completions", "/v1/embeddings"];
  assert.deepEqual(
    seen,
    paths.map((path, index) => ["POST", path, accepts[index], `Bearer ${secret}`, requestId, body.toString()]),
  );
});

test("a clearance for another backend is a bug and sends nothing", async (t) => {
  let requests = 0;
  const engine = await serving(t, (_request, response) => {
    requests += 1;
    response.end("x");
  });
  assert.throws(() => engine.send(cleared("other"), new Recorder()), /cleared for other/);
  await pause(20);
  assert.deepEqual([requests, engine.health().active], [0, 0]);
});

test("a prompt of 4 MB goes out whole", async (t) => {
  const engine = await serving(t, async (request, response) => response.end(String((await bodyOf(request)).length)));
  const body = Buffer.alloc(4 * 1024 * 1024, "a");
  assert.equal((await ask(engine, { body })).body, String(body.length));
});

test("answers of every final status are handed on, an empty one too, with the time to come back", async (t) => {
  let next: (response: ServerResponse) => void = () => {};
  const engine = await serving(t, (_request, response) => next(response));
  const cases: readonly (readonly [number, Record<string, string>, string, number | undefined])[] = [
    [400, {}, '{"error":{}}', undefined],
    [401, {}, "", undefined],
    [404, { "content-type": "text/html" }, "<html>", undefined],
    [429, { "retry-after": "17" }, "", 17],
    [429, { "retry-after": "Thu, 01 Jan 1970 00:00:30 GMT" }, "slow down", 30],
    [429, { "x-ratelimit-reset-requests": "1m30s" }, "slow down", 90],
    [500, {}, "boom", undefined],
    [503, { "retry-after-ms": "1500" }, "", 2],
  ];
  for (const [status, headers, body, retryAfter] of cases) {
    next = (response) => response.writeHead(status, headers).end(body);
    const answer = await ask(engine);
    assert.deepEqual(answer.heads, [{ status, contentType: headers["content-type"] ?? "", retryAfter }]);
    assert.deepEqual([answer.body, answer.fault], [body, undefined]);
  }
});

test("a 2xx without a body is a failure before anything was shown", async (t) => {
  const responses: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(200, { "content-length": "0" }).end(),
    (response) => response.writeHead(200).end(),
    (response) => response.writeHead(204).end(),
    (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("")),
  ];
  let next = responses[0];
  const engine = await serving(t, (_request, response) => next?.(response));
  for (const response of responses) {
    next = response;
    const { fault, heads } = await ask(engine);
    assert.deepEqual([fault?.code, fault?.phase, fault?.sent, heads.length], ["backend_failed", "first-byte", true, 0]);
  }
});

test("every compression that servers use although none was asked for is undone", async (t) => {
  const text = `{"text":"${"grün ".repeat(50_000)}"}`;
  const encodings: readonly (readonly [string, Buffer])[] = [
    ["gzip", gzipSync(text)],
    ["X-GZIP", gzipSync(text)],
    ["br", brotliCompressSync(text)],
    ["zstd", zstdCompressSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["identity", Buffer.from(text)],
  ];
  let next: readonly [string, Buffer] | undefined;
  const engine = await serving(t, (_request, response) => response.writeHead(200, { "content-encoding": next?.[0] ?? "" }).end(next?.[1]));
  for (const encoding of encodings) {
    next = encoding;
    const { body, fault } = await ask(engine);
    assert.equal(fault, undefined, encoding[0]);
    assert.equal(body, text, encoding[0]);
  }
});

test("an unknown, doubled, broken or cut compression is a failure and never text", async (t) => {
  const packed = gzipSync("x".repeat(100_000));
  const cases: readonly (readonly [string, Buffer])[] = [
    ["compress", packed],
    ["gzip, gzip", packed],
    ["gzip", Buffer.from("not gzip at all")],
    ["br", packed],
    ["gzip", packed.subarray(0, packed.length - 12)],
  ];
  let next: readonly [string, Buffer] | undefined;
  const engine = await serving(t, (_request, response) => response.writeHead(200, { "content-encoding": next?.[0] ?? "" }).end(next?.[1]));
  for (const broken of cases) {
    next = broken;
    const { fault } = await ask(engine);
    assert.match(fault?.code ?? "none", /^backend_(failed|cut)$/, broken[0]);
  }
  assert.equal(engine.health().active, 0);
});

test("compressed events arrive when they are sent, not when the stream ends", async (t) => {
  const proceed = Promise.withResolvers<void>();
  const engine = await serving(t, async (_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    gzip.pipe(response);
    gzip.write("data: one\n\n");
    await proceed.promise;
    gzip.end("data: two\n\n");
  });
  const recorder = new Recorder();
  engine.send(cleared("b", { stream: true }), recorder);
  while (recorder.body === "") await pause(5);
  assert.equal(recorder.body, "data: one\n\n");
  proceed.resolve();
  assert.equal(await recorder.done.promise, undefined);
  assert.equal(recorder.body, "data: one\n\ndata: two\n\n");
});

test("a full receiver stops a compressed flood, and gets all of it in the end", async (t) => {
  const size = 64 * 1024 * 1024;
  // Hardly compressible at first, so that it comes in many pieces; then zeros, so that a few of them hold most of it.
  const packed = gzipSync(Buffer.concat([Buffer.from(randomBytes(1024 * 1024).toString("hex")), Buffer.alloc(size - 2 * 1024 * 1024)]), { level: 1 });
  const engine = await serving(t, (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed));
  let received = 0;
  let calls = 0;
  const done = Promise.withResolvers<void>();
  const exchange: Exchange = engine.send(cleared("b"), {
    head: () => {},
    data: (chunk) => {
      received += chunk.length;
      calls += 1;
      return calls !== 1;
    },
    end: done.resolve,
    fail: (fault) => done.reject(new Error(fault.code)),
  });
  while (calls === 0) await pause(5);
  await pause(100);
  assert.equal(calls, 1);
  exchange.resume();
  await done.promise;
  assert.equal(received, size);
});

test("an aborted request ends the backend's work at once, in every phase, and the sink hears nothing", async (t) => {
  const phases: ((response: ServerResponse) => void)[] = [
    () => {},
    (response) => response.writeHead(200, { "content-length": "10" }).flushHeaders(),
    (response) => response.writeHead(200).write("data: x\n\n"),
    (response) => response.writeHead(200, { "content-encoding": "gzip" }).write(gzipSync("data: x\n\n")),
  ];
  for (const phase of phases) {
    const arrived = Promise.withResolvers<{ readonly closed: Promise<unknown> }>();
    const engine = await serving(t, (_request, response) => {
      phase(response);
      arrived.resolve({ closed: once(response, "close") });
    });
    const recorder = new Recorder();
    const exchange = engine.send(cleared("b", { stream: true }), recorder);
    const { closed } = await arrived.promise;
    await pause(20);
    exchange.abort();
    exchange.abort();
    exchange.resume();
    assert.equal(engine.health().active, 0);
    await closed;
    assert.equal(recorder.over, false);
  }
});

test("after a thousand aborted streams the next request is answered", async (t) => {
  let open = 0;
  const engine = await serving(t, (_request, response) => {
    open += 1;
    response.on("close", () => {
      open -= 1;
    });
    response.writeHead(200, { "content-type": "text/event-stream" }).write("data: x\n\n");
    if (_request.headers.accept === "application/json") response.end();
  });
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(
      Array.from({ length: 50 }, () => {
        const first = Promise.withResolvers<void>();
        const exchange = engine.send(cleared("b", { stream: true }), {
          head: () => {},
          data: () => {
            queueMicrotask(() => exchange.abort());
            first.resolve();
            return true;
          },
          end: () => first.reject(new Error("it ended")),
          fail: (fault) => first.reject(new Error(fault.code)),
        });
        return first.promise;
      }),
    );
  }
  assert.equal((await ask(engine)).body, "data: x\n\n");
  assert.equal(engine.health().active, 0);
  while (open > 0) await pause(5);
});

test("a backend that breaks off after data is cut, one that falls silent times out, one that never answers failed", async (t) => {
  const limits = { connect: 2_000, firstByte: 150, betweenChunks: 150 };
  const cases: readonly (readonly [(response: ServerResponse) => void, EngineFault["code"], EngineFault["phase"], string])[] = [
    [(response) => response.destroy(), "backend_failed", "first-byte", ""],
    [() => {}, "backend_timeout", "first-byte", ""],
    [(response) => response.flushHeaders(), "backend_timeout", "first-byte", ""],
    [(response) => response.write("data: x\n\n"), "backend_timeout", "answer", "data: x\n\n"],
    [(response) => void response.write("data: x\n\n", () => setTimeout(() => response.destroy(), 30)), "backend_cut", "answer", "data: x\n\n"],
    [(response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(), "backend_failed", "first-byte", ""],
  ];
  const events: OpenAiEvent[] = [];
  let next: (response: ServerResponse) => void = () => {};
  const engine = await serving(t, (_request, response) => next(response), limits, events);
  for (const [behave, code, phase, body] of cases) {
    next = behave;
    const answer = await ask(engine, { stream: true });
    assert.deepEqual([answer.fault?.code, answer.fault?.phase, answer.fault?.sent, answer.body], [code, phase, true, body]);
  }
  assert.deepEqual(
    events.map(({ backend, reason }) => `${backend} ${reason}`),
    ["b cut", "b timeout", "b timeout", "b timeout", "b cut", "b redirect"],
  );
  const health = engine.health();
  assert.deepEqual([health.state, health.active, health.failures], ["unknown", 0, cases.length]);
  assert.equal(health.lastFault, "first-byte: redirect (STATUS_302)");
});

test("a backend that is not there failed before anything was sent", async (t) => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { fault } = await ask(engineFor(t, `http://127.0.0.1:${port}/v1`, timeouts));
  assert.deepEqual([fault?.code, fault?.phase, fault?.sent], ["backend_failed", "connect", false]);
});

test("neither faults nor events nor health repeat what the backend wrote, our credential above all", async (t) => {
  const events: OpenAiEvent[] = [];
  const texts = [
    `HTTP/1.1 2x0 ${secret}\r\n\r\n`,
    `${secret}\r\n`,
    `HTTP/1.1 200 OK\r\n${secret}: ${secret}\rx\r\n\r\n`,
    `HTTP/1.1 302 ${secret}\r\nlocation: http://${secret}/\r\n\r\n`,
  ];
  let next = "";
  const engine = await serving(t, (_request, response) => response.socket?.end(next), timeouts, events);
  for (const text of texts) {
    next = text;
    const { fault } = await ask(engine);
    assert.ok(fault !== undefined);
    assert.ok(!JSON.stringify([fault, events, engine.health()]).includes(secret));
  }
  assert.equal(events.length, texts.length);
});

test("a backend that repeats our credential in an error, split over two pieces, does not hand it to the client", async (t) => {
  const engine = await serving(t, (_request, response) => {
    response.writeHead(400, { "content-type": "application/json" });
    response.write(`{"error":{"message":"bad key ${secret.slice(0, 9)}`);
    setTimeout(() => response.end(`${secret.slice(9)}"}}`), 20);
  });
  const { body, heads } = await ask(engine);
  assert.equal(heads[0]?.status, 400);
  assert.equal(body, '{"error":{"message":"bad key [credential]"}}');
});

test("closing lets what runs finish, and what comes after is told that the house is closing", async (t) => {
  const engine = await serving(t, (_request, response) => void setTimeout(() => response.end("late"), 80));
  const running = ask(engine);
  await pause(30);
  const closing = engine.close();
  const { fault } = await ask(engine);
  assert.deepEqual([fault?.code, fault?.sent], ["shutting_down", false]);
  assert.equal((await running).body, "late");
  await closing;
  assert.equal(engine.health().failures, 0);
});
