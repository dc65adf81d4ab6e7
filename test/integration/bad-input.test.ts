import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "./files.ts";
import { adminKey, type House, startHouse, tidy } from "./house.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

const good = JSON.stringify({ model: "assistant", messages: [{ role: "user", content: "Hello" }] });

/** Sends bytes as they are and collects what comes back until the other side closes, or until it has been silent for a while. */
function raw(house: House, pieces: readonly (string | Buffer)[], quiet = 700): Promise<string> {
  const { hostname, port } = new URL(house.address);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname);
    socket.setTimeout(quiet, () => socket.destroy());
    socket.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? undefined : reject(error)));
    socket.on("close", () => resolve(text));
    for (const piece of pieces) socket.write(piece);
  });
}

const request = (headers: readonly string[], body = good, target = "/v1/chat/completions", method = "POST"): string =>
  [`${method} ${target} HTTP/1.1`, "Host: x", ...headers, `Content-Length: ${Buffer.byteLength(body)}`, "Connection: close", "", body].join("\r\n");

const bearer = `Authorization: Bearer ${adminKey}`;
const type = "Content-Type: application/json";
const origin = "x-freehold-origin: DE";

const statusIn = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? "0");

function errorIn(answer: string): { message: string; type: string; param: string | null; code: string } {
  const { error } = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)) as {
    error: { message: string; type: string; param: string | null; code: string };
  };
  assert.equal(typeof error.message, "string");
  assert.equal(typeof error.type, "string");
  assert.ok(error.param === null || typeof error.param === "string");
  return error;
}

