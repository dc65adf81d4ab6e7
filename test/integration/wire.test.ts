import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import OpenAI from "openai";
import { charter, estateWith } from "./files.ts";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "./house.ts";
import { answering, chunk, done, json, startUpstream, type Upstream, until } from "./upstream.ts";

const ask = (extra: Record<string, unknown> = {}) => JSON.stringify({ model: "assistant", messages: [{ role: "user", content: "Hello" }], ...extra });

const post = (house: House, body: string, headers: Record<string, string> = {}, path = "/v1/chat/completions") =>
  house.fetch(path, { method: "POST", body, headers: { "x-freehold-origin": "DE", ...headers } });

interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
    readonly decision?: Record<string, unknown>;
  };
}

const errorOf = async (response: Response): Promise<ErrorBody["error"]> => ((await response.json()) as ErrorBody).error;

describe("the wire", () => {
  let upstream: Upstream;
  let sibling: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    sibling = await startUpstream(answering("From the sibling."));
    const more = ["timeouts: { connect: 1s, first-byte: 400ms, between-chunks: 400ms }", "retries: 0"];
    const backends = [
      { name: "first", url: upstream.url, kind: "own", more },
      { name: "second", url: sibling.url, kind: "own", more },
      { name: "abroad", url: sibling.url.replace("/v1", "/us"), kind: "american" },
    ] as const;
    house = await startHouse({ charter, estate: estateWith(backends) });
  });
  after(async () => {
    await house?.stop();
    await upstream?.close();
    await sibling?.close();
    await tidy();
  });

  const fresh = (): void => {
    upstream.received.length = 0;
    sibling.received.length = 0;
    upstream.behave(answering());
    sibling.behave(answering("From the sibling."));
  };

  it("answers with the decision in the headers", async () => {
    fresh();
    const response = await post(house, ask(), { "x-request-id": "my-own-id" });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("x-request-id"), "my-own-id");
    assert.match(response.headers.get("x-freehold-decision") ?? "", /^dec_[0-9A-Z]{26}$/);
    assert.equal(response.headers.get("x-freehold-class"), "public");
    assert.equal(response.headers.get("x-freehold-jurisdiction"), "eu");
    assert.equal(response.headers.get("x-freehold-backend"), "first");
    await response.arrayBuffer();
  });

  it("forwards a body that is not changed byte for byte, but for the served name", async () => {
    fresh();
    const body = `{ "temperature": 0.70,\n  "model" : "assistant", "messages":[{"role":"user","content":"Gr\\u00fc\\u00df Gott ü😀"}], "x_unknown": {"a": [1.0, 2e3]} }`;
    const response = await post(house, body);
    assert.equal(response.status, 200);
    assert.equal(upstream.received[0]?.raw.toString(), body.replace('"assistant"', '"served"'));
  });

  it("gives a backend only the headers that it needs: no key of a client, no hop-by-hop header, no header of the client's making", async () => {
    fresh();
    await (await post(house, ask(), { "x-api-key": "k", cookie: "c=1", "x-custom-host": "evil.example", forwarded: "for=1.2.3.4" })).arrayBuffer();
    const names = Object.keys(upstream.received[0]?.headers ?? {}).sort();
    assert.deepEqual(names, ["accept", "accept-encoding", "connection", "content-length", "content-type", "host", "user-agent", "x-request-id"]);
  });

  it("speaks with the openai package: chat, stream with usage, tools, embeddings, models, errors, abort", async () => {
    fresh();
    const client = new OpenAI({ apiKey: adminKey, baseURL: `${house.address}/v1`, defaultHeaders: { "x-freehold-origin": "DE" }, maxRetries: 0 });
    const chat = await client.chat.completions.create({ model: "assistant", messages: [{ role: "user", content: "Hello" }] });
    assert.equal(chat.choices[0]?.message.content, "Good day.");
    const usages: unknown[] = [];
    let text = "";
    const stream = await client.chat.completions.create({
      model: "assistant",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const part of stream) {
      text += part.choices[0]?.delta.content ?? "";
      usages.push(part.usage);
    }
    assert.equal(text, "Good day.");
    assert.deepEqual(
      usages.slice(0, -1),
      usages.slice(0, -1).map(() => null),
    );
    assert.equal((usages.at(-1) as { total_tokens: number }).total_tokens, 8);
    const embedding = await client.embeddings.create({ model: "assistant", input: "text", encoding_format: "float" });
    assert.deepEqual(embedding.data[0]?.embedding, [0.1, 0.2]);
    const listed = await client.models.list();
    assert.deepEqual(
      listed.data.map(({ id, object }) => [id, object]),
      [["assistant", "model"]],
    );
    assert.equal((await client.models.retrieve("assistant")).id, "assistant");
    await assert.rejects(
      client.models.retrieve("nobody"),
      (error: InstanceType<typeof OpenAI.NotFoundError>) => error.status === 404 && error.code === "model_not_found",
    );
    await assert.rejects(
      client.chat.completions.create({ model: "nobody", messages: [{ role: "user", content: "x" }] }),
      (error: InstanceType<typeof OpenAI.APIError>) => error.status === 404 && error.code === "model_not_found" && error.requestID !== null,
    );
    await assert.rejects(
      new OpenAI({ apiKey: "fh_wrong", baseURL: `${house.address}/v1`, maxRetries: 0 }).models.list(),
      (error: InstanceType<typeof OpenAI.AuthenticationError>) => error.status === 401 && error.code === "invalid_api_key",
    );
  });

  it("keeps tool calls whole: integer indexes, arguments as they came", async () => {
    fresh();
    const call = (index: number, piece: Record<string, unknown>) =>
      `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "served", choices: [{ index: 0, delta: { tool_calls: [{ index, ...piece }] }, finish_reason: null }] })}\n\n`;
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("").replace('{"content":""}', '{"role":"assistant","content":null}'));
      response.write(call(0, { id: "call_a", type: "function", function: { name: "one", arguments: "" } }));
      response.write(call(0, { function: { arguments: '{"x":' } }));
      response.write(call(1, { id: "call_b", type: "function", function: { name: "two", arguments: '{"y":2}' } }));
      response.write(call(0, { function: { arguments: "1}" } }));
      response.write(chunk("").replace('"finish_reason":null', '"finish_reason":"tool_calls"'));
      response.end(done);
    });
    const client = new OpenAI({ apiKey: adminKey, baseURL: `${house.address}/v1`, defaultHeaders: { "x-freehold-origin": "DE" } });
    const run = client.chat.completions.stream({ model: "assistant", messages: [{ role: "user", content: "x" }], tools: [] });
    const { tool_calls: calls } = (await run.finalChatCompletion()).choices[0]?.message ?? {};
    assert.deepEqual(
      calls?.map((one) => one.type === "function" && [one.id, one.function.name, one.function.arguments]),
      [
        ["call_a", "one", '{"x":1}'],
        ["call_b", "two", '{"y":2}'],
      ],
    );
  });

  it("ends a cut stream with an error event and without [DONE], and records it as cut", async () => {
    fresh();
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("Half a "));
      response.write('data: {"choices":[{"del', () => response.destroy());
    });
    const response = await post(house, ask({ stream: true }), { "x-request-id": "cut-stream" });
    const text = await response.text();
    assert.ok(text.startsWith(chunk("Half a ")));
    assert.doesNotMatch(text, /\[DONE\]/);
    const last = text.trimEnd().split("\n\n").at(-1) ?? "";
    const { error } = JSON.parse(last.replace(/^data: /, "")) as ErrorBody;
    assert.equal(error.code, "backend_cut");
    assert.equal(error.param, null);
    assert.equal(sibling.received.length, 0, "after the first byte there is no other backend");
    await until(async () => (await ledgerOf(house, "--request", "cut-stream")).length === 2, "the outcome is recorded");
    const [, outcome] = await ledgerOf(house, "--request", "cut-stream");
    assert.equal(outcome?.status, "cut");
  });

  it("does not take a stream that just ends for a complete one", async () => {
    fresh();
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(chunk("Half a "));
    });
    const text = await (await post(house, ask({ stream: true }))).text();
    assert.match(text, /"code":"backend_cut"/);
    assert.doesNotMatch(text, /\[DONE\]/);
  });

  it("bounds a backend that is silent before its answer, and asks the permitted sibling", async () => {
    fresh();
    upstream.behave(() => undefined);
    const response = await post(house, ask());
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("x-freehold-backend"), "second");
    await response.arrayBuffer();
    await until(() => upstream.received[0]?.cancelled === true, "the silent backend is let go");
  });

  it("bounds a backend that falls silent in the middle of a stream", async () => {
    fresh();
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("Half a "));
    });
    assert.match(await (await post(house, ask({ stream: true }))).text(), /"code":"backend_(timeout|cut)"/);
  });

  it("goes to the permitted sibling after a 500, and never to one that is not permitted", async () => {
    fresh();
    upstream.behave((_received, response) => json(response, 500, { error: { message: "boom" } }));
    const response = await post(house, ask());
    assert.equal(response.headers.get("x-freehold-backend"), "second");
    await response.arrayBuffer();
    sibling.behave((_received, answer) => json(answer, 500, { error: { message: "boom" } }));
    const refused = await post(house, ask());
    assert.equal(refused.status, 502);
    const error = await errorOf(refused);
    assert.deepEqual([error.code, error.type, error.param], ["backend_failed", "backend_failed", null]);
    assert.equal(sibling.received.filter(({ path }) => path.startsWith("/us")).length, 0);
  });

  it("lets another backend answer when a stream begins with an error, since the client has seen nothing yet", async () => {
    fresh();
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end('data: {"error":{"message":"overloaded"}}\n\n');
    });
    const response = await post(house, ask({ stream: true }));
    assert.equal(response.headers.get("x-freehold-backend"), "second");
    assert.match(await response.text(), /sibling/);
  });

  it("turns an error inside a 200 into an error", async () => {
    fresh();
    const hidden = (_received: unknown, response: Parameters<typeof json>[0]) => json(response, 200, { error: { message: "hidden" } });
    upstream.behave(hidden);
    sibling.behave(hidden);
    assert.equal((await post(house, ask())).status, 502);
  });

  it("hands a backend's own 400 to the client in OpenAI's shape, and asks nobody else", async () => {
    fresh();
    upstream.behave((_received, response) => json(response, 400, { detail: "max_tokens is too large" }));
    const response = await post(house, ask());
    assert.equal(response.status, 400);
    assert.deepEqual(await errorOf(response), { message: "max_tokens is too large", type: "invalid_request_error", param: null, code: null });
    assert.equal(sibling.received.length, 0);
  });

  it("does not tell a client that its key is wrong when it is ours, and asks nobody else", async () => {
    fresh();
    upstream.behave((_received, response) => json(response, 401, { error: { message: "Incorrect API key provided: sk-abc" } }));
    const response = await post(house, ask());
    assert.equal(response.status, 502);
    assert.doesNotMatch(JSON.stringify(await errorOf(response)), /sk-abc/);
    assert.equal(sibling.received.length, 0);
  });

  it("lets a 429 go on to the permitted sibling, and hands on Retry-After where all are limited, in streams too", async () => {
    fresh();
    upstream.behave((_received, response) => json(response, 429, { error: { message: "slow down" } }, { "retry-after": "7" }));
    const passed = await post(house, ask());
    assert.equal(passed.headers.get("x-freehold-backend"), "second");
    await passed.arrayBuffer();
    sibling.behave((_received, response) => json(response, 429, { error: { message: "slow down" } }));
    for (const stream of [false, true]) {
      const limited = await post(house, ask({ stream }));
      assert.equal(limited.status, 429);
      assert.equal(limited.headers.get("retry-after"), "7");
      assert.equal((await errorOf(limited)).code, "rate_limited");
    }
  });

  it("cancels the backend's work when the client leaves, and records it as cut", async () => {
    fresh();
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => response.write(chunk("word ")), 20);
      response.on("close", () => clearInterval(timer));
    });
    const leave = new AbortController();
    const response = await house.fetch("/v1/chat/completions", {
      method: "POST",
      body: ask({ stream: true }),
      headers: { "x-freehold-origin": "DE", "x-request-id": "leaver" },
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    leave.abort();
    await until(() => upstream.received[0]?.cancelled === true, "the backend sees the client leave");
    await until(async () => (await ledgerOf(house, "--request", "leaver")).length === 2, "the outcome is recorded");
    const [, outcome] = await ledgerOf(house, "--request", "leaver");
    assert.deepEqual([outcome?.status, outcome?.code], ["cut", "client_closed"]);
    assert.equal(outcome?.estimated, true);
    assert.ok(Number(outcome?.outputTokens) > 0, "a stream without usage is not charged zero");
  });

  it("refuses every field by which other gateways let a client move the destination", async () => {
    fresh();
    for (const field of ["api_base", "base_url", "extra_headers", "api_key", "fallbacks", "custom_llm_provider"]) {
      const response = await post(house, ask({ [field]: "http://169.254.169.254/" }));
      assert.equal(response.status, 400, field);
      const error = await errorOf(response);
      assert.deepEqual([error.code, error.param], ["destination_override", field]);
    }
    assert.equal((await post(house, ask({ tools: [{ type: "mcp", server_url: "http://evil.example" }] }))).status, 400);
    assert.equal(upstream.received.length, 0);
  });

  it("takes prompts of 4 MB and refuses bodies of 100 MB", async () => {
    fresh();
    const large = ask({ messages: [{ role: "user", content: "word ".repeat(800_000) }] });
    assert.equal((await post(house, large)).status, 200);
    assert.equal(upstream.received[0]?.raw.length, large.length - "assistant".length + "served".length);
    const huge = await post(house, `"${"x".repeat(100 << 20)}"`).catch((error: unknown) => error);
    if (huge instanceof Response) assert.equal(huge.status, 413);
    assert.equal((await post(house, ask())).status, 200);
  });
});
