import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import OpenAI from "openai";
import { charterWithPseudonyms, estateWith } from "./files.ts";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "./house.ts";
import { json, type Received, startUpstream, type Upstream, until } from "./upstream.ts";

type Messages = OpenAI.ChatCompletionMessageParam[];

const mail = "jane.roe@kunde-musterstadt.de";
/** A Dutch citizen's number with a right check digit: found beside its word only. */
const number = "123456782";
const iban = "DE89 3704 0044 0532 0130 00";
const values = [mail, number, iban, "Jane.Roe", iban.replaceAll(" ", "")];

const tokensIn = (text: string): string[] => text.match(/[A-Z][a-z]+_[0-9A-Z]{5}[0-9]/g) ?? [];
const sentMessages = ({ body }: Received): { content: string; tool_calls?: { function: { arguments: string } }[] }[] => body.messages as never;

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: "function",
    function: {
      name: "account_of",
      parameters: { type: "object", properties: { mail: { type: "string" }, bsn: { type: "string" } }, required: ["mail", "bsn"] },
    },
  },
];

/** Streams chunks of chat, the whole cut into packets of one byte. */
async function drip(response: Parameters<Parameters<Upstream["behave"]>[0]>[1], deltas: readonly object[], finish: string): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.socket?.setNoDelay(true);
  const event = (choice: object): string =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "served", choices: [{ index: 0, ...choice }] })}\n\n`;
  const all = [...deltas.map((delta) => event({ delta, finish_reason: null })), event({ delta: {}, finish_reason: finish }), "data: [DONE]\n\n"].join("");
  const bytes = Buffer.from(all);
  for (let at = 0; at < bytes.length; at += 1) {
    response.write(bytes.subarray(at, at + 1));
    if (at % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

const inPieces = (text: string, size: number): string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_empty, index) => text.slice(index * size, (index + 1) * size));

describe("a conversation with a tool, behind pseudonyms", () => {
  let upstream: Upstream;
  let house: House;
  let client: OpenAI;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter: charterWithPseudonyms, estate: estateWith([{ name: "france", url: upstream.url, kind: "european" }]) });
    client = new OpenAI({ apiKey: adminKey, baseURL: `${house.address}/v1`, maxRetries: 0, defaultHeaders: { "x-freehold-origin": "DE" } });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  for (const stream of [false, true]) {
    it(`over two turns nothing readable leaves, the tool gets real values and the tokens stay the same${stream ? ", streamed byte by byte" : ""}`, async () => {
      upstream.received.length = 0;
      const complete = async (messages: Messages): Promise<OpenAI.ChatCompletionMessage> => {
        const request = { model: "assistant", messages, tools };
        const completion = stream ? await client.chat.completions.stream(request).finalChatCompletion() : await client.chat.completions.create(request);
        const message = completion.choices[0]?.message;
        assert.ok(message !== undefined);
        return message;
      };

      upstream.behave(async (received, response) => {
        const [mailToken, numberToken] = tokensIn(sentMessages(received).at(-1)?.content ?? "");
        const call = { name: "account_of", arguments: JSON.stringify({ mail: mailToken, bsn: numberToken }) };
        if (!stream) {
          const message = { role: "assistant", content: null, tool_calls: [{ id: "call_1", type: "function", function: call }] };
          return json(response, 200, {
            id: "c",
            object: "chat.completion",
            created: 1,
            model: "served",
            choices: [{ index: 0, message, finish_reason: "tool_calls" }],
          });
        }
        const begin = { role: "assistant", tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: call.name, arguments: "" } }] };
        await drip(
          response,
          [begin, ...inPieces(call.arguments, 3).map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] }))],
          "tool_calls",
        );
      });
      const messages: Messages = [
        { role: "system", content: "You look accounts up." },
        { role: "user", content: `Which account has ${mail}? Her BSN is ${number}.` },
      ];
      const first = await complete(messages);
      const call = first.tool_calls?.[0];
      assert.ok(call?.type === "function");
      assert.deepEqual(JSON.parse(call.function.arguments), { mail, bsn: number }, "the tool gets real values");

      upstream.behave(async (received, response) => {
        const result = sentMessages(received).at(-1)?.content ?? "";
        const answer = `It is ${tokensIn(result)[1]}, of ${tokensIn(result)[0]}’s.`;
        if (stream) return drip(response, [{ role: "assistant" }, ...inPieces(answer, 2).map((content) => ({ content }))], "stop");
        json(response, 200, {
          id: "c",
          object: "chat.completion",
          created: 1,
          model: "served",
          choices: [{ index: 0, message: { role: "assistant", content: answer }, finish_reason: "stop" }],
        });
      });
      // Nothing in the tool's result tells that the number is one of a person: it was found in the first turn.
      const second = await complete([...messages, first, { role: "tool", tool_call_id: "call_1", content: JSON.stringify([number, iban]) }]);
      assert.equal(second.content, `It is ${iban}, of ${number}’s.`);

      assert.equal(upstream.received.length, 2);
      for (const { raw } of upstream.received) for (const value of values) assert.equal(raw.toString().includes(value), false, `${value} left`);
      const [one, two] = upstream.received.map(sentMessages);
      const [mailToken = "", numberToken = ""] = tokensIn(one?.[1]?.content ?? "");
      assert.equal(two?.[1]?.content, one?.[1]?.content, "the history reads as it did");
      assert.deepEqual(JSON.parse(two?.[2]?.tool_calls?.[0]?.function.arguments ?? ""), { mail: mailToken, bsn: numberToken });
      assert.equal((JSON.parse(two?.[3]?.content ?? "") as string[])[0], numberToken);
      assert.match(one?.[0]?.content ?? "", /^You look accounts up\.\n\nWords such as Email_\w{6} stand for real values/);
    });
  }

  it("another conversation has other tokens, unless the client says that it is the same", async () => {
    upstream.received.length = 0;
    upstream.behave((_received, response) =>
      json(response, 200, { object: "chat.completion", choices: [{ index: 0, message: { role: "assistant", content: "" }, finish_reason: "stop" }] }),
    );
    const ask = (content: string, more: object = {}): Promise<unknown> =>
      client.chat.completions.create({ model: "assistant", messages: [{ role: "user", content }], ...more });
    await ask(`Mail ${mail}`);
    await ask(`Write to ${mail}`);
    await ask(`Mail ${mail}`, { metadata: { conversation_id: "c1" } });
    await ask(`Write to ${mail}`, { metadata: { conversation_id: "c1" } });
    const [one, two, three, four] = upstream.received.map((received) => tokensIn(sentMessages(received)[0]?.content ?? "")[0]);
    assert.equal(new Set([one, two, three]).size, 3);
    assert.equal(three, four);
  });

  it("tokens that the model changed or invented are counted, per model and in the ledger", async () => {
    upstream.behave((received, response) => {
      const [token = ""] = tokensIn(sentMessages(received)[0]?.content ?? "");
      const bent = token.slice(0, -1) + ((Number(token.at(-1)) + 1) % 10);
      const content = `${token} ${token}s ${bent} Person_AAAAA0`;
      json(response, 200, { object: "chat.completion", choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }] });
    });
    const countOf = async (): Promise<number> => {
      const metrics = await (await house.fetch("/metrics")).text();
      return Number(/^freehold_pseudonyms_unresolved_total\{backend="france",model="assistant"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    };
    const before = await countOf();
    const { request_id: requestId } = await client.chat.completions
      .create({ model: "assistant", messages: [{ role: "user", content: `Mail ${mail}` }] })
      .withResponse();
    await until(async () => (await countOf()) === before + 2, "two are counted");
    const outcome = (await ledgerOf(house, "--request", requestId ?? "")).find(({ kind }) => kind === "outcome");
    assert.equal(outcome?.unresolvedPseudonyms, 2);
  });
});

/** The demonstration model on a machine of ours. Sensitive text may go nowhere as it is, so even this model sees tokens. */
const localEstate = `${estateWith([])}  - name: here
    engine: llama.cpp
    site: cellar
    hardware: []
    models: { assistant: { weights: "builtin:demo" } }
