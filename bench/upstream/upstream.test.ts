import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import OpenAI from "openai";
import { chatBody } from "../chat.ts";
import { answer, longStream, shortStream } from "../plan.ts";

describe("the mock upstream", () => {
  let child: ChildProcess;
  let client: OpenAI;
  let address = "";
  before(async () => {
    child = fork(fileURLToPath(new URL("./upstream.ts", import.meta.url)));
    const [{ port }] = (await once(child, "message")) as [{ readonly port: number }];
    address = `http://127.0.0.1:${port}/v1`;
    client = new OpenAI({ apiKey: "none", baseURL: address, maxRetries: 0 });
  });
  after(() => child.kill());

  it("answers as OpenAI does, with usage, so that no target is measured on a shape that it need not read", async () => {
    const completion = await client.chat.completions.create({ model: "any", messages: [{ role: "user", content: "Hello" }] });
    assert.equal(completion.object, "chat.completion");
    assert.equal(completion.choices[0]?.finish_reason, "stop");
    assert.equal(completion.usage?.total_tokens, 300);
  });

  it("streams as many events as the model's name says, spread over time, and ends with usage and [DONE]", async () => {
    const began = performance.now();
    const stream = await client.chat.completions.create({
      model: shortStream.model,
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    const events: OpenAI.ChatCompletionChunk[] = [];
    for await (const event of stream) events.push(event);
    assert.equal(events.length, 20 + 2);
    assert.equal(events.at(-1)?.usage?.total_tokens, 300);
    assert.equal(events.at(-2)?.choices[0]?.finish_reason, "stop");
    assert.ok(performance.now() - began >= 20 * 9);
  });

  it("reads bodies that arrive in pieces, and the next request on the same connection", async () => {
    for (const chat of [answer(128), answer(1), { ...longStream, model: "short-c1-d0" }, answer(16)]) {
      const response = await fetch(`${address}/chat/completions`, { method: "POST", body: chatBody(chat) });
      assert.equal(response.status, 200);
      assert.ok((await response.text()).length > 0);
    }
  });

  it("says what it does not know", async () => {
    assert.equal((await fetch(`${address}/models`)).status, 404);
    await assert.rejects(client.embeddings.create({ model: "any", input: "x" }), /404/);
  });
});

describe("a prompt", () => {
  it("has the size that its figure is printed under", () => {
    for (const kilobytes of [1, 16, 128]) {
      const { messages } = JSON.parse(chatBody(answer(kilobytes))) as { readonly messages: readonly { readonly content: string }[] };
      assert.equal(Buffer.byteLength(messages[1]?.content ?? ""), kilobytes * 1024);
    }
  });
});
