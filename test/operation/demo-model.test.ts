import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import OpenAI from "openai";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { until } from "../integration/upstream.ts";

describe("the openai package with the demonstration model in llama.cpp", () => {
  let house: House;
  let client: OpenAI;
  before(async () => {
    house = await startHouse();
    client = new OpenAI({ apiKey: adminKey, baseURL: `${house.address}/v1`, maxRetries: 0 });
  });
  after(async () => {
    await house?.stop();
    await tidy();
  });

  const messages = [{ role: "user" as const, content: "Hello, who are you?" }];
  const outcomeOf = async (requestId: string): Promise<Record<string, unknown> | undefined> =>
    (await ledgerOf(house, "--request", requestId)).find(({ kind }) => kind === "outcome");

  it("lists the model", async () => {
    const listed = await client.models.list();
    assert.deepEqual(
      listed.data.map(({ id, object }) => [id, object]),
      [["assistant", "model"]],
    );
  });

  it("chats, and the usage is in the ledger", async () => {
    const { data, request_id: requestId } = await client.chat.completions.create({ model: "assistant", messages, max_tokens: 64 }).withResponse();
    assert.ok((data.choices[0]?.message.content?.length ?? 0) > 10);
    assert.match(data.choices[0]?.finish_reason ?? "", /^(stop|length)$/);
    assert.ok(data.usage !== undefined && data.usage.prompt_tokens > 0 && data.usage.completion_tokens > 0);
    await until(async () => (await outcomeOf(requestId ?? "")) !== undefined, "the outcome is recorded");
    const outcome = await outcomeOf(requestId ?? "");
    assert.deepEqual(
      [outcome?.status, outcome?.backend, outcome?.inputTokens, outcome?.outputTokens, outcome?.estimated],
      ["ok", "local", data.usage.prompt_tokens, data.usage.completion_tokens, false],
    );
  });

  it("streams the same answer, with usage in the last chunk where it is asked for", async () => {
    const whole = await client.chat.completions.create({ model: "assistant", messages, temperature: 0, max_tokens: 64 });
    const stream = await client.chat.completions.create({
      model: "assistant",
      messages,
      temperature: 0,
      max_tokens: 64,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let chunks = 0;
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const part of stream) {
      chunks += 1;
      text += part.choices[0]?.delta.content ?? "";
      usage = part.usage;
    }
    assert.equal(text, whole.choices[0]?.message.content);
    assert.ok(chunks > 3, "it came in pieces");
    assert.deepEqual([usage?.prompt_tokens, usage?.completion_tokens], [whole.usage?.prompt_tokens, whole.usage?.completion_tokens]);
  });

  it("calls a forced tool with arguments that fit its schema, streamed too", async () => {
    const tools: OpenAI.ChatCompletionTool[] = [
      {
        type: "function",
        function: {
          name: "weather",
          parameters: { type: "object", properties: { city: { type: "string", maxLength: 8 } }, required: ["city"], additionalProperties: false },
        },
      },
    ];
    const asked = { model: "assistant", messages, tools, tool_choice: { type: "function", function: { name: "weather" } }, temperature: 0 } as const;
    const whole = await client.chat.completions.create({ ...asked, tools });
    const streamed = await client.chat.completions.stream({ ...asked, tools }).finalChatCompletion();
    for (const completion of [whole, streamed]) {
      assert.equal(completion.choices[0]?.finish_reason, "tool_calls");
      const [call] = completion.choices[0]?.message.tool_calls ?? [];
      assert.ok(call?.type === "function");
      assert.equal(call.function.name, "weather");
      assert.deepEqual(Object.keys(JSON.parse(call.function.arguments) as object), ["city"]);
    }
  });

  it("completes and embeds", async () => {
    const completion = await client.completions.create({ model: "assistant", prompt: "Once", max_tokens: 8 });
    assert.ok((completion.choices[0]?.text.length ?? 0) > 0);
    for (const encoding_format of ["float", "base64"] as const) {
      const embedded = await client.embeddings.create({ model: "assistant", input: ["one text", "and another"], encoding_format });
      assert.equal(embedded.data.length, 2);
    }
    const decoded = await client.embeddings.create({ model: "assistant", input: "one text" });
    const length = Math.hypot(...(decoded.data[0]?.embedding ?? []));
    assert.ok(Math.abs(length - 1) < 1e-3, `length ${length}`);
  });

  it("tells what it cannot do as an error of the client's own", async () => {
    await assert.rejects(
      client.chat.completions.create({ model: "assistant", messages, max_tokens: -1 }),
      (error: InstanceType<typeof OpenAI.APIError>) => error.status === 400 && error.type === "invalid_request_error",
    );
  });

  it("stops generating when the client leaves, and goes on answering others", async () => {
    // Left alone, each of these would go on for tens of thousands of tokens.
    const long = { type: "array", items: { type: "string", minLength: 900 }, minItems: 20 };
    const crowd = Array.from({ length: 4 }, async () => {
      const { data, request_id: requestId } = await client.chat.completions
        .create({ model: "assistant", messages, stream: true, response_format: { type: "json_schema", json_schema: { name: "long", schema: long } } })
        .withResponse();
      let parts = 0;
      for await (const _part of data) if (++parts === 3) break;
      data.controller.abort();
      return requestId ?? "";
    });
    for (const id of await Promise.all(crowd)) {
      await until(async () => (await outcomeOf(id)) !== undefined, "the outcome is recorded");
      const outcome = await outcomeOf(id);
      assert.deepEqual([outcome?.status, outcome?.code], ["cut", "client_closed"]);
    }
    await until(async () => /^freehold_backend_active\{backend="local"\} 0$/m.test(await (await house.fetch("/metrics")).text()), "nothing runs any more");
    assert.ok((await client.chat.completions.create({ model: "assistant", messages, max_tokens: 8 })).choices.length === 1);
  });
});
