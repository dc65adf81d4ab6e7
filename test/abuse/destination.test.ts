import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { parseEstate } from "#charter";
import { charter, estateWith } from "../integration/files.ts";
import { freehold, type House, newFolder, startHouse, tidy } from "../integration/house.ts";
import { chunk, done, startUpstream, type Upstream } from "../integration/upstream.ts";
import { chat, errorOf } from "../operation/asking.ts";
import { completion, goodBody, type RawUpstream, rawAnswer, startRawUpstream } from "./sockets.ts";

const credential = "sk-upstream-credential-0123456789";
const json = "Content-Type: application/json";

describe("the destination", () => {
  let upstream: RawUpstream;
  let elsewhere: Upstream;
  let house: House;
  before(async () => {
    upstream = await startRawUpstream();
    elsewhere = await startUpstream();
    house = await startHouse({
      charter,
      estate: estateWith([
        {
          name: "cellar",
          url: upstream.url,
          kind: "own",
          more: ["credential: env:UPSTREAM_KEY", "retries: 0", "timeouts: { connect: 1s, first-byte: 500ms, between-chunks: 500ms }"],
        },
      ]),
      env: { UPSTREAM_KEY: credential, HTTP_PROXY: elsewhere.url, http_proxy: elsewhere.url, HTTPS_PROXY: elsewhere.url, ALL_PROXY: elsewhere.url },
    });
  });
  after(async () => {
    assert.equal(elsewhere.received.length, 0, "nothing of all this went elsewhere");
    await tidy();
    await upstream?.close();
    await elsewhere?.close();
  });
  beforeEach(async () => {
    upstream.behave((socket) => socket.write(rawAnswer(completion())));
    // A good answer closes the circuit that the test before may have brought near to opening.
    assert.equal((await chat(house)).status, 200);
    upstream.requests.length = 0;
  });

  it("comes from the estate alone, proxies in the environment or not: body fields of other gateways are refused (CVE-2024-6587, litellm#24952, #37053; MLflow GHSA-h7x2-h6g9-p789)", async () => {
    const to = `http://127.0.0.1:${elsewhere.port}/v1`;
    const fields: readonly (readonly [string, unknown])[] = [
      ...["api_base", "base_url", "api_url", "custom_host", "azure_endpoint", "endpoint", "proxy", "url", "server_url", "webhook_url", "callback_url"].map(
        (name) => [name, to] as const,
      ),
      ["extra_headers", { host: "evil.example" }],
      ["headers", { authorization: "x" }],
      ["api_key", "sk-other"],
      ["custom_llm_provider", "openai"],
      ["provider", { order: ["x"] }],
      ["models", ["other"]],
      ["fallbacks", [{ model: "other" }]],
      ["route", "fallback"],
      ["litellm_params", { api_base: to }],
      ["user_config", { model_list: [{ litellm_params: { api_base: to } }] }],
      ["kv_transfer_params", { remote_host: "127.0.0.1", remote_port: elsewhere.port }],
      ["mcp_servers", [{ type: "url", url: to }]],
      ["tools", [{ type: "mcp", server_label: "x", server_url: to }]],
      ["tools", [{ type: "mcp", server_label: "x", connector_id: "connector_gmail" }]],
      ["API_BASE", to],
    ];
    for (const [field, value] of fields) {
      const response = await chat(house, { [field]: value });
      assert.equal(response.status, 400, field);
      assert.equal((await errorOf(response)).code, "destination_override", field);
    }
    assert.equal(upstream.requests.length, 0);
  });

  it("a client's own credential and hop-by-hop headers stay behind; the backend's own goes only to it (litellm#37053)", async () => {
    await chat(house, {}, { "x-api-key": "sk-client", "proxy-authorization": "Basic eA==", te: "trailers", "x-amz-security-token": "t" });
    const [head = ""] = (upstream.requests[0] ?? "").split("\r\n\r\n");
    assert.match(head, new RegExp(`^authorization: Bearer ${credential}$`, "im"));
    assert.doesNotMatch(head, /sk-client|proxy-authorization|^te:|amz|x-freehold/im);
    assert.match(head, new RegExp(`^host: ${new URL(upstream.url).host}$`, "im"));
  });

  for (const status of [301, 302, 303, 307, 308, 300, 304]) {
    it(`a redirect (${status}) is not followed, and no credential goes after it (vLLM CVE-2026-24779; Open WebUI CVE-2026-45400)`, async () => {
      for (const location of [`http://127.0.0.1:${elsewhere.port}/v1/chat/completions`, `//127.0.0.1:${elsewhere.port}/`, "/v1/elsewhere"]) {
        upstream.behave((socket) => socket.write(rawAnswer(status === 304 ? "" : "{}", [json, `Location: ${location}`], `${status} Moved`)));
        const response = await chat(house);
        assert.equal(response.status, 502);
        assert.equal(response.headers.get("location"), null);
        const text = await response.text();
        assert.equal(text.includes(credential) || text.includes(String(elsewhere.port)), false);
        upstream.behave((socket) => socket.write(rawAnswer(completion())));
        assert.equal((await chat(house)).status, 200);
      }
      assert.equal(elsewhere.received.length, 0);
      assert.equal(upstream.requests.filter((request) => request.includes("elsewhere")).length, 0);
    });
  }

  it("what a backend says in its headers never becomes a header of the answer (response splitting)", async () => {
    const forged = [
      "Set-Cookie: session=evil",
      "X-Freehold-Backend: forged",
      "X-Freehold-Class: public",
      "x-request-id: forged",
      "Access-Control-Allow-Origin: *",
      "Server: x",
      "Refresh: 0;url=http://evil.example",
      "Connection: x-forged",
      "X-Forged: 1",
    ];
    for (const stream of [false, true]) {
      upstream.behave((socket) =>
        socket.write(stream ? rawAnswer(chunk("Hi") + done, ["Content-Type: text/event-stream", ...forged]) : rawAnswer(completion(), [json, ...forged])),
      );
      const response = await chat(house, { stream }, { "x-request-id": "mine" });
      assert.equal(response.status, 200);
      await response.text();
      for (const name of ["set-cookie", "access-control-allow-origin", "server", "refresh", "x-forged"]) assert.equal(response.headers.get(name), null, name);
      assert.deepEqual(
        ["x-freehold-backend", "x-request-id"].map((name) => response.headers.get(name)),
        ["cellar", "mine"],
      );
    }
  });

  it("a media type of a backend's making neither splits the answer nor makes a page of it (response splitting)", async () => {
    for (const type of [
      "application/json\u00e9",
      "application/json; x=\u00ff\u0080",
      "text/html; x=json",
      "application/json\tx",
      "application/json; charset=utf-8",
      "application/problem+json",
      "x/javascript-json",
    ]) {
      upstream.behave((socket) => void socket.write(Buffer.from(rawAnswer(completion("<script>"), [`Content-Type: ${type}`]), "latin1")));
      const response = await chat(house);
      const told = response.headers.get("content-type") ?? "";
      assert.match(told, /^application\/json(?:; charset=utf-8)?$/, type);
      assert.ok([200, 502].includes(response.status), `${type}: ${response.status}`);
      await response.text();
    }
    assert.match(await (await house.fetch("/metrics")).text(), /^freehold_internal_errors_total 0$/m);
  });

  it("broken, doubled and endless answers are the backend's fault, soon told, and the next request is answered (undici CVE-2026-1525)", async () => {
    const body = completion();
    const cases: readonly (readonly [string, string])[] = [
      ["two lengths", rawAnswer(body, [json, "Content-Length: 5"])],
      ["a length and a transfer coding", rawAnswer(body, [json, "Transfer-Encoding: chunked"])],
      ["a blank before the colon", `HTTP/1.1 200 OK\r\n${json}\r\nContent-Length : ${body.length}\r\n\r\n${body}`],
      ["a folded header", `HTTP/1.1 200 OK\r\n${json};\r\n charset=x\r\nContent-Length: ${body.length}\r\n\r\n${body}x`],
      ["no HTTP", "hello\r\n\r\n"],
      ["a header without end", `HTTP/1.1 200 OK\r\nX: ${"y".repeat(100_000)}\r\n\r\n`],
      ["ten thousand headers", `HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(10_000)}\r\n`],
      ["a length that is too long", `HTTP/1.1 200 OK\r\n${json}\r\nContent-Length: 99999\r\n\r\n${body}`],
      ["a chunk size that is none", `HTTP/1.1 200 OK\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${body}\r\n0\r\n\r\n`],
      ["an encoding that lies", rawAnswer(body, [json, "Content-Encoding: gzip"])],
      ["an encoding that nobody knows", rawAnswer(body, [json, "Content-Encoding: x-zip"])],
      ["no body", rawAnswer("", [json])],
      ["no content", `HTTP/1.1 204 No Content\r\n\r\n`],
      ["a list", rawAnswer("[]", [json])],
      ["half of it", rawAnswer(body.slice(0, 40), [json])],
      ["an upgrade", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"],
      ["interim answers without end", "HTTP/1.1 102 Processing\r\n\r\n".repeat(50)],
    ];
    for (const [name, bytes] of cases) {
      upstream.behave((socket) => void socket.write(bytes));
      const response = await chat(house);
      await response.text();
      assert.ok(response.status === 502 || response.status === 504, `${name}: ${response.status}`);
      upstream.behave((socket) => void socket.write(rawAnswer(body)));
      const next = await chat(house);
      assert.equal(next.status, 200, `after ${name}`);
      assert.equal(await next.text(), body);
    }
  });

  it("what a backend says unasked on an idle connection reaches nobody (Node CVE-2026-48931; undici CVE-2026-1525)", async () => {
    const wanted = rawAnswer(completion("wanted"));
    const unasked = rawAnswer(completion("somebody else's"));
    const ways: readonly ((socket: Socket) => void)[] = [
      (socket) => socket.write(wanted + unasked),
      (socket) => {
        socket.write(wanted);
        socket.write(unasked);
      },
      (socket) => {
        socket.write(wanted);
        setTimeout(() => socket.write(unasked), 10);
      },
      (socket) => {
        socket.write(wanted);
        setTimeout(() => socket.write(unasked.slice(0, 30)), 10);
      },
    ];
    for (const way of ways) {
      upstream.behave(way);
      for (let round = 0; round < 10; round += 1) {
        const response = await chat(house);
        assert.equal(response.status, 200);
        assert.match(await response.text(), /"wanted"/);
        // What comes while a request is under way on the same connection is its answer, for all that HTTP/1.1 can tell.
        await delay(20);
      }
    }
  });

  it("a URL that two readers could take for two hosts is refused before anything starts (Open WebUI CVE-2026-45400, -45401)", async () => {
    const urls = [
      "http://good.example@evil.example/v1",
      "http://good.example:80@evil.example/v1",
      "http://good.example\\\\@evil.example/v1",
      "http://evil.example\\\\good.example/v1",
      "http://good.example%2f@evil.example/v1",
      "http://%65vil.example/v1",
      "http://0x7f.1/v1",
      "http://2130706433/v1",
      "http://0177.0.0.1/v1",
      "http://127.1/v1",
      "http:///evil.example/v1",
      "http:evil.example/v1",
      "http://good.example#@evil.example/v1",
      "http://good.example?x=@evil.example/v1",
      "http://\uff45vil.example/v1",
      "http://evil\u3002example/v1",
      "http://evil.example/v1/../../x",
      "http://evil.example/%2e%2e/x",
      "http://evil.example:0/v1",
      "http://evil.example:99999/v1",
      "gopher://evil.example/v1",
      "file:///etc/passwd",
      "http://[::ffff:127.0.0.1]/v1",
      "http://evil.exam\\tple/v1",
      " http://evil.example/v1",
    ];
    const estate = (url: string): string => estateWith([{ name: "odd", url: `"${url}"`, kind: "own" }]);
    assert.ok(parseEstate(estate("http://good.example:8000/v1"), "estate.yaml").ok);
    for (const url of urls) {
      const parsed = parseEstate(estate(url), "estate.yaml");
      assert.ok(!parsed.ok, url);
      assert.match(parsed.error[0]?.path ?? "", /url/);
    }
    const folder = newFolder();
    writeFileSync(join(folder, "charter.yaml"), charter);
    writeFileSync(join(folder, "estate.yaml"), estate("http://good.example\\\\@evil.example/v1"));
    for (const command of ["check", "up"]) {
      const { code, err } = await freehold([command], { cwd: folder });
      assert.equal(code, 2, err);
      assert.match(err, /estate\.yaml:\d+:\d+: error: .*url/);
    }
  });

  it("a body that is not changed reaches the backend byte for byte, whatever it holds (prototype pollution, parser differentials)", async () => {
    for (const more of [
      '"__proto__":{"model":"other","stream":true,"api_base":"x"}',
      '"constructor":{"prototype":{"model":"other"}}',
      '"toString":1,"hasOwnProperty":"x"',
      '"n":1000000000,"max_tokens":-1,"n_discard":-5,"top_logprobs":1e308,"seed":123456789012345678901234567890',
      '"temperature":-0.0,"x":[1.0,1E2,0.1e-7]',
      '"logit_bias":{"50256":-100}',
      '"\\u0000":"\\u0000\\ud800"',
    ]) {
      const body = goodBody.replace("{", `{${more},`);
      const response = await chat(house, body);
      assert.equal(response.status, 200, more);
      await response.text();
      const [, sent = ""] = (upstream.requests.at(-1) ?? "").split("\r\n\r\n");
      assert.equal(sent, body.replace('"assistant"', '"served"'));
    }
    assert.equal(({} as Record<string, unknown>).model, undefined);
  });
});