`;

describe("pseudonyms through llama.cpp", () => {
  let house: House;
  let client: OpenAI;
  before(async () => {
    house = await startHouse({ charter: charterWithPseudonyms, estate: localEstate });
    client = new OpenAI({ apiKey: adminKey, baseURL: `${house.address}/v1`, maxRetries: 0, defaultHeaders: { "x-freehold-origin": "DE" } });
  });
  after(async () => {
    await house?.stop();
    await tidy();
  });

  it("a real model writes the token letter by letter, and the client reads the value, streamed and whole", async () => {
    // The demonstration model cannot repeat what it read, but a grammar makes it write the one word that the request's schema allows: the token.
    const schema = { type: "object", properties: { to: { const: mail } }, required: ["to"], additionalProperties: false };
    const request = {
      model: "assistant",
      messages: [{ role: "user" as const, content: `Write to ${mail}.` }],
      response_format: { type: "json_schema" as const, json_schema: { name: "letter", schema, strict: true } },
    };
    const whole = await client.chat.completions.create(request);
    assert.deepEqual(JSON.parse(whole.choices[0]?.message.content ?? ""), { to: mail });
    let pieces = 0;
    let text = "";
    for await (const part of await client.chat.completions.create({ ...request, stream: true })) {
      pieces += 1;
      text += part.choices[0]?.delta.content ?? "";
    }
    assert.deepEqual(JSON.parse(text), { to: mail });
    assert.ok(pieces > 3, "it came in pieces");
    const { usage } = whole;
    const entries = await ledgerOf(house, "--kind", "decision");
    assert.ok(entries.length >= 2 && entries.every(({ transform }) => transform === "pseudonymise"));
    // The token is 12 letters and digits, each a piece of its own in this model's vocabulary; the address has twice as many.
    assert.ok((usage?.completion_tokens ?? 0) >= 12);
  });

  it("a forced tool call has the real value in its arguments", async () => {
    const tool: OpenAI.ChatCompletionTool = {
      type: "function",
      function: { name: "send", parameters: { type: "object", properties: { to: { enum: [mail] } }, required: ["to"], additionalProperties: false } },
    };
    const request = {
      model: "assistant",
      messages: [{ role: "user" as const, content: `Write to ${mail}.` }],
      tools: [tool],
      tool_choice: { type: "function" as const, function: { name: "send" } },
    };
    for (const completion of [await client.chat.completions.create(request), await client.chat.completions.stream(request).finalChatCompletion()]) {
      const call = completion.choices[0]?.message.tool_calls?.[0];
      assert.ok(call?.type === "function");
      assert.deepEqual(JSON.parse(call.function.arguments), { to: mail });
    }
  });
});
