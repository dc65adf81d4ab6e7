import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { type TestContext, test } from "node:test";
import { type Blocked, type Resolve, resolveBySystem } from "./connector.ts";
import type { Destination } from "./destination.ts";
import { type Dialler, openDialler } from "./dialler.ts";
import type { EgressFailure } from "./failure.ts";

const timeouts = { connect: 1_000, firstByte: 1_000, betweenChunks: 1_000 };

async function listening(t: TestContext, server: Server, host = "127.0.0.1"): Promise<number> {
  server.listen(0, host);
  await once(server, "listening");
  t.after(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Counts connections, and answers with the address at which it was reached. */
async function counting(t: TestContext): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createHttpServer((request, response) => response.end(request.socket.localAddress));
  server.on("connection", () => {
    connections += 1;
  });
  return { port: await listening(t, server, "0.0.0.0"), connections: () => connections };
}

const addresses = (...list: readonly string[]): readonly LookupAddress[] => list.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

function dial(t: TestContext, destination: Omit<Destination, "name" | "timeouts">, resolve: Resolve, blocked: Blocked[] = []): Dialler {
  const dialler = openDialler({ destinations: [{ name: "d", timeouts, ...destination }], resolve, onBlocked: (what) => blocked.push(what) });
  t.after(() => dialler.close());
  return dialler;
}

function ask(dialler: Dialler): Promise<string | EgressFailure> {
  let body = "";
  return new Promise((resolve) => {
    dialler.request(
      "d",
      { method: "POST", path: "x", headers: {}, body: Buffer.from("{}") },
      {
        head: () => {},
        data: (chunk) => {
          body += chunk.toString();
          return true;
        },
        end: () => resolve(body),
        fail: resolve,
      },
    );
  });
}

const refused: EgressFailure = { reason: "blocked", phase: "connect", sent: false, detail: "ADDRESS_REFUSED" };

test("a name that the system cannot resolve fails its own requests and does not end the process", async (t) => {
  const dialler = dial(t, { url: "http://backend.invalid:9/v1" }, resolveBySystem);
  const [first, second] = await Promise.all([ask(dialler), ask(dialler)]);
  assert.ok(typeof first === "object" && typeof second === "object");
  assert.deepEqual([first.reason, first.phase, first.sent], ["unreachable", "connect", false]);
  assert.match(first.detail, /^(ENOTFOUND|EAI_AGAIN)$/);
});

test("a public name that resolves to loopback, private, link-local or metadata addresses is refused and not connected to", async (t) => {
  const { port, connections } = await counting(t);
  for (const address of ["127.0.0.1", "10.0.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::1", "::ffff:127.0.0.1", "fd00::1", "fe80::1"]) {
    const blocked: Blocked[] = [];
    const dialler = dial(t, { url: `http://api.example:${port}/v1` }, (_host, callback) => callback(null, addresses(address)), blocked);
    assert.deepEqual(await ask(dialler), refused, address);
    assert.deepEqual(blocked, [{ destination: "d", reason: "address", detail: address }]);
  }
  assert.equal(connections(), 0);
});

test("one private address among public ones refuses them all, in whatever order", async (t) => {
  const { port, connections } = await counting(t);
  for (const list of [addresses("8.8.8.8", "127.0.0.1"), addresses("127.0.0.1", "8.8.8.8"), addresses("2606:4700::1", "::1")]) {
    assert.deepEqual(await ask(dial(t, { url: `http://api.example:${port}` }, (_host, callback) => callback(null, list))), refused);
  }
  assert.equal(connections(), 0);
});

test("a name on the estate's own network may be private, but the metadata service stays out of reach", async (t) => {
  const { port, connections } = await counting(t);
  const url = `http://vllm.keller:${port}`;
  assert.equal(await ask(dial(t, { url, allowPrivate: true }, (_host, callback) => callback(null, addresses("127.0.0.1")))), "127.0.0.1");
  assert.deepEqual(await ask(dial(t, { url, allowPrivate: true }, (_host, callback) => callback(null, addresses("169.254.169.254")))), refused);
  assert.equal(connections(), 1);
});

test("the address that was judged is the address that is connected to: one lookup a connection, for the destination's own host", async (t) => {
  const { port } = await counting(t);
  const asked: string[] = [];
  const dialler = dial(t, { url: `http://vllm.keller:${port}`, addresses: ["127.0.0.0/8"] }, (host, callback) => {
    asked.push(host);
    // A second lookup of the same connection would lead elsewhere.
    callback(null, addresses(asked.length === 1 ? "127.0.0.5" : "127.0.0.6"));
  });
  assert.equal(await ask(dialler), "127.0.0.5");
  assert.deepEqual(asked, ["vllm.keller"]);
});

test("a name that is bound to another address later is judged again when the next connection is made", async (t) => {
  const server = createHttpServer((request, response) => response.setHeader("connection", "close").end(request.socket.localAddress));
  const port = await listening(t, server, "0.0.0.0");
  let now = "127.0.0.1";
  const dialler = dial(t, { url: `http://vllm.keller:${port}`, addresses: ["127.0.0.1"] }, (_host, callback) => callback(null, addresses(now)));
  assert.equal(await ask(dialler), "127.0.0.1");
  now = "127.0.0.2";
  assert.deepEqual(await ask(dialler), refused);
  now = "127.0.0.1";
  assert.equal(await ask(dialler), "127.0.0.1");
});

test("lookups that overlap are one, so a slow name server holds one thread and not all", async (t) => {
  const { port } = await counting(t);
  let lookups = 0;
  const dialler = dial(t, { url: `http://vllm.keller:${port}`, allowPrivate: true }, (_host, callback) => {
    lookups += 1;
    setTimeout(() => callback(null, addresses("127.0.0.1")), 30);
  });
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(dialler)));
  assert.deepEqual(answers, new Array(10).fill("127.0.0.1"));
  assert.equal(lookups, 1);
});

