import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { adminKey, type House, startHouse, tidy } from "./house.ts";

const schema = { type: "object", properties: { city: { enum: ["Bonn", "Ulm"] } }, required: ["city"], additionalProperties: false } as const;

describe("a real model in process", () => {
  let house: House;
  let openai: OpenAI;
  let anthropic: Anthropic;
  before(async () => {
    house = await startHouse();
    const options = { apiKey: adminKey, defaultHeaders: { "x-freehold-origin": "DE" }, maxRetries: 0 };
    openai = new OpenAI({ ...options, baseURL: `${house.address}/v1` });
    anthropic = new Anthropic({ ...options, baseURL: house.address });
  });
  after(tidy);

  it("answers responses: text, stream, structured output, a forced call", async () => {
    const ask = { model: "assistant", input: "Hello", max_output_tokens: 200, temperature: 0 } as const;
    const whole = await openai.responses.create({ ...ask, instructions: "Be kind." });
    assert.ok(whole.output_text.length > 0 && Number(whole.usage?.input_tokens) > 0);
    const stream = openai.responses.stream(ask);
    let text = "";
    stream.on("response.output_text.delta", ({ delta }) => {
      text += delta;
    });
    const final = await stream.finalResponse();
    assert.ok(text.length > 0);
    assert.equal(final.output_text, text);
    assert.ok(Number(final.usage?.output_tokens) > 0);
    const structured = await openai.responses.create({ ...ask, text: { format: { type: "json_schema", name: "place", schema, strict: true } } });
    assert.match(structured.output_text, /^\s*\{\s*"city":\s*"(Bonn|Ulm)"\s*\}\s*$/);
    const tools = [{ type: "function", name: "weather", parameters: schema, strict: true }] as OpenAI.Responses.Tool[];
    const called = await openai.responses.stream({ ...ask, tools, tool_choice: "required" }).finalResponse();
    const [call] = called.output;
    assert.ok(call?.type === "function_call" && ["Bonn", "Ulm"].includes((JSON.parse(call.arguments) as { city: string }).city));
  });

  it("answers messages: text, stream, structured output, a forced call and the turn after it", async () => {
    const ask = { model: "assistant", max_tokens: 200, messages: [{ role: "user", content: "Hello" }] } satisfies Anthropic.MessageCreateParamsNonStreaming;
    const whole = await anthropic.messages.create({ ...ask, system: "Be kind." });
    assert.ok(whole.content[0]?.type === "text" && whole.content[0].text.length > 0 && whole.usage.input_tokens > 0);
    const streamed = await anthropic.messages.stream(ask).finalMessage();
    assert.ok(streamed.content[0]?.type === "text" && streamed.content[0].text.length > 0 && streamed.usage.input_tokens > 0);
    const structured = await anthropic.messages.create({ ...ask, output_config: { format: { type: "json_schema", schema } } });
    assert.match(structured.content[0]?.type === "text" ? structured.content[0].text : "", /"city":\s*"(Bonn|Ulm)"/);
    const tools: Anthropic.Tool[] = [{ name: "weather", input_schema: { ...schema, required: ["city"] } }];
    const called = await anthropic.messages.stream({ ...ask, tools, tool_choice: { type: "any" } }).finalMessage();
    const call = called.content.find((block) => block.type === "tool_use");
    assert.ok(call !== undefined && ["Bonn", "Ulm"].includes((call.input as { city: string }).city));
    assert.equal(called.stop_reason, "tool_use");
    const next = await anthropic.messages.create({
      ...ask,
      tools,
      messages: [
        ...ask.messages,
        { role: "assistant", content: called.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "Rain." }] },
      ],
    });
    assert.equal(next.role, "assistant");
  });

  it("says in each client's words what it cannot do", async () => {
    const image = "data:image/png;base64,iVBORw0KGgo=";
    await assert.rejects(
      openai.responses.create({ model: "assistant", input: [{ role: "user", content: [{ type: "input_image", image_url: image, detail: "auto" }] }] }),
      (error: InstanceType<typeof OpenAI.APIError>) => error.status === 400 && error.code === "unsupported",
    );
    await assert.rejects(
      anthropic.messages.create({
        model: "assistant",
        max_tokens: 5,
        messages: [{ role: "user", content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" } }] }],
      }),
      (error: InstanceType<typeof Anthropic.APIError>) => error.status === 400 && error.type === "invalid_request_error",
    );
  });
});
