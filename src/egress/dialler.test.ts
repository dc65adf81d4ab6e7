import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Blocked, Resolve } from "./connector.ts";
import type { Destination } from "./destination.ts";
import { type ActiveTransfer, type Dialler, type DiallerOptions, type EgressRequest, openDialler } from "./dialler.ts";
import type { EgressFailure } from "./failure.ts";
import type { AnswerHandler } from "./transfer.ts";

const timeouts = { connect: 400, firstByte: 400, betweenChunks: 400 };
const answer = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const post: EgressRequest = { method: "POST", path: "chat/completions", headers: { "content-type": "application/json" }, body: Buffer.from("{}") };

async function listening(t: TestContext, server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that speaks in raw bytes: `onRequest` is called for each complete request. */
function raw(t: TestContext, onRequest: (socket: Socket, count: number) => void): Promise<number> {
  let count = 0;
  const server = createServer((socket) => {
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!text.endsWith("\r\n\r\n{}")) return;
      text = "";
      count += 1;
      onRequest(socket, count);
    });
  });
  return listening(t, server);
}

const web = (t: TestContext, listener: RequestListener): Promise<number> => listening(t, createHttpServer(listener));

type Settings = Partial<Destination> & Pick<DiallerOptions, "resolve" | "onBlocked" | "onBug" | "version">;

function dial(t: TestContext, port: number, { resolve, onBlocked, onBug, version, ...destination }: Settings = {}): Dialler {
  const given = { ...(resolve && { resolve }), ...(onBlocked && { onBlocked }), ...(onBug && { onBug }), ...(version && { version }) };
  const dialler = openDialler({ destinations: [{ name: "d", url: `http://127.0.0.1:${port}/v1`, timeouts, ...destination }], ...given });
  t.after(() => dialler.close());
  return dialler;
}

/** What a request came to; `body` has what arrived, whether or not it was complete. */
interface Outcome {
  status: number;
  body: string;
  complete: boolean;
  failure: EgressFailure | undefined;
}

function ask(dialler: Dialler, request: EgressRequest = post): Promise<Outcome> {
  return new Promise((resolve) => {
    const outcome: Outcome = { status: 0, body: "", complete: false, failure: undefined };
    dialler.request("d", request, {
      head: (status) => {
        outcome.status = status;
      },
      data: (chunk) => {
        outcome.body += chunk.toString("latin1");
        return true;
      },
      end: () => resolve({ ...outcome, complete: true }),
      fail: (failure) => resolve({ ...outcome, failure }),
    });
  });
}

const failureOf = async (dialler: Dialler): Promise<EgressFailure> => {
  const { failure } = await ask(dialler);
  assert.ok(failure, "it should have failed");
  return failure;
};

const silentHandler: AnswerHandler = { head: () => {}, data: () => true, end: () => {}, fail: () => {} };

test("a request carries the destination's path and the allowed headers, and no others", async (t) => {
  const seen: string[][] = [];
  const port = await web(t, (request, response) => {
    seen.push([`${request.method} ${request.url}`, ...request.rawHeaders]);
    response.end("ok");
  });
  const dialler = dial(t, port, { credential: () => "Bearer secret", version: "1.2.3" });
  const headers = {
    "content-type": "application/json",
    accept: "text/event-stream",
    "x-request-id": "req_1",
    connection: "upgrade",
    host: "evil",
    cookie: "a=b",
  };
  const { status, body, complete } = await ask(dialler, { ...post, headers });
  assert.deepEqual([status, body, complete], [200, "ok", true]);
  const [first = []] = seen;
  assert.equal(first[0], "POST /v1/chat/completions");
  const names = first.slice(1).filter((_text, index) => index % 2 === 0);
  const allowed = ["host", "connection", "accept-encoding", "user-agent", "authorization", "content-type", "accept", "x-request-id", "content-length"];
  assert.deepEqual(names, allowed);
  assert.deepEqual(Object.fromEntries(names.map((name, index) => [name, first[index * 2 + 2]])), {
    host: `127.0.0.1:${port}`,
    connection: "keep-alive",
    "accept-encoding": "identity",
    "user-agent": "freehold/1.2.3",
    authorization: "Bearer secret",
    "content-type": "application/json",
    accept: "text/event-stream",
    "x-request-id": "req_1",
    "content-length": "2",
  });
});

