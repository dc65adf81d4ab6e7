import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { callPiece, completing, delta, done, finish, streaming, usageEvent } from "./chat-scripts.ts";
import { charter, estateWith } from "./files.ts";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "./house.ts";
import { json, startUpstream, type Upstream, until } from "./upstream.ts";

const tool = { name: "weather", description: "Tells the weather.", input_schema: { type: "object", properties: { city: { type: "string" } } } } as const;
const hello = [{ role: "user", content: "Hello" }] as const;

interface ErrorBody {
  readonly type: string;
  readonly request_id: string;
  readonly error: { readonly type: string; readonly message: string; readonly param: string | null; readonly code: string | null; readonly decision?: object };
}

describe("the Messages API", () => {
  let upstream: Upstream;
  let house: House;
  let client: Anthropic;
  const ask = { model: "assistant", max_tokens: 100, messages: [...hello] };
  before(async () => {
    upstream = await startUpstream();
    const more = ["retries: 0", "timeouts: { first-byte: 400ms, between-chunks: 400ms }"];
    house = await startHouse({ charter, estate: estateWith([{ name: "own", url: upstream.url, kind: "own", more }]) });
    client = new Anthropic({ apiKey: adminKey, baseURL: house.address, defaultHeaders: { "x-freehold-origin": "DE" }, maxRetries: 0 });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  const fresh = (): void => {
    upstream.received.length = 0;
  };
  const sent = () => upstream.received.at(-1)?.body ?? {};
  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    house.fetch("/v1/messages", { method: "POST", body: JSON.stringify(body), headers: { "x-freehold-origin": "DE", ...headers } });

  it("answers the anthropic package with x-api-key: text, system, stop reason, usage with the cache apart", async () => {
    fresh();
    upstream.behave(completing({ content: "Good day.", reasoning_content: "not asked for" }));
    const message = await client.messages.create({
      ...ask,
      system: [
        { type: "text", text: "Be kind.", cache_control: { type: "ephemeral" } },
        { type: "text", text: "Be short." },
      ],
      stop_sequences: ["END"],
      metadata: { user_id: "u1" },
    });
    assert.deepEqual(message.content, [{ type: "text", text: "Good day.", citations: null }]);
    assert.match(message.id, /^msg_[0-9A-Z]{26}$/);
    assert.partialDeepStrictEqual(message, { type: "message", role: "assistant", model: "assistant", stop_reason: "end_turn", stop_sequence: null });
    assert.partialDeepStrictEqual(message.usage, {
      input_tokens: 8,
      cache_read_input_tokens: 3,
      output_tokens: 7,
      output_tokens_details: { thinking_tokens: 2 },
    });
    assert.ok(message._request_id?.startsWith("req_"));
    assert.deepEqual(sent(), {
      model: "served",
      messages: [
        { role: "system", content: "Be kind.\n\nBe short." },
        { role: "user", content: "Hello" },
      ],
      max_tokens: 100,
      stop: ["END"],
    });
    assert.equal(upstream.received[0]?.headers["x-api-key"], undefined, "no header of the client leaves");
  });

  it("takes the key from either header, and neither two different ones nor a wrong one", async () => {
    upstream.behave(completing({ content: "Good day." }));
    const send = (headers: Record<string, string>) =>
      fetch(`${house.address}/v1/messages`, {
        method: "POST",
        body: JSON.stringify(ask),
        headers: { "content-type": "application/json", "x-freehold-origin": "DE", ...headers },
      });
    const statuses: number[] = [];
    for (const headers of [
      { "x-api-key": adminKey },
      { authorization: `Bearer ${adminKey}` },
      { "x-api-key": adminKey, authorization: `Bearer ${adminKey}` },
      { "x-api-key": adminKey, authorization: "Bearer fh_other" },
      { "x-api-key": "fh_wrong" },
      {},
    ])
      statuses.push((await send(headers as Record<string, string>)).status);
    assert.deepEqual(statuses, [200, 200, 200, 400, 401, 401]);
    const chat = await fetch(`${house.address}/v1/chat/completions`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", "x-api-key": adminKey },
    });
    assert.equal(chat.status, 401, "elsewhere a key is a bearer token");
  });

  it("keeps a whole conversation: calls in parallel and their results, images, documents, what the model thought left out", async () => {
    fresh();
    upstream.behave(completing({ content: "Both are fine." }));
    await client.messages.create({
      ...ask,
      messages: [
        { role: "user", content: "Weather?" },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "secret thoughts", signature: "" },
            { type: "text", text: "I look.", citations: null },
            { type: "tool_use", id: "toolu_a", name: "weather", input: { city: "Köln" }, caller: { type: "direct" } },
            { type: "tool_use", id: "toolu_b", name: "weather", input: { city: "Bonn" } },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "toolu_a", content: [{ type: "text", text: "sun" }] },
            { type: "tool_result", tool_use_id: "toolu_b", content: "no such city", is_error: true },
            { type: "text", text: "So?" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
            { type: "document", title: "Report", source: { type: "text", media_type: "text/plain", data: "It rained." } },
            { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBE" } },
          ],
        },
      ],
      tools: [{ ...tool, strict: true }],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
      thinking: { type: "enabled", budget_tokens: 8000 },
      output_config: { format: { type: "json_schema", schema: { type: "object" } } },
    });
    const call = (id: string, city: string) => ({ id, type: "function", function: { name: "weather", arguments: JSON.stringify({ city }) } });
    assert.deepEqual(sent(), {
      model: "served",
      messages: [
        { role: "user", content: "Weather?" },
        { role: "assistant", content: "I look.", tool_calls: [call("toolu_a", "Köln"), call("toolu_b", "Bonn")] },
        { role: "tool", tool_call_id: "toolu_a", content: "sun" },
        { role: "tool", tool_call_id: "toolu_b", content: "Error:\nno such city" },
        {
          role: "user",
          content: [
            { type: "text", text: "So?" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
            { type: "text", text: "Report" },
            { type: "text", text: "It rained." },
            { type: "file", file: { file_data: "data:application/pdf;base64,JVBE" } },
          ],
        },
      ],
      max_tokens: 100,
      reasoning_effort: "medium",
      response_format: { type: "json_schema", json_schema: { name: "output", schema: { type: "object" }, strict: true } },
      tools: [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: tool.input_schema, strict: true } }],
      tool_choice: "required",
      parallel_tool_calls: false,
    });
  });

  const script =
    delta({ role: "assistant", content: "" }) +
    delta({ reasoning_content: "Hm, " }) +
    delta({ reasoning_content: "ja." }) +
    delta({ content: "Grüße 🌍" }) +
    delta({ content: " aus Köln." }) +
    callPiece(0, "", { id: "call_a", name: "weather" }) +
    callPiece(0, '{"city":"Kö') +
    callPiece(1, "", { id: "call_b", name: "weather" }) +
    callPiece(1, '{"city":') +
    callPiece(0, 'ln"}') +
    callPiece(1, '"Bonn"}') +
    finish("tool_calls") +
    usageEvent +
    done;

  it("streams with the anthropic package, one block after another, however the backend's bytes are cut and its calls are mixed", async () => {
    const seen: string[] = [];
    for (const size of [1, 5, 4096]) {
      upstream.behave(streaming(script, size));
      const stream = client.messages.stream({ ...ask, tools: [tool], thinking: { type: "enabled", budget_tokens: 2000 } });
      const types: string[] = [];
      stream.on("streamEvent", (event) => {
        if (event.type === "content_block_delta" && types.at(-1) === event.delta.type) return;
        types.push(event.type === "content_block_delta" ? event.delta.type : event.type);
      });
      const message = await stream.finalMessage();
      assert.deepEqual(
        message.content.map((block) =>
          block.type === "text" ? block.text : block.type === "thinking" ? block.thinking : block.type === "tool_use" ? [block.id, block.input] : block.type,
        ),
        ["Hm, ja.", "Grüße 🌍 aus Köln.", ["call_a", { city: "Köln" }], ["call_b", { city: "Bonn" }]],
      );
      assert.equal(message.stop_reason, "tool_use");
      assert.partialDeepStrictEqual(message.usage, { input_tokens: 8, output_tokens: 7, cache_read_input_tokens: 3 });
      seen.push(types.join(" "));
    }
    assert.equal(new Set(seen).size, 1);
    assert.deepEqual(seen[0]?.split(" "), [
      "message_start",
      ...["content_block_start", "thinking_delta", "signature_delta", "content_block_stop"],
      ...["content_block_start", "text_delta", "content_block_stop"],
      ...["content_block_start", "input_json_delta", "content_block_stop"],
      ...["content_block_start", "input_json_delta", "content_block_stop"],
      "message_delta",
      "message_stop",
    ]);
  });

  it("shows what a model thinks to those alone who asked for it", async () => {
    upstream.behave(streaming(script));
    const message = await client.messages.stream({ ...ask, tools: [tool] }).finalMessage();
    assert.deepEqual(
      message.content.map(({ type }) => type),
      ["text", "tool_use", "tool_use"],
    );
  });

  it("tells why it stopped: end, limit, stop sequence where the backend says so, call, filter", async () => {
    const cases = [
      ["stop", {}, "end_turn", null],
      ["length", {}, "max_tokens", null],
      ["stop", { stop_reason: "END" }, "stop_sequence", "END"],
      ["stop", { stop_reason: 151_645 }, "end_turn", null],
      ["content_filter", {}, "refusal", null],
    ] as const;
    for (const [reason, choice, told, sequence] of cases) {
      upstream.behave(completing({ content: "So" }, { finish_reason: reason, ...choice }));
      const whole = await client.messages.create(ask);
      upstream.behave(streaming(delta({ content: "So" }) + finish(reason, choice) + usageEvent + done));
      const streamed = await client.messages.stream(ask).finalMessage();
      for (const message of [whole, streamed]) assert.deepEqual([message.stop_reason, message.stop_sequence], [told, sequence]);
    }
    const call = (args: string) => ({ content: null, tool_calls: [{ id: "call_a", type: "function", function: { name: "weather", arguments: args } }] });
    upstream.behave(completing(call("")));
    const called = await client.messages.create(ask);
    assert.equal(called.stop_reason, "tool_use", "although the backend says stop");
    assert.partialDeepStrictEqual(called.content, [{ type: "tool_use", id: "call_a", name: "weather", input: {} }]);
    upstream.behave(completing(call('{"city":"Kö'), { finish_reason: "length" }));
    assert.deepEqual((await client.messages.create(ask)).content, [], "a call that was cut off cannot be made");
    upstream.behave(completing(call('["no object"]')));
    await assert.rejects(client.messages.create(ask), (error: InstanceType<typeof Anthropic.APIError>) => error.status === 502);
  });

  it("never lets a stream that broke off look complete: cut, silence, error event, garbage, in Anthropic's words", async () => {
    const begun = delta({ content: "Half a " });
    const endings = [
      begun,
      `${begun}data: {"error":{"message":"boom"}}\n\n${done}`,
      `${begun}data: {garbage\n\n${done}`,
      `${begun}${callPiece(0, "{}")}${done}`,
    ];
    for (const [index, text] of endings.entries()) {
      upstream.behave(streaming(text));
      await assert.rejects(client.messages.stream(ask).finalMessage(), (error: InstanceType<typeof Anthropic.APIError>) => error.type === "api_error");
      upstream.behave(streaming(text));
      const id = `cut-message-${index}`;
      const raw = await (await post({ ...ask, stream: true }, { "x-request-id": id })).text();
      assert.doesNotMatch(raw, /message_stop|\[DONE\]/);
      const last = raw.trimEnd().split("\n\n").at(-1) ?? "";
      assert.ok(last.startsWith("event: error\ndata: "));
      const body = JSON.parse(last.split("\n")[1]?.slice(6) ?? "") as ErrorBody;
      assert.deepEqual([body.type, body.error.param, body.request_id], ["error", null, id]);
    }
    const cut = async () => (await ledgerOf(house)).filter(({ requestId, status }) => String(requestId).startsWith("cut-message-") && status === "cut");
    await until(async () => (await cut()).length === endings.length, "each is recorded as cut");
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(begun);
    });
    await assert.rejects(client.messages.stream(ask).finalMessage(), Anthropic.APIError);
  });

  it("tells errors so that both the contract and Anthropic's clients read them", async () => {
    const seen: unknown[] = [];
    const note = async (response: Response): Promise<ErrorBody> => {
      const body = (await response.json()) as ErrorBody;
      seen.push([response.status, body.type, body.error.type, body.error.code, body.error.param]);
      assert.deepEqual([response.headers.get("request-id"), response.headers.get("x-request-id")], [body.request_id, body.request_id]);
      return body;
    };
    const refused = await note(await post(ask, { "x-freehold-origin": "US" }));
    assert.equal(typeof refused.error.decision, "object");
    await note(await post({ ...ask, model: "nobody" }));
    await note(await post(ask, { authorization: "Bearer fh_wrong" }));
    await note(await post({ ...ask, max_tokens: undefined }));
    await note(await house.fetch("/v1/messages", { method: "POST", body: "{", headers: { "x-freehold-origin": "DE" } }));
    await note(await house.fetch("/v1/messages", { method: "POST", body: "x", headers: { "content-type": "text/plain" } }));
    await note(await house.fetch("/v1/messages"));
    await note(await house.fetch("/v1/messages/count_tokens", { method: "POST", body: "{}" }));
    upstream.behave((_received, response) => json(response, 400, { error: { message: "too long", code: "context_length_exceeded" } }));
    await note(await post(ask));
    upstream.behave((_received, response) => json(response, 429, { error: { message: "slow" } }, { "retry-after": "7" }));
    const limited = await post(ask);
    assert.equal(limited.headers.get("retry-after"), "7");
    await note(limited);
    upstream.behave((_received, response) => json(response, 500, {}));
    await note(await post(ask));
    assert.deepEqual(seen, [
      [403, "error", "sovereignty_refusal", "unknown_origin", null],
      [404, "error", "not_found_error", "model_not_found", null],
      [401, "error", "authentication_error", "invalid_api_key", null],
      [400, "error", "invalid_request_error", "invalid_request", "max_tokens"],
      [400, "error", "invalid_request_error", "invalid_json", null],
      [415, "error", "invalid_request_error", "unsupported_media_type", null],
      [405, "error", "invalid_request_error", "method_not_allowed", null],
      [404, "error", "not_found_error", "not_offered", null],
      [400, "error", "invalid_request_error", "context_length_exceeded", null],
      [429, "error", "rate_limit_error", "rate_limited", null],
      [502, "error", "api_error", "backend_failed", null],
    ]);
    await assert.rejects(client.messages.create({ ...ask, model: "nobody" }), Anthropic.NotFoundError);
    await assert.rejects(
      client.messages.create(ask, { headers: { "x-freehold-origin": "US" } }),
      (error: InstanceType<typeof Anthropic.PermissionDeniedError>) =>
        error instanceof Anthropic.PermissionDeniedError && error.type === ("sovereignty_refusal" as string),
    );
  });

  it("refuses with the field's name and a reason what would be lost on the way, and asks nobody", async () => {
    fresh();
    const user = (block: object) => ({ messages: [{ role: "user", content: [block] }] });
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ container: "c" }, "container"],
      [{ mcp_servers: [{ type: "url", url: "http://evil.example" }] }, "mcp_servers"],
      [{ context_management: { edits: [] } }, "context_management"],
      [{ inference_geo: "us" }, "inference_geo"],
      [{ tools: [{ type: "web_search_20250305", name: "web_search" }] }, "tools[0].type"],
      [{ tools: [{ type: "code_execution_20250825", name: "code_execution" }] }, "tools[0].type"],
      [{ tools: [{ type: "bash_20250124", name: "bash" }] }, "tools[0].type"],
      [{ tools: [{ ...tool, defer_loading: true }] }, "tools[0].defer_loading"],
      [{ messages: [...hello, { role: "assistant", content: "The best is (" }] }, "messages[1]"],
      [user({ type: "image", source: { type: "url", url: "https://evil.example/x.png" } }), "messages[0].content[0].source.url"],
      [user({ type: "image", source: { type: "file", file_id: "file_1" } }), "messages[0].content[0].source.type"],
      [user({ type: "document", source: { type: "url", url: "https://evil.example/x.pdf" } }), "messages[0].content[0].source.url"],
      [
        user({ type: "document", citations: { enabled: true }, source: { type: "text", media_type: "text/plain", data: "x" } }),
        "messages[0].content[0].citations",
      ],
      [user({ type: "server_tool_use", id: "s", name: "web_search", input: {} }), "messages[0].content[0].type"],
      [user({ type: "container_upload", file_id: "f" }), "messages[0].content[0].type"],
      [{ a_field_of_tomorrow: 1 }, "a_field_of_tomorrow"],
      [{ system: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } }] }, "system"],
      [{ max_tokens: 0 }, "max_tokens"],
    ];
    for (const [fields, param] of cases) {
      const response = await post({ ...ask, ...fields });
      const { error } = (await response.json()) as ErrorBody;
      assert.deepEqual([response.status, error.param], [400, param], JSON.stringify(fields));
      assert.ok(error.message.length > 20);
    }
    assert.equal(upstream.received.length, 0);
  });

  it("takes the headers and fields that clients send by themselves", async () => {
    upstream.behave(completing({ content: "Good day." }));
    const harmless = {
      cache_control: { type: "ephemeral" },
      metadata: { user_id: "u" },
      service_tier: "auto",
      thinking: { type: "disabled" },
      stream: false,
      container: null,
    };
    const response = await post({ ...ask, ...harmless }, { "anthropic-version": "2023-06-01", "anthropic-beta": "some-2026-01-01", "idempotency-key": "k" });
    assert.equal(response.status, 200);
    assert.deepEqual(Object.keys(sent()), ["model", "messages", "max_tokens"], "none of it leaves");
  });

  it("lists the models to the anthropic package", async () => {
    const models: string[] = [];
    for await (const model of client.models.list()) models.push(model.id);
    assert.deepEqual(models, ["assistant"]);
    assert.partialDeepStrictEqual(await client.models.retrieve("assistant"), { type: "model", id: "assistant", display_name: "assistant" });
    await assert.rejects(client.models.retrieve("nobody"), Anthropic.NotFoundError);
  });
});