test("localhost is resolved by the system and reached, with no permission of its own", async (t) => {
  const port = await listening(
    t,
    createHttpServer((_request, response) => response.end("local")),
    "localhost",
  );
  const dialler = openDialler({ destinations: [{ name: "d", url: `http://localhost:${port}`, timeouts }] });
  t.after(() => dialler.close());
  assert.equal(await ask(dialler), "local");
});

test("an address as the host needs no lookup and is reached in every family", async (t) => {
  const never: Resolve = () => assert.fail("a literal is not looked up");
  const { port } = await counting(t);
  assert.equal(await ask(dial(t, { url: `http://127.0.0.1:${port}` }, never)), "127.0.0.1");
  const port6 = await listening(
    t,
    createHttpServer((_request, response) => response.end("six")),
    "::1",
  ).catch(() => undefined);
  if (port6 === undefined) t.diagnostic("no IPv6 loopback here");
  else assert.equal(await ask(dial(t, { url: `http://[::1]:${port6}` }, never)), "six");
});

test("proxy variables of the environment are not used, nor Node's switch that turns them on", async (t) => {
  let trapped = 0;
  const trap = await listening(
    t,
    createServer((socket) => {
      trapped += 1;
      socket.destroy();
    }),
  );
  const { port } = await counting(t);
  const proxy = `http://127.0.0.1:${trap}`;
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "npm_config_proxy"];
  const script = `
    import { openDialler } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
    const destination = { name: "d", url: "http://127.0.0.1:${port}", timeouts: { connect: 5000, firstByte: 5000, betweenChunks: 5000 } };
    const dialler = openDialler({ destinations: [destination] });
    dialler.request("d", { method: "POST", path: "x", headers: {}, body: Buffer.from("{}") }, {
      head: () => {}, data: (chunk) => process.stdout.write(chunk), end: () => dialler.close(), fail: (failure) => process.stdout.write(failure.detail) });
  `;
  const env = { ...process.env, ...Object.fromEntries(names.map((name) => [name, proxy])), NODE_USE_ENV_PROXY: "1", NO_PROXY: "", no_proxy: "" };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  assert.deepEqual([code, output, trapped], [0, "127.0.0.1", 0]);
});