test("a path that could lead elsewhere, or an unknown destination, is a bug and throws", async (t) => {
  const port = await web(t, (_request, response) => response.end("ok"));
  const dialler = dial(t, port);
  for (const path of [
    "../admin",
    "a/../b",
    "/x",
    "//evil",
    "http://evil/",
    "@evil",
    "a?b",
    "a#b",
    "a\\b",
    "%2e%2e/x",
    "a//b",
    "",
    ".",
    "a/.",
    " a",
    "a\r\nhost: evil",
  ]) {
    assert.throws(() => dialler.request("d", { ...post, path }, silentHandler), TypeError, path);
  }
  assert.throws(() => dialler.request("other", post, silentHandler), /not a destination/);
  assert.equal(dialler.active("d"), 0);
});

test("connections are kept and reused", async (t) => {
  let connections = 0;
  const server = createHttpServer((_request, response) => response.end("ok"));
  server.on("connection", () => {
    connections += 1;
  });
  const dialler = dial(t, await listening(t, server));
  for (let round = 0; round < 20; round += 1) assert.equal((await ask(dialler)).body, "ok");
  // undici frees a connection one turn after its answer has ended, so a request sent at that very moment takes a second one.
  assert.ok(connections <= 2, `${connections} connections`);
});

test("a changed credential is used from the next request on; one that cannot be read or is no header value sends nothing", async (t) => {
  const seen: (string | undefined)[] = [];
  const port = await web(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.end("ok");
  });
  let credential: string | undefined = "Bearer one";
  const dialler = dial(t, port, { credential: () => credential });
  await ask(dialler);
  credential = "Bearer two";
  await ask(dialler);
  for (const unusable of [undefined, "", "Bearer x\r\nhost: evil", "Bearer x\n", "Bearer ü"]) {
    credential = unusable;
    const { failure } = await ask(dialler);
    assert.deepEqual(failure, { reason: "credential", phase: "connect", sent: false, detail: "CREDENTIAL_UNREADABLE" });
  }
  assert.deepEqual(seen, ["Bearer one", "Bearer two"]);
});

test("silence before the first byte is bounded: no answer, headers alone, nothing but interim answers, an endless status line", async (t) => {
  const behaviours: ((socket: Socket) => void)[] = [
    () => {},
    (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"),
    (socket) => void setInterval(() => socket.write("HTTP/1.1 103 Early Hints\r\n\r\n"), 20).unref(),
    (socket) => {
      socket.write("HTTP/1.1 200 ");
      setInterval(() => socket.write("x".repeat(100)), 20).unref();
    },
    (socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;");
      setInterval(() => socket.write("x".repeat(100)), 20).unref();
    },
  ];
  for (const behave of behaviours) {
    const dialler = dial(t, await raw(t, behave), { timeouts: { connect: 5_000, firstByte: 100, betweenChunks: 5_000 } });
    assert.deepEqual(await failureOf(dialler), { reason: "timeout", phase: "first-byte", sent: true, detail: "SILENT_FIRST_BYTE" });
    assert.equal(dialler.active("d"), 0);
  }
});

test("interim answers are passed over", async (t) => {
  const port = await raw(t, (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${answer("ok")}`));
  const statuses: number[] = [];
  await new Promise<void>((resolve, reject) => {
    const head = (status: number): void => void statuses.push(status);
    dial(t, port).request("d", post, { ...silentHandler, head, end: resolve, fail: (failure) => reject(new Error(failure.detail)) });
  });
  assert.deepEqual(statuses, [200]);
});

test("silence between chunks is bounded", async (t) => {
  const port = await raw(t, (socket) => socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n"));
  const outcome = await ask(dial(t, port, { timeouts: { connect: 5_000, firstByte: 5_000, betweenChunks: 100 } }));
  assert.equal(outcome.body, "hi");
  assert.deepEqual(outcome.failure, { reason: "timeout", phase: "answer", sent: true, detail: "SILENT_ANSWER" });
});

test("an answer in one-byte chunks arrives whole and is not taken for silence", async (t) => {
  const text = "data: hello\n\n";
  const port = await web(t, async (_request, response) => {
    for (const letter of text) {
      response.write(letter);
      await pause(30);
    }
    response.end();
  });
  const outcome = await ask(dial(t, port, { timeouts: { connect: 5_000, firstByte: 200, betweenChunks: 200 } }));
  assert.deepEqual([outcome.body, outcome.complete], [text, true]);
});

test("a receiver that is full holds the server back, and its own slowness is not the server's silence", async (t) => {
  const size = 32 * 1024 * 1024;
  let server: Socket | undefined;
  const port = await raw(t, (socket) => {
    server = socket;
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`);
    socket.write(Buffer.alloc(size, "x"));
  });
  const dialler = dial(t, port, { timeouts: { connect: 400, firstByte: 100, betweenChunks: 100 } });
  let transfer: ActiveTransfer | undefined;
  let received = 0;
  let calls = 0;
  const whole = new Promise<void>((resolve, reject) => {
    transfer = dialler.request("d", post, {
      ...silentHandler,
      data: (chunk) => {
        received += chunk.length;
        calls += 1;
        return calls > 1;
      },
      end: resolve,
      fail: (failure) => reject(new Error(failure.detail)),
    });
  });
  await pause(500);
  assert.equal(calls, 1);
  assert.ok((server?.writableLength ?? 0) > size / 2, "most of the answer still lies with the server");
  transfer?.resume();
  await whole;
  assert.equal(received, size);
});

