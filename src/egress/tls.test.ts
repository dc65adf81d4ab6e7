import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import tls, { createServer, type SecureVersion, type Server } from "node:tls";
import type { Blocked } from "./connector.ts";
import type { Destination } from "./destination.ts";
import { type Dialler, openDialler } from "./dialler.ts";
import type { EgressFailure } from "./failure.ts";

const timeouts = { connect: 2_000, firstByte: 2_000, betweenChunks: 2_000 };
let folder = "";
let ca = "";
let key = "";
let cert = "";
let expired = "";

const program = "openssl";
const missing = spawnSync(program, ["version"]).error !== undefined;
const needsProgram = { skip: missing && `${program} makes the certificates: apt-get install ${program}` };
const openssl = (...parameters: readonly string[]): void => void execFileSync(program, parameters, { cwd: folder, stdio: "pipe" });
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

before(() => {
  if (missing) return;
  folder = mkdtempSync(join(tmpdir(), "freehold-tls-"));
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
  openssl("req", "-x509", ...fresh, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority");
  openssl("req", ...fresh, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=backend.example");
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:backend.example,IP:127.0.0.1\n");
  const sign = ["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
  openssl(...sign, "-out", "server.pem", "-days", "2");
  openssl(...sign, "-out", "expired.pem", "-days", "-1");
  [ca, key, cert, expired] = [read("ca.pem"), read("server.key"), read("server.pem"), read("expired.pem")];
});

after(() => missing || rmSync(folder, { recursive: true, force: true }));

const pinOf = (pem: string): string => {
  const spki = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
  return `sha256/${createHash("sha256").update(spki).digest("base64")}`;
};

interface Backend {
  readonly port: number;
  /** Decrypted bytes that arrived. */
  received(): number;
  /** Handshakes that were begun. */
  handshakes(): number;
  /** The names that clients asked for. */
  readonly names: (string | false)[];
}

async function serve(t: TestContext, options: { cert?: string; maxVersion?: SecureVersion; reset?: boolean } = {}): Promise<Backend> {
  let received = 0;
  let handshakes = 0;
  const names: (string | false)[] = [];
  const weak = options.maxVersion === undefined ? {} : { minVersion: "TLSv1" as const, maxVersion: options.maxVersion, ciphers: "DEFAULT@SECLEVEL=0" };
  const server: Server = createServer({ key, cert: options.cert ?? cert, ...weak }, (socket) => {
    names.push(socket.servername ?? false);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      received += chunk.length;
      const connection = options.reset ? "connection: close\r\n" : "";
      socket.write(`HTTP/1.1 200 OK\r\n${connection}content-length: 2\r\n\r\nok`);
    });
  });
  server.on("tlsClientError", () => {});
  server.on("connection", () => {
    handshakes += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => void server.close());
  return { port: (server.address() as AddressInfo).port, received: () => received, handshakes: () => handshakes, names };
}

function dial(t: TestContext, port: number, destination: Partial<Destination>, blocked: Blocked[] = []): Dialler {
  const dialler = openDialler({
    destinations: [{ name: "d", url: `https://127.0.0.1:${port}/v1`, timeouts, credential: () => "Bearer secret", ...destination }],
    resolve: (_host, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
    onBlocked: (what) => blocked.push(what),
  });
  t.after(() => dialler.close());
  return dialler;
}

function ask(dialler: Dialler): Promise<string | EgressFailure> {
  let body = "";
  const request = { method: "POST", path: "chat/completions", headers: {}, body: Buffer.from("{}") } as const;
  return new Promise((resolve) => {
    dialler.request("d", request, {
      head: () => {},
      data: (chunk) => {
        body += chunk.toString();
        return true;
      },
      end: () => resolve(body),
      fail: resolve,
    });
  });
}

async function untrusted(t: TestContext, backend: Backend, destination: Partial<Destination>): Promise<string> {
  const outcome = await ask(dial(t, backend.port, destination));
  assert.ok(typeof outcome !== "string", "it should not have been trusted");
  assert.deepEqual([outcome.reason, outcome.phase, outcome.sent], ["untrusted", "connect", false], outcome.detail);
  assert.equal(backend.received(), 0, "not one byte of the request may have arrived");
  return outcome.detail;
}

test("a certificate of the named authority is accepted by name, which the server is told, and by address", needsProgram, async (t) => {
  const { port, names } = await serve(t);
  assert.equal(await ask(dial(t, port, { tls: { ca } })), "ok");
  assert.equal(await ask(dial(t, port, { url: `https://backend.example:${port}/v1`, allowPrivate: true, tls: { ca } })), "ok");
  assert.deepEqual(names, [false, "backend.example"]);
});

test("an unknown authority, a wrong name and an expired certificate get not one byte of the request", needsProgram, async (t) => {
  const good = await serve(t);
  assert.equal(await untrusted(t, good, {}), "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  assert.equal(await untrusted(t, good, { url: `https://other.example:${good.port}`, allowPrivate: true, tls: { ca } }), "ERR_TLS_CERT_ALTNAME_INVALID");
  assert.equal(await untrusted(t, await serve(t, { cert: expired }), { tls: { ca } }), "CERT_HAS_EXPIRED");
});

test("NODE_TLS_REJECT_UNAUTHORIZED=0 does not switch verification off", needsProgram, async (t) => {
  const backend = await serve(t);
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  t.after(() => {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  });
  await untrusted(t, backend, {});
});

test("TLS below 1.2 is refused, even where the process has been told to accept it", needsProgram, async (t) => {
  const { DEFAULT_CIPHERS, DEFAULT_MIN_VERSION } = tls;
  tls.DEFAULT_CIPHERS = "DEFAULT@SECLEVEL=0";
  tls.DEFAULT_MIN_VERSION = "TLSv1";
  t.after(() => Object.assign(tls, { DEFAULT_CIPHERS, DEFAULT_MIN_VERSION }));
  const old = await serve(t, { maxVersion: "TLSv1.1" });
  await untrusted(t, old, { tls: { ca } });
  const enough = await serve(t, { maxVersion: "TLSv1.2" });
  assert.equal(await ask(dial(t, enough.port, { tls: { ca } })), "ok");
});

test("the right pin passes, on each connection anew, among others too", needsProgram, async (t) => {
  const { port, handshakes } = await serve(t, { reset: true });
  const dialler = dial(t, port, { tls: { ca, pins: [pinOf(ca), pinOf(cert)] } });
  for (let round = 0; round < 3; round += 1) assert.equal(await ask(dialler), "ok");
  assert.equal(handshakes(), 3);
});

test("a pin that does not match gets the handshake and not one byte of the request, though the certificate is valid", needsProgram, async (t) => {
  const backend = await serve(t);
  const blocked: Blocked[] = [];
  const dialler = dial(t, backend.port, { tls: { ca, pins: [pinOf(ca)] } }, blocked);
  for (let round = 0; round < 3; round += 1) {
    assert.deepEqual(await ask(dialler), { reason: "untrusted", phase: "connect", sent: false, detail: "PIN_MISMATCH" });
  }
  // Whatever was under way has arrived by now.
  await pause(50);
  assert.deepEqual([backend.handshakes(), backend.received()], [3, 0]);
  assert.deepEqual(blocked[0], { destination: "d", reason: "pin", detail: pinOf(cert) });
  assert.equal(await ask(dial(t, backend.port, { tls: { ca, pins: [pinOf(cert)] } })), "ok");
  assert.ok(backend.received() > 0, "the count of bytes works");
});

test("a pin is the digest that openssl computes from the certificate", needsProgram, () => {
  const pem = execFileSync(program, ["x509", "-in", "server.pem", "-pubkey", "-noout"], { cwd: folder });
  const der = execFileSync(program, ["pkey", "-pubin", "-outform", "der"], { cwd: folder, input: pem });
  assert.equal(pinOf(cert), `sha256/${createHash("sha256").update(der).digest("base64")}`);
});

test("a server that never finishes the handshake is bounded, and nothing was sent", needsProgram, async (t) => {
  const server = createTcpServer((socket) => void socket.on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const outcome = await ask(dial(t, port, { timeouts: { ...timeouts, connect: 100 } }));
  assert.ok(typeof outcome !== "string");
  assert.deepEqual([outcome.reason, outcome.phase, outcome.sent], ["timeout", "connect", false]);
});