describe("bad input", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }], "limits: { body: 1MB }\n") });
  });
  after(async () => {
    assert.equal(
      (await house.fetch("/v1/chat/completions", { method: "POST", body: good, headers: { "x-freehold-origin": "DE" } })).status,
      200,
      "the next good request works",
    );
    await house?.stop();
    await upstream?.close();
    await tidy();
  });

  const rows: readonly [string, string, number, string][] = [
    ["malformed JSON", request([bearer, type, origin], '{"model":'), 400, "invalid_json"],
    ["an empty body", request([bearer, type, origin], ""), 400, "invalid_json"],
    ["a list", request([bearer, type, origin], "[]"), 400, "invalid_request"],
    ["a model that is no text", request([bearer, type, origin], '{"model":1,"messages":[{"role":"user","content":"x"}]}'), 400, "invalid_request"],
    ["no messages", request([bearer, type, origin], '{"model":"assistant"}'), 400, "invalid_request"],
    ["messages that are no list", request([bearer, type, origin], '{"model":"assistant","messages":"x"}'), 400, "invalid_request"],
    ["a stream flag that is no flag", request([bearer, type, origin], good.replace("{", '{"stream":"yes",')), 400, "invalid_request"],
    ["deep nesting", request([bearer, type, origin], `{"model":"assistant","messages":${"[".repeat(50_000)}${"]".repeat(50_000)}}`), 400, "invalid_request"],
    ["a key twice", request([bearer, type, origin], good.replace("{", '{"model":"other",')), 400, "invalid_request"],
    ["another media type", request([bearer, "Content-Type: text/plain", origin]), 415, "unsupported_media_type"],
    ["a form that claims to be JSON's parent", request([bearer, "Content-Type: multipart/form-data; boundary=x", origin]), 415, "unsupported_media_type"],
    ["a body over the limit", request([bearer, type, origin], `"${"x".repeat(1_100_000)}"`), 413, "body_too_large"],
    ["no key", request([type, origin]), 401, "invalid_api_key"],
    ["two keys", request([bearer, "Authorization: Bearer other", type, origin]), 400, "invalid_header"],
    ["two classes", request([bearer, type, origin, "x-freehold-class: secret", "X-Freehold-Class: public"]), 400, "invalid_header"],
    ["a class that is none", request([bearer, type, origin, "x-freehold-class: top"]), 400, "invalid_header"],
    ["an origin that is no country", request([bearer, type, "x-freehold-origin: Germany"]), 400, "invalid_header"],
    ["an unknown path", request([bearer, type], good, "/v2/chat"), 404, "not_found"],
    ["a path that climbs", request([bearer, type], good, "/v1/../admin/api/keys"), 404, "not_found"],
    ["an absolute-form URI", request([bearer, type], good, "http://evil.example/v1/chat/completions"), 404, "not_found"],
    ["the wrong method", request([bearer, type], "", "/v1/chat/completions", "GET"), 405, "method_not_allowed"],
    ["no HTTP at all", "hello\r\n\r\n", 400, "invalid_request"],
    ["two content lengths", `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, 400, "invalid_request"],
    [
      "a length and a transfer coding",
      `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      "invalid_request",
    ],
    ["headers without end", `GET / HTTP/1.1\r\nHost: x\r\nx: ${"y".repeat(40_000)}\r\n\r\n`, 400, "invalid_header"],
  ];

  for (const [name, bytes, status, code] of rows) {
    it(`${name}: ${status} ${code}, and nothing leaves`, async () => {
      upstream.received.length = 0;
      const answer = await raw(house, [bytes]);
      assert.equal(statusIn(answer), status, answer.slice(0, 300));
      assert.equal(errorIn(answer).code, code);
      assert.match(answer, /x-request-id: \S+/i);
      assert.equal(upstream.received.length, 0);
    });
  }

  it("invalid UTF-8: 400, and nothing leaves", async () => {
    upstream.received.length = 0;
    const body = Buffer.concat([Buffer.from('{"model":"assistant","messages":[{"role":"user","content":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}]}')]);
    const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n${bearer}\r\n${type}\r\n${origin}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
    const answer = await raw(house, [head, body]);
    assert.equal(statusIn(answer), 400);
    assert.equal(errorIn(answer).code, "invalid_json");
    assert.equal(upstream.received.length, 0);
  });

  it("hostile bearer strings and Host headers: one and the same 401 (CVE-2026-42208, CVE-2026-49468)", async () => {
    for (const token of [
      "' OR '1'='1",
      "fh_'; DROP TABLE keys;--",
      "../../etc/passwd",
      "%00",
      "x".repeat(7000),
      `${adminKey}x`,
      adminKey.slice(0, 20),
      "null",
      "undefined",
      "{}",
    ]) {
      const answer = await raw(house, [request([`Authorization: Bearer ${token}`, type])]);
      assert.equal(statusIn(answer), 401, token.slice(0, 40));
      assert.equal(errorIn(answer).code, "invalid_api_key");
    }
    for (const host of ["x/healthz?", "127.0.0.1:1/admin", "@evil.example"]) {
      const answer = await raw(house, [request([type], good).replace("Host: x", `Host: ${host}`)]);
      assert.ok([400, 401].includes(statusIn(answer)), `${host}: ${answer.slice(0, 60)}`);
    }
  });

  it("a body that never ends does not keep others waiting", async () => {
    const slow = raw(house, [`POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n${bearer}\r\n${type}\r\nContent-Length: 1000\r\n\r\n{`], 1500);
    const response = await house.fetch("/v1/chat/completions", { method: "POST", body: good, headers: { "x-freehold-origin": "DE" } });
    assert.equal(response.status, 200);
    await slow;
  });

  it("the rest of a refused request is not taken for a request of its own", async () => {
    upstream.received.length = 0;
    const inner = request([bearer, type, origin]);
    const outer = `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`;
    const answer = await raw(house, [outer]);
    assert.equal(statusIn(answer), 401);
    assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1);
    assert.equal(upstream.received.length, 0);
  });

  it("the admin API without an admin key: 401, with another key: 403, on every route", async () => {
    const document = (await (await house.fetch("/admin/api/openapi.json")).json()) as { paths: Record<string, Record<string, unknown>> };
    const created = (await (await house.fetch("/admin/api/keys", { method: "POST", body: "{}" })).json()) as { key: string };
    let walked = 0;
    for (const [path, methods] of Object.entries({ ...document.paths, "/admin/api/openapi.json": { get: {} } })) {
      for (const method of Object.keys(methods)) {
        const target = path.replaceAll(/\{\w+\}/g, "x");
        const init = { method: method.toUpperCase(), ...(method === "post" && { body: "{}", headers: { "content-type": "application/json" } }) };
        assert.equal((await fetch(`${house.address}${target}`, init)).status, 401, `${method} ${path}`);
        assert.equal(
          (await house.fetch(target, { ...init, headers: { "content-type": "application/json", authorization: `Bearer ${created.key}` } })).status,
          403,
          `${method} ${path}`,
        );
        walked += 1;
      }
    }
    assert.ok(walked >= 10, `walked ${walked} routes`);
  });
});
