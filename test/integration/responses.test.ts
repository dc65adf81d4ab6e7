import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import OpenAI from "openai";
import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { callPiece, completing, delta, done, finish, streaming, usageEvent } from "./chat-scripts.ts";
import { charter, estateWith } from "./files.ts";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "./house.ts";
import { json, startUpstream, type Upstream, until } from "./upstream.ts";

const tool = {
  type: "function",
  name: "weather",
  description: "Tells the weather.",
  parameters: { type: "object", properties: { city: { type: "string" } } },
  strict: true,
} as const;
const weather = (city: string) => JSON.stringify({ city });

describe("the Responses API", () => {
  let upstream: Upstream;
  let house: House;
  let client: OpenAI;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter, estate: estateWith([{ name: "own", url: upstream.url, kind: "own", more: ["retries: 0"] }]) });
    client = new OpenAI({ apiKey: adminKey, baseURL: `${house.address}/v1`, defaultHeaders: { "x-freehold-origin": "DE" }, maxRetries: 0 });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  const fresh = (): void => {
    upstream.received.length = 0;
  };
  const post = (body: unknown): Promise<Response> =>
    house.fetch("/v1/responses", { method: "POST", body: JSON.stringify(body), headers: { "x-freehold-origin": "DE" } });
  const sent = () => upstream.received.at(-1)?.body ?? {};

  it("answers the openai package: text, usage, instructions; the backend is asked for a chat completion", async () => {
    fresh();
    upstream.behave(completing({ content: "Good day." }));
    const response = await client.responses.create({
      model: "assistant",
      instructions: "Be kind.",
      input: "Hello",
      max_output_tokens: 100,
      temperature: 0.5,
      metadata: { order: "7" },
      user: "u1",
    });
    assert.equal(response.output_text, "Good day.");
    assert.match(response.id, /^resp_[0-9A-Z]{26}$/);
    assert.partialDeepStrictEqual(response, { object: "response", status: "completed", model: "assistant", store: false });
    assert.deepEqual(response.usage, {
      input_tokens: 11,
      input_tokens_details: { cached_tokens: 3, cache_write_tokens: 0 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 2 },
      total_tokens: 18,
    });
    assert.deepEqual(response.metadata, { order: "7" });
    assert.deepEqual(
      [upstream.received[0]?.path, sent()],
      [
        "/v1/chat/completions",
        {
          model: "served",
          messages: [
            { role: "system", content: "Be kind." },
            { role: "user", content: "Hello" },
          ],
          max_tokens: 100,
          temperature: 0.5,
        },
      ],
    );
  });

  it("keeps a whole conversation: instructions of both kinds, calls in parallel, their results, what the model said and thought", async () => {
    fresh();
    upstream.behave(completing({ content: "Both are fine." }));
    await client.responses.create({
      model: "assistant",
      instructions: "Be kind.",
      input: [
        { role: "developer", content: [{ type: "input_text", text: "Be short." }] },
        { role: "user", content: "Weather?" },
        { type: "reasoning", id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "secret thoughts" }] },
        { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [{ type: "output_text", text: "I look.", annotations: [] }] },
        { type: "function_call", id: "fc_1", call_id: "call_a", name: "weather", arguments: weather("Köln") },
        { type: "function_call", call_id: "call_b", name: "weather", arguments: weather("Bonn") },
        { type: "function_call_output", call_id: "call_a", output: "sun" },
        { type: "function_call_output", call_id: "call_b", output: [{ type: "input_text", text: "rain" }] },
        {
          role: "user",
          content: [
            { type: "input_text", text: "So?" },
            { type: "input_image", detail: "low", image_url: "data:image/png;base64,AAAA" },
          ],
        },
      ],
      tools: [tool],
      tool_choice: { type: "function", name: "weather" },
      parallel_tool_calls: false,
      reasoning: { effort: "low" },
      text: { format: { type: "json_schema", name: "answer", schema: { type: "object" }, strict: true } },
    });
    const call = (id: string, city: string) => ({ id, type: "function", function: { name: "weather", arguments: weather(city) } });
    const { type: _type, ...functionBody } = tool;
    assert.deepEqual(sent(), {
      model: "served",
      messages: [
        { role: "system", content: "Be kind.\n\nBe short." },
        { role: "user", content: "Weather?" },
        { role: "assistant", content: "I look.", tool_calls: [call("call_a", "Köln"), call("call_b", "Bonn")] },
        { role: "tool", tool_call_id: "call_a", content: "sun" },
        { role: "tool", tool_call_id: "call_b", content: "rain" },
        {
          role: "user",
          content: [
            { type: "text", text: "So?" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "low" } },
          ],
        },
      ],
      reasoning_effort: "low",
      response_format: { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" }, strict: true } },
      tools: [{ type: "function", function: functionBody }],
      tool_choice: { type: "function", function: { name: "weather" } },
      parallel_tool_calls: false,
    });
  });

  it("streams with the openai package, events in order and numbered, however the backend's bytes are cut", async () => {
    const script =
      delta({ role: "assistant", content: "" }) +
      delta({ reasoning_content: "Hm, " }) +
      delta({ reasoning_content: "ja." }) +
      delta({ content: "Grüße 🌍" }) +
      ": keep-alive\n\n" +
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
    const seen: string[] = [];
    for (const size of [1, 7, 4096]) {
      upstream.behave(streaming(script, size));
      const stream = client.responses.stream({ model: "assistant", input: "Hello", tools: [tool] });
      const events: ResponseStreamEvent[] = [];
      stream.on("event", (event) => events.push(event));
      const final = await stream.finalResponse();
      assert.deepEqual(
        events.map(({ sequence_number }) => sequence_number),
        events.map((_event, index) => index),
      );
      assert.equal(final.output_text, "Grüße 🌍 aus Köln.");
      assert.equal(final.status, "completed");
      assert.equal(final.usage?.total_tokens, 18);
      assert.deepEqual(
        final.output.map((item) => (item.type === "function_call" ? [item.call_id, item.arguments, item.status] : item.type)),
        ["reasoning", "message", ["call_a", weather("Köln"), "completed"], ["call_b", weather("Bonn"), "completed"]],
      );
      seen.push(
        events
          .map(({ type }) => type)
          .filter((type, index, all) => type !== all[index - 1])
          .join(" "),
      );
    }
    assert.equal(new Set(seen).size, 1);
    assert.deepEqual(seen[0]?.split(" "), [
      ...["response.created", "response.in_progress"],
      ...[
        "response.output_item.added",
        "response.content_part.added",
        "response.reasoning_text.delta",
        "response.reasoning_text.done",
        "response.content_part.done",
        "response.output_item.done",
      ],
      ...[
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
      ],
      ...["response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done"],
      ...["response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done"],
      "response.completed",
    ]);
    assert.deepEqual(sent().stream_options, { include_usage: true });
  });

  it("gives whole answers the same items as streams: reasoning, refusal, calls, a call without arguments", async () => {
    const call = { id: "call_a", type: "function", function: { name: "now", arguments: "" } };
    upstream.behave(completing({ content: null, reasoning: "Hm.", refusal: "No.", tool_calls: [call] }, { finish_reason: "tool_calls" }));
    const whole = await client.responses.create({ model: "assistant", input: "x" });
    upstream.behave(
      streaming(
        delta({ reasoning: "Hm." }) + delta({ refusal: "No." }) + callPiece(0, "", { id: "call_a", name: "now" }) + finish("tool_calls") + usageEvent + done,
      ),
    );
    const streamed = await client.responses.stream({ model: "assistant", input: "x" }).finalResponse();
    const plain = ({ output }: { output: readonly object[] }) => output.map((item) => ({ ...item, id: undefined, parsed_arguments: undefined }));
    assert.deepEqual(JSON.parse(JSON.stringify(plain(streamed)).replaceAll(',"parsed":null', "")), JSON.parse(JSON.stringify(plain(whole))));
    assert.deepEqual(
      whole.output.map((item) => item.type),
      ["reasoning", "message", "function_call"],
    );
    assert.equal(whole.output[2]?.type === "function_call" && whole.output[2].arguments, "{}");
  });

  it("tells an answer that met its limit as incomplete, streamed or not", async () => {
    upstream.behave(completing({ content: "Half a" }, { finish_reason: "length" }));
    const whole = await client.responses.create({ model: "assistant", input: "x" });
    upstream.behave(streaming(delta({ content: "Half a" }) + finish("length") + done));
    const streamed = await client.responses.stream({ model: "assistant", input: "x" }).finalResponse();
    for (const response of [whole, streamed]) {
      assert.deepEqual([response.status, response.incomplete_details], ["incomplete", { reason: "max_output_tokens" }]);
      assert.equal(response.output[0]?.type === "message" && response.output[0].status, "incomplete");
    }
    assert.equal(streamed.usage, null, "what the backend did not count is not invented");
  });

  it("never lets a stream that broke off look complete: cut, silent end, error event, garbage (Bifrost #5546, Portkey #1797)", async () => {
    const begun = delta({ content: "Half a " });
    const endings = [
      begun,
      `${begun}data: {"error":{"message":"boom"}}\n\n${done}`,
      `${begun}data: {garbage\n\n${done}`,
      `${begun}${callPiece(0, "{}")}${done}`,
    ];
    for (const [index, script] of endings.entries()) {
      const id = `cut-response-${index}`;
      upstream.behave(streaming(script));
      const response = await house.fetch("/v1/responses", {
        method: "POST",
        body: JSON.stringify({ model: "assistant", input: "x", stream: true }),
        headers: { "x-freehold-origin": "DE", "x-request-id": id },
      });
      const text = await response.text();
      assert.doesNotMatch(text, /response\.completed|\[DONE\]/);
      const events = text.trimEnd().split("\n\n");
      const last = events.slice(-2).map((event) => JSON.parse(event.split("\n")[1]?.slice(6) ?? "") as Record<string, Record<string, unknown>>);
      assert.deepEqual(
        last.map(({ type }) => type),
        ["error", "response.failed"] as unknown,
      );
      assert.deepEqual(Object.keys(last[0]?.error ?? {}), ["message", "type", "param", "code"]);
      assert.equal(last[1]?.response?.status, "failed");
      upstream.behave(streaming(script));
      await assert.rejects(client.responses.stream({ model: "assistant", input: "x" }).finalResponse(), OpenAI.APIError);
    }
    const cut = async () => (await ledgerOf(house)).filter(({ requestId, status }) => String(requestId).startsWith("cut-response-") && status === "cut");
    await until(async () => (await cut()).length === endings.length, "each is recorded as cut");
  });

  it("tells a compressed stream, and cancels the backend's work when the client leaves (Kong#14893, litellm#17364)", async () => {
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream", "content-encoding": "gzip" });
      response.end(gzipSync(delta({ content: "Good day." }) + finish("stop") + usageEvent + done));
    });
    assert.equal((await client.responses.stream({ model: "assistant", input: "x" }).finalResponse()).output_text, "Good day.");
    fresh();
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => response.write(delta({ content: "word " })), 10);
      response.on("close", () => clearInterval(timer));
    });
    for await (const event of await client.responses.create({ model: "assistant", input: "x", stream: true }))
      if (event.type === "response.output_text.delta") break;
    await until(() => upstream.received[0]?.cancelled === true, "the backend sees the client leave");
  });

  it("refuses with the field's name and a reason what would be lost on the way, and asks nobody", async () => {
    fresh();
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ previous_response_id: "resp_1" }, "previous_response_id"],
      [{ conversation: "conv_1" }, "conversation"],
      [{ store: true }, "store"],
      [{ background: true }, "background"],
      [{ prompt: { id: "p" } }, "prompt"],
      [{ truncation: "auto" }, "truncation"],
      [{ include: ["web_search_call.results"] }, "include[0]"],
      [{ top_logprobs: 2 }, "top_logprobs"],
      [{ tools: [{ type: "web_search" }] }, "tools[0].type"],
      [{ tools: [{ type: "file_search", vector_store_ids: [] }] }, "tools[0].type"],
      [{ tools: [{ type: "code_interpreter", container: "c" }] }, "tools[0].type"],
      [{ tools: [{ type: "custom", name: "x" }] }, "tools[0].type"],
      [{ tools: [{ type: "mcp", server_label: "x", server_url: "http://evil.example" }] }, "tools"],
      [{ input: [{ type: "item_reference", id: "msg_1" }] }, "input[0].id"],
      [{ input: [{ type: "computer_call_output", call_id: "c", output: {} }] }, "input[0].type"],
      [{ input: [{ role: "user", content: [{ type: "input_image", image_url: "https://evil.example/x.png" }] }] }, "input[0].content[0].image_url"],
      [{ input: [{ role: "user", content: [{ type: "input_file", file_url: "https://evil.example/x" }] }] }, "input[0].content[0].file_url"],
      [{ input: [{ role: "user", content: [{ type: "input_file", file_id: "file-1" }] }] }, "input[0].content[0].file_id"],
      [{ input: [] }, "input"],
      [{ a_field_of_tomorrow: 1 }, "a_field_of_tomorrow"],
      [{ api_base: "http://evil.example" }, "api_base"],
    ];
    for (const [fields, param] of cases) {
      const response = await post({ model: "assistant", input: "x", ...fields });
      const { error } = (await response.json()) as { error: Record<string, unknown> };
      assert.deepEqual([response.status, error.param, error.type], [400, param, "invalid_request_error"], JSON.stringify(fields));
      assert.ok(String(error.message).length > 20);
    }
    assert.equal(upstream.received.length, 0);
  });

  it("takes the harmless fields that clients send by themselves", async () => {
    upstream.behave(completing({ content: "Good day." }));
    const harmless = {
      store: false,
      include: ["reasoning.encrypted_content"],
      service_tier: "auto",
      prompt_cache_key: "k",
      safety_identifier: "s",
      truncation: "disabled",
      previous_response_id: null,
      background: false,
      top_logprobs: 0,
      tools: [],
      tool_choice: "auto",
      parallel_tool_calls: true,
      reasoning: { effort: null, summary: "auto" },
      text: { format: { type: "text" } },
    };
    const response = await post({ model: "assistant", input: "x", ...harmless });
    assert.equal(response.status, 200);
    assert.deepEqual(Object.keys(sent()), ["model", "messages"], "none of it leaves");
  });

  it("tells errors in OpenAI's shape: refusals with their decision, the backend's own 400, wrong keys, answers that are none", async () => {
    const refused = await house.fetch("/v1/responses", { method: "POST", body: '{"model":"assistant","input":"x"}', headers: { "x-freehold-origin": "US" } });
    assert.equal(refused.status, 403);
    const { error } = (await refused.json()) as { error: Record<string, unknown> };
    assert.deepEqual([error.type, error.param, typeof error.decision], ["sovereignty_refusal", null, "object"]);
    upstream.behave((_received, response) =>
      json(response, 400, { error: { message: "too long", type: "invalid_request_error", param: null, code: "context_length_exceeded" } }),
    );
    await assert.rejects(
      client.responses.create({ model: "assistant", input: "x" }),
      (one: InstanceType<typeof OpenAI.APIError>) => one.status === 400 && one.code === "context_length_exceeded",
    );
    upstream.behave((_received, response) => json(response, 200, { object: "something else" }));
    await assert.rejects(
      client.responses.create({ model: "assistant", input: "x" }),
      (one: InstanceType<typeof OpenAI.APIError>) => one.status === 502 && one.code === "backend_failed",
    );
  });
});
