import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { adminKey, freehold, type House, newFolder, startHouse, tidy } from "../integration/house.ts";
import { startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, errorOf } from "../operation/asking.ts";
import { answersIn, exchange, goodBody, requestLine, requestWith, statusOf, usualHeaders } from "./sockets.ts";

const chunkedHead = (extra: readonly string[] = []): string =>
  [requestLine, ...usualHeaders, "Transfer-Encoding: chunked", ...extra, "Connection: close", "", ""].join("\r\n");
const asChunk = (text: string, extension = ""): string => `${Buffer.byteLength(text).toString(16)}${extension}\r\n${text}\r\n`;

describe("hostile requests", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter, estate: estateWith([{ name: "cellar", url: upstream.url, kind: "own" }]) });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });
  beforeEach(() => {
    upstream.received.length = 0;
  });
  afterEach(async () => {
    const next = await chat(house);
    assert.equal(next.status, 200, "the next good request works");
    await next.arrayBuffer();
    assert.match(await (await house.fetch("/metrics")).text(), /^freehold_internal_errors_total 0$/m, "none of it met a bug");
  });

  const refusedRows: readonly (readonly [string, string])[] = [
    ["a header's name with a blank before the colon", requestWith(["X-Freehold-Class : secret"])],
    ["a length with a blank before the colon", [requestLine, ...usualHeaders, `Content-Length : ${goodBody.length}`, "", goodBody].join("\r\n")],
    ["a folded header", requestWith(["X-Freehold-Class: public", " secret"])],
    ["two lengths in one line", [requestLine, ...usualHeaders, `Content-Length: ${goodBody.length}, ${goodBody.length}`, "", goodBody].join("\r\n")],
    ["a negative length", [requestLine, ...usualHeaders, "Content-Length: -1", "", goodBody].join("\r\n")],
    ["a length in hexadecimal", [requestLine, ...usualHeaders, "Content-Length: 0x10", "", goodBody].join("\r\n")],
    ["a signed length", [requestLine, ...usualHeaders, `Content-Length: +${goodBody.length}`, "", goodBody].join("\r\n")],
    ["a transfer coding that nobody knows", `${chunkedHead().replace("chunked", "xchunked")}${asChunk(goodBody)}0\r\n\r\n`],
    ["chunked twice", `${chunkedHead(["Transfer-Encoding: chunked"])}${asChunk(goodBody)}0\r\n\r\n`],
    ["chunked, then identity", `${chunkedHead().replace("chunked", "chunked, identity")}${asChunk(goodBody)}0\r\n\r\n`],
    [
      "a transfer coding after a tab",
      [requestLine, ...usualHeaders, `Content-Length: ${goodBody.length}`, "Transfer-Encoding:\tchunked", "", goodBody].join("\r\n"),
    ],
    ["a chunk that is longer than it says", `${chunkedHead()}5\r\n${goodBody}\r\n0\r\n\r\n`],
    ["a chunk size that is none", `${chunkedHead()}zz\r\n${goodBody}\r\n0\r\n\r\n`],
    ["a bare LF between headers", requestWith([]).replaceAll("\r\n", "\n")],
    ["a bare CR in a header", requestWith(["X-A: b\rX-Freehold-Class: public"])],
    ["NUL in a header", requestWith(["X-A: b\u0000c"])],
    ["three thousand headers", requestWith(Array.from({ length: 3000 }, (_empty, index) => `x-${index}: ${index}`))],
    ["sixteen kilobytes of one header", requestWith([`x-a: ${"b".repeat(17_000)}`])],
    ["HTTP/0.9", "GET /v1/models\r\n\r\n"],
    ["HTTP/2 without being asked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["HTTP/3.7", requestWith([], goodBody, requestLine.replace("1.1", "3.7"))],
    ["a form", requestWith([]).replace("Content-Type: application/json", "Content-Type: application/x-www-form-urlencoded")],
    ["two media types in one", requestWith([]).replace("Content-Type: application/json", "Content-Type: application/json, text/plain")],
    ["a media type that only begins so", requestWith([]).replace("Content-Type: application/json", "Content-Type: application/jsonp")],
    ["no media type", requestWith([]).replace("Content-Type: application/json\r\n", "")],
    ["a form that claims files (n8n CVE-2026-21858)", requestWith([], JSON.stringify({ files: { x: { filepath: "/etc/passwd" } } }))],
    ["CONNECT", `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nAuthorization: Bearer ${adminKey}\r\n\r\n`],
    ["TRACE", `TRACE /v1/models HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${adminKey}\r\nConnection: close\r\n\r\n`],
    ["a fragment in the target", requestWith([], goodBody, "POST /v1/models#/v1/chat/completions HTTP/1.1")],
    ["a body compressed in a way that nobody undid", requestWith(["Content-Encoding: gzip"], "\u001f\b\b\b")],
    ["an expectation that cannot be met", requestWith(["Expect: 200-maybe"])],
  ];
  for (const [name, bytes] of refusedRows) {
    it(`${name}: refused, once, and nothing leaves (undici CVE-2026-1525, Fastify CVE-2026-3419)`, async () => {
      const answer = await exchange(house, [Buffer.from(bytes, "latin1")]);
      const status = statusOf(answer);
      assert.ok(status === 0 || (status >= 400 && status < 500), answer.slice(0, 200));
      assert.ok(answersIn(answer) <= 1, "one answer at most");
      assert.equal(upstream.received.length, 0);
      assert.equal(answer.includes(adminKey), false, "it does not repeat the key");
    });
  }

  const acceptedRows: readonly (readonly [string, string])[] = [
    ["HTTP/1.0", requestWith([], goodBody, requestLine.replace("1.1", "1.0"))],
    ["chunks with extensions", `${chunkedHead()}${asChunk(goodBody.slice(0, 9), ';a=b;c="d"')}${asChunk(goodBody.slice(9), ";x")}0;end\r\n\r\n`],
    ["chunks of one byte", `${chunkedHead()}${Array.from(goodBody, (character) => asChunk(character)).join("")}0\r\n\r\n`],
    [
      "trailers that would be policy",
      `${chunkedHead(["Trailer: x-freehold-class, authorization"])}${asChunk(goodBody)}0\r\nx-freehold-class: secret\r\nauthorization: Bearer x\r\n\r\n`,
    ],
    [
      "an upgrade that is not taken",
      requestWith(["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"]).replace("Connection: close", "Connection: Upgrade, HTTP2-Settings, close"),
    ],
    ["an expectation that can be met", requestWith(["Expect: 100-continue"])],
    ["a media type with parameters", requestWith([]).replace("application/json", "application/json; charset=utf-8; profile=x")],
    ["an encoding that is none", requestWith(["Content-Encoding: identity"])],
  ];
  for (const [name, bytes] of acceptedRows) {
    it(`${name}: answered, and only the body goes on (undici CVE-2026-1525)`, async () => {
      const answer = await exchange(house, [bytes]);
      assert.match(answer, /HTTP\/1\.1 200 OK/, answer.slice(0, 200));
      assert.equal(answersIn(answer.replace("HTTP/1.1 100 Continue", "")), 1);
      assert.equal(upstream.received.length, 1);
      const [received] = upstream.received;
      assert.equal(received?.raw.toString(), goodBody.replace('"assistant"', '"served"'));
      for (const header of ["trailer", "upgrade", "transfer-encoding", "expect", "content-encoding", "te"])
        assert.equal(received?.headers[header], undefined, header);
    });
  }

  it("pipelined requests are answered in their order, each judged by itself (response-queue poisoning, Node CVE-2026-48931)", async () => {
    const one = requestWith(["x-request-id: one"]).replace("Connection: close\r\n", "");
    const two = requestWith(["x-request-id: two", "x-freehold-class: secret"]).replace("Connection: close\r\n", "");
    const three = requestWith(["x-request-id: three"]);
    const answer = await exchange(house, [one + two + three]);
    assert.deepEqual(
      [...answer.matchAll(/HTTP\/1\.1 (\d{3})[\s\S]*?x-request-id: (\w+)/gi)].map(([, status, id]) => [status, id]),
      [
        ["200", "one"],
        ["403", "two"],
        ["200", "three"],
      ],
    );
    assert.equal(upstream.received.length, 2);
  });

  it("a model's name of any making is a name that nobody serves, and stands in no header (header injection)", async () => {
    for (const model of [
      "x\r\nSet-Cookie: a=b",
      "x\u0000",
      "\u202eassistant",
      "a\u0301ssistant",
      "＊",
      "__proto__",
      "constructor",
      "../../etc/passwd",
      "assistant\n",
      "{{7*7}}",
      ["$", "{x}"].join(""),
      "x".repeat(256),
      "\ud83d\ude00".repeat(100),
      "\ud800",
    ]) {
      const response = await chat(house, { model });
      assert.equal(response.status, 404, JSON.stringify(model));
      assert.equal(response.headers.get("set-cookie"), null);
      assert.equal((await errorOf(response)).code, "model_not_found");
    }
    for (const model of ["", "x".repeat(257), "x".repeat(1_000_000)]) assert.equal((await chat(house, { model })).status, 400);
    for (const path of ["x%0d%0aSet-Cookie:a=b", "__proto__", "%00", "x".repeat(3000), "..%2f..%2fadmin"]) {
      const response = await house.fetch(`/v1/models/${path}`);
      assert.ok([400, 404].includes(response.status), path.slice(0, 40));
      assert.equal(response.headers.get("set-cookie"), null);
    }
    assert.equal(upstream.received.length, 0);
  });

  it("names in the files cannot become headers of their own (header injection)", async () => {
    const folder = newFolder();
    const estate = estateWith([{ name: "cellar", url: upstream.url, kind: "own" }]);
    for (const [file, text] of [
      ["charter", charter.replace("  eu:", '  "eu\\r\\nx-evil: 1":')],
      ["charter", charter.replace("  eu:", '  "\u00e9u":')],
      ["charter", charter.replace("  own:", '  "__proto__":')],
      ["estate", estate.replace("name: cellar", 'name: "cellar\\r\\nx-evil: 1"')],
      ["estate", estate.replace("assistant:", '"assist\\nant":')],
      ["estate", estate.replace("served-as: served", 'served-as: "ser\\u0000ved"')],
    ] as const) {
      writeFileSync(join(folder, "charter.yaml"), file === "charter" ? text : charter);
      writeFileSync(join(folder, "estate.yaml"), file === "estate" ? text : estate);
      const { code, err } = await freehold(["check"], { cwd: folder });
      assert.equal(code, 2, text.slice(0, 400));
      assert.match(err, new RegExp(`${file}\\.yaml:\\d+:\\d+`));
    }
  });

  it("numbers out of any range are passed on or refused, and keep nobody waiting (llama.cpp CVE-2026-21869, vLLM CVE-2026-5497)", async () => {
    for (const more of [
      { n: 1e9 },
      { max_tokens: -1 },
      { n_discard: -5 },
      { top_logprobs: 1e6 },
      { temperature: -1e308 },
      { logit_bias: Object.fromEntries(Array.from({ length: 50_000 }, (_empty, id) => [id, -100])) },
    ]) {
      const response = await chat(house, more);
      assert.ok(response.status === 200 || response.status === 400, `${response.status}`);
      await response.arrayBuffer();
    }
    assert.equal((await chat(house, goodBody.replace("{", '{"n":1e99999,'))).status, 200, "a number that is infinite to us goes on as it is written");
    assert.equal((await chat(house, goodBody.replace("{", '{"n":NaN,'))).status, 400);
  });

  const megabyte = 1 << 20;
  const long: readonly (readonly [string, string])[] = [
    ["@ signs", "@".repeat(megabyte)],
    ["a@a.", "a@a.".repeat(megabyte / 4)],
    ["dots and dashes", "a.-".repeat(megabyte / 3)],
    ["digits", "1".repeat(megabyte)],
    ["digits with blanks", "4 ".repeat(megabyte / 2)],
    ["pluses", "+49 ".repeat(megabyte / 4)],
    ["DE and digits", "DE89 3704 ".repeat(megabyte / 10)],
    ["colons", "a:".repeat(megabyte / 2)],
    ["BEGIN", "-----BEGIN ".repeat(megabyte / 11)],
    ["password=", "password=".repeat(megabyte / 9)],
    ["data:", "data:image/png;base64,".repeat(megabyte / 22)],
    ["eyJ.", "eyJhbGciOi.".repeat(megabyte / 11)],
    ["backslashes", "\\".repeat(megabyte / 2)],
    ["quotes and brackets", '{"a":['.repeat(megabyte / 6)],
    ["escaped quotes", '\\"'.repeat(megabyte / 2)],
    ["https://a:a", "https://a:a".repeat(megabyte / 11)],
    ["null bytes", "\u0000".repeat(megabyte / 6)],
    ["Kelvin signs", "\u212a".repeat(megabyte / 3)],
  ];
  it(`a megabyte of each of ${long.length} tiresome patterns is answered soon (ReDoS)`, async (test) => {
    let slowest = ["", 0] as [string, number];
    for (const [name, content] of long) {
      const began = performance.now();
      const response = await chat(house, { messages: [{ role: "user", content }] });
      await response.arrayBuffer();
      const took = performance.now() - began;
      if (took > slowest[1]) slowest = [name, took];
      assert.ok(response.status === 200 || response.status === 403, `${name}: ${response.status}`);
      // Quadratic work on a megabyte takes minutes; this bound tells that from a busy machine.
      assert.ok(took < 10_000, `${name} took ${took} ms`);
    }
    test.diagnostic(`slowest: ${slowest[0]}, ${slowest[1].toFixed(0)} ms`);
  });

  it("ten thousand messages, a schema as deep as it may be, and one that is too deep (vLLM CVE-2026-44222)", async () => {
    const messages = Array.from({ length: 10_000 }, (_empty, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content: `line ${index}` }));
    const many = await chat(house, { messages });
    assert.equal(many.status, 200);
    await many.arrayBuffer();
    assert.equal((upstream.received[0]?.body.messages as unknown[] | undefined)?.length, 10_000);
    const schema = (depth: number): string => `${'{"properties":{"a":'.repeat(depth)}{}${"}}".repeat(depth)}`;
    const tool = (depth: number): string => goodBody.replace("{", `{"tools":[{"type":"function","function":{"name":"f","parameters":${schema(depth)}}}],`);
    assert.equal((await chat(house, tool(120))).status, 200);
    for (const depth of [130, 2_000, 100_000]) assert.equal((await chat(house, tool(depth))).status, 400, String(depth));
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_empty, index) => [`p${index}`, { type: "string" }]));
    assert.equal((await chat(house, { tools: [{ type: "function", function: { name: "f", parameters: { type: "object", properties: wide } } }] })).status, 200);
  });

  it("prompts of 32 KiB to 4 MB go through whole (envoy ai-gateway#827)", async () => {
    for (const size of [32 << 10, (32 << 10) + 1, 1 << 20, 4 << 20]) {
      upstream.received.length = 0;
      const body = JSON.stringify({ model: "assistant", messages: [{ role: "user", content: "word ".repeat(size / 5) }] });
      const response = await chat(house, body);
      assert.equal(response.status, 200);
      await response.arrayBuffer();
      assert.equal(upstream.received[0]?.raw.length, body.length - "assistant".length + "served".length);
    }
  });

  it("three hundred connections that never finish a request keep nobody waiting, and one that lost its client is let go (slowloris)", async () => {
    const { hostname, port } = new URL(house.address);
    const slow = await Promise.all(
      Array.from({ length: 300 }, async (_empty, index) => {
        const socket = connect(Number(port), hostname).on("error", () => undefined);
        await once(socket, "connect");
        socket.write(index % 2 === 0 ? "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-A: b" : `${chunkedHead()}4\r\n{"mo\r\n`);
        return socket;
      }),
    );
    const agent = new Agent({ keepAlive: true, maxSockets: 100 });
    const one = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = {
          authorization: `Bearer ${adminKey}`,
          "content-type": "application/json",
          "x-freehold-origin": "DE",
          "content-length": Buffer.byteLength(goodBody),
        };
        const request = httpRequest({ agent, hostname, port, path: "/v1/chat/completions", method: "POST", headers }, (response) => {
          response.resume().on("end", () => resolve(response.statusCode ?? 0));
        });
        request.on("error", reject).end(goodBody);
      });
    const statuses = await Promise.all(Array.from({ length: 400 }, one));
    agent.destroy();
    assert.deepEqual([...new Set(statuses)], [200]);
    for (const socket of slow) socket.destroy();
    await until(async () => /^freehold_requests_active 0$/m.test(await (await house.fetch("/metrics")).text()), "none of them counts as under way");
    assert.equal(upstream.received.length, 400);
  });
});