test("a redirect is a failure, and its target is never connected to", async (t) => {
  let trapped = 0;
  const trap = await listening(
    t,
    createServer(() => {
      trapped += 1;
    }),
  );
  for (const status of [301, 302, 303, 304, 307, 308]) {
    const blocked: Blocked[] = [];
    const port = await web(t, (_request, response) => response.writeHead(status, { location: `http://127.0.0.1:${trap}/` }).end("moved"));
    const dialler = dial(t, port, { onBlocked: (what) => blocked.push(what) });
    assert.deepEqual(await failureOf(dialler), { reason: "redirect", phase: "first-byte", sent: true, detail: `STATUS_${status}` });
    assert.deepEqual(blocked, [{ destination: "d", reason: "redirect", detail: String(status) }]);
  }
  assert.equal(trapped, 0);
});

test("what breaks before the answer's body is a failure that names only a code", async (t) => {
  const secret = "upstream-secret";
  const behaviours: readonly (readonly [string, (socket: Socket) => void, EgressFailure["reason"]])[] = [
    ["closes at once", (socket) => socket.end(), "cut"],
    ["resets", (socket) => socket.resetAndDestroy(), "cut"],
    ["greets like SSH", (socket) => socket.write(`SSH-2.0-OpenSSH_9.2 ${secret}\r\n`), "malformed"],
    ["speaks TLS", (socket) => socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40])), "malformed"],
    ["is HTTP/0.9", (socket) => socket.end(`<html>${secret}</html>`), "malformed"],
    ["bad status", (socket) => socket.write(`HTTP/1.1 2x0 ${secret}\r\n\r\n`), "malformed"],
    ["two lengths", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nhi"), "cut"],
    ["length and chunks", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\nhi"), "cut"],
    ["negative length", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\nhi"), "malformed"],
    ["long header", (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${secret.repeat(20_000)}\r\n\r\n`), "malformed"],
    ["many headers", (socket) => socket.write(`HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(50_000)}\r\n`), "malformed"],
    ["bare line feed in a header", (socket) => socket.write("HTTP/1.1 200 OK\r\nx: a\rb\r\n\r\n"), "malformed"],
    ["upgrade", (socket) => socket.write("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"), "cut"],
  ];
  for (const [name, behave, reason] of behaviours) {
    const failure = await failureOf(dial(t, await raw(t, behave)));
    assert.deepEqual([failure.reason, failure.phase, failure.sent], [reason, "first-byte", true], `${name}: ${JSON.stringify(failure)}`);
    assert.ok(!JSON.stringify(failure).includes(secret), name);
  }
});

test("an answer that breaks off is never taken for a whole one", async (t) => {
  const behaviours: readonly (readonly [string, (socket: Socket) => void])[] = [
    ["short of its length", (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello")],
    ["short of its length, connection: close", (socket) => socket.end("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\n\r\nhello")],
    ["within a chunk", (socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\nhello")],
    ["without the last chunk", (socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n")],
    ["reset", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello", () => setTimeout(() => socket.resetAndDestroy(), 50))],
    ["bad chunk size", (socket) => socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")],
  ];
  for (const [name, behave] of behaviours) {
    const { body, failure, complete } = await ask(dial(t, await raw(t, behave)));
    assert.equal(body, "hello", name);
    assert.equal(complete, false, name);
    assert.deepEqual([failure?.phase, failure?.sent], ["answer", true], name);
  }
});

test("an unasked answer on an idle connection does not reach the next request", async (t) => {
  const port = await raw(t, (socket, count) => {
    socket.write(answer(`true-${count}`));
    setTimeout(() => socket.write(answer("poison")), 20);
  });
  const dialler = dial(t, port);
  for (let count = 1; count <= 3; count += 1) {
    assert.equal((await ask(dialler)).body, `true-${count}`);
    await pause(60);
  }
});

test("a second answer behind the first one in the same packet reaches nobody", async (t) => {
  const port = await raw(t, (socket, count) => socket.write(answer(`true-${count}`) + answer("poison")));
  const dialler = dial(t, port);
  for (let count = 1; count <= 5; count += 1) assert.equal((await ask(dialler)).body, `true-${count}`);
});

test("an abort closes the connection to the server at once, and the handler hears nothing more", async (t) => {
  let closed: Promise<unknown> = Promise.resolve();
  const port = await raw(t, (socket) => {
    closed = once(socket, "close");
    socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n");
  });
  const dialler = dial(t, port, { timeouts: { connect: 60_000, firstByte: 60_000, betweenChunks: 60_000 } });
  const heard: string[] = [];
  const first = Promise.withResolvers<void>();
  const transfer = dialler.request("d", post, {
    head: () => heard.push("head"),
    data: () => {
      heard.push("data");
      first.resolve();
      return true;
    },
    end: () => heard.push("end"),
    fail: () => heard.push("fail"),
  });
  await first.promise;
  transfer.abort();
  transfer.abort();
  assert.equal(dialler.active("d"), 0);
  await closed;
  assert.deepEqual(heard, ["head", "data"]);
});

test("an abort while connecting sends nothing, and the connection serves the next request", async (t) => {
  let requests = 0;
  const port = await web(t, (_request, response) => {
    requests += 1;
    response.end("ok");
  });
  const waiting: (() => void)[] = [];
  const resolve: Resolve = (_host, callback) => void waiting.push(() => callback(null, [{ address: "127.0.0.1", family: 4 }]));
  const dialler = dial(t, port, { url: `http://backend.example:${port}`, allowPrivate: true, resolve });
  dialler.request("d", post, { ...silentHandler, fail: () => assert.fail("it was aborted") }).abort();
  assert.equal(dialler.active("d"), 0);
  const next = ask(dialler);
  for (const answerLookup of waiting) answerLookup();
  assert.equal((await next).body, "ok");
  assert.equal(requests, 1);
});

test("what a handler throws is reported, and fails that request alone", async (t) => {
  const port = await web(t, (_request, response) => response.end("ok"));
  const bugs: unknown[] = [];
  const dialler = dial(t, port, { onBug: (bug) => bugs.push(bug) });
  const bug = new Error("bug");
  const broken = (part: "head" | "data"): Promise<EgressFailure> =>
    new Promise((resolve, reject) => {
      dialler.request("d", post, {
        ...silentHandler,
        [part]: () => {
          throw bug;
        },
        end: () => reject(new Error("it should have failed")),
        fail: resolve,
      });
    });
  assert.equal((await broken("head")).reason, "bug");
  assert.equal((await broken("data")).reason, "bug");
  assert.deepEqual(bugs, [bug, bug]);
  assert.equal((await ask(dialler)).body, "ok");
});

test("after closing nothing is sent, what runs finishes first, and no handler is called before request returns", async (t) => {
  const port = await web(t, (_request, response) => void setTimeout(() => response.end("late"), 100));
  const dialler = dial(t, port);
  const running = ask(dialler);
  await pause(30);
  const closing = dialler.close();
  let returned = false;
  const refused = new Promise<EgressFailure>((resolve) => {
    dialler.request("d", post, {
      ...silentHandler,
      fail: (failure) => {
        assert.ok(returned);
        resolve(failure);
      },
    });
    returned = true;
  });
  assert.deepEqual([(await refused).reason, (await refused).sent], ["closed", false]);
  assert.equal((await running).body, "late");
  await closing;
});

test("a refused connection and a dead name are failures in which nothing was sent", async (t) => {
  const port = await listening(t, createServer());
  const dead = createServer().listen(0, "127.0.0.1");
  await once(dead, "listening");
  const { port: closedPort } = dead.address() as AddressInfo;
  await new Promise((resolve) => dead.close(resolve));
  assert.deepEqual(await failureOf(dial(t, closedPort)), { reason: "unreachable", phase: "connect", sent: false, detail: "ECONNREFUSED" });
  const missing: Resolve = (_host, callback) => callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []);
  const named = dial(t, port, { url: `http://gone.example:${port}`, resolve: missing });
  assert.deepEqual(await failureOf(named), { reason: "unreachable", phase: "connect", sent: false, detail: "ENOTFOUND" });
  const empty = dial(t, port, { url: `http://gone.example:${port}`, resolve: (_host, callback) => callback(null, []) });
  assert.deepEqual(await failureOf(empty), { reason: "unreachable", phase: "connect", sent: false, detail: "ENOTFOUND" });
});

test("a name server that never answers is bounded", async (t) => {
  const dialler = dial(t, 9, { url: "http://slow.example:9", timeouts: { ...timeouts, connect: 100 }, resolve: () => {} });
  const failure = await failureOf(dialler);
  assert.deepEqual([failure.reason, failure.phase, failure.sent], ["timeout", "connect", false]);
});
