import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { charterWithPseudonyms, estateWith } from "../integration/files.ts";
import { type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { chunk, done, json, type Received, startUpstream, type Upstream } from "../integration/upstream.ts";

const values = {
  mail: "jane.roe@kunde-musterstadt.de",
  iban: "DE89 3704 0044 0532 0130 00",
  card: "4111 1111 1111 1111",
  phone: "+49 30 901820",
  ip: "10.20.30.40",
} as const;
const all = Object.values(values);
const sentence = `Write to ${values.mail} from ${values.ip}, charge ${values.card}, pay ${values.iban} and call ${values.phone}.`;
/** A token as the README of the boundary shows it. */
const tokenShape = /[A-Z][a-z]+_[0-9A-Z]{5}[0-9]/g;
const tokensIn = (text: string): string[] => text.match(tokenShape) ?? [];

interface Message {
  readonly role: string;
  readonly content: string;
}
const lastText = ({ body }: Received): string => ((body.messages as Message[] | undefined)?.at(-1)?.content ?? String(body.prompt ?? "")) as string;

const usage = { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 };
const answer = (message: Record<string, unknown>) => ({
  id: "c",
  object: "chat.completion",
  created: 1,
  model: "served",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
  usage,
});
const toolChunk = (text: string): string =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "served", choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: text } }] }, finish_reason: null }] })}\n\n`;

/** Sends a text in pieces of `size` bytes, each in a packet of its own as far as the operating system lets it. */
async function drip(response: Parameters<Parameters<Upstream["behave"]>[0]>[1], text: string, size: number): Promise<void> {
  response.socket?.setNoDelay(true);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await turn();
  }
  response.end();
}

interface Delta {
  readonly choices: readonly {
    readonly delta?: { readonly content?: string; readonly tool_calls?: readonly { readonly function: { readonly arguments?: string } }[] };
    readonly text?: string;
  }[];
}

/** The text and the tool-call arguments of a stream, put together as a client does. */
function assembled(stream: string): { readonly text: string; readonly args: string } {
  let text = "";
  let args = "";
  for (const event of stream.split("\n\n")) {
    if (!event.startsWith("data: ") || event === "data: [DONE]") continue;
    for (const { delta, text: piece } of (JSON.parse(event.slice(6)) as Delta).choices) {
      text += (delta?.content ?? "") + (piece ?? "");
      args += (delta?.tool_calls ?? []).map((call) => call.function.arguments ?? "").join("");
    }
  }
  return { text, args };
}

describe("pseudonyms on their way out and back", () => {
  let upstream: Upstream;
  let house: House;
  let keys: readonly Record<string, string>[];
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({
      charter: charterWithPseudonyms,
      estate: estateWith([{ name: "france", url: upstream.url, kind: "european", more: ["retries: 0"] }]),
    });
    keys = await Promise.all(
      ["north", "south"].map(async (id) => {
        await house.fetch("/admin/api/tenants", { method: "POST", body: JSON.stringify({ id }) });
        const made = await house.fetch("/admin/api/keys", { method: "POST", body: JSON.stringify({ tenant: id, origin: "DE" }) });
        return { authorization: `Bearer ${((await made.json()) as { key: string }).key}` };
      }),
    );
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });
  beforeEach(() => {
    upstream.received.length = 0;
  });

  const send = (body: Record<string, unknown>, headers: Record<string, string> = {}, path = "chat/completions"): Promise<Response> =>
    house.fetch(`/v1/${path}`, { method: "POST", body: JSON.stringify({ model: "assistant", ...body }), headers: { "x-freehold-origin": "DE", ...headers } });
  const chat = (content: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Response> =>
    send({ messages: [{ role: "user", content }], ...more }, headers);
  const textOf = async (response: Response): Promise<string> => {
    assert.equal(response.status, 200);
    return ((await response.json()) as ReturnType<typeof answer> & { choices: [{ message: { content: string } }] }).choices[0].message.content;
  };
  /** No value is in any byte that the backend received: head, path or body, in any usual spelling. */
  const nothingReadable = (): void => {
    assert.ok(upstream.received.length > 0);
    for (const { raw, headers, path } of upstream.received) {
      const sent = `${path} ${JSON.stringify(headers)} ${raw.toString("latin1")} ${JSON.stringify(JSON.parse(raw.toString()))}`;
      for (const value of all) {
        for (const form of [value, value.replaceAll(" ", ""), encodeURIComponent(value), Buffer.from(value).toString("base64")]) {
          assert.equal(sent.includes(form), false, `${form} left`);
        }
      }
    }
  };

  it("nothing readable leaves, in any place of a request, and the answer has it all again (litellm#41265, #31950)", async () => {
    upstream.behave((received, response) => json(response, 200, answer({ content: `You said: ${lastText(received)}` })));
    const body = {
      messages: [
        { role: "system", content: `For ${values.mail}` },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: JSON.stringify({ to: values.mail, n: 1 }) } }],
        },
        { role: "tool", tool_call_id: "c", content: JSON.stringify([values.iban, values.card]) },
        { role: "user", content: sentence },
      ],
      tools: [
        {
          type: "function",
          function: { name: "f", description: values.phone, parameters: { type: "object", properties: { [values.ip]: { const: values.card } } } },
        },
      ],
      metadata: { note: sentence },
      user: values.mail,
    };
    const response = await send(body, { "x-freehold-class": "public" });
    assert.equal(response.headers.get("x-freehold-class"), "sensitive");
    assert.equal(await textOf(response), `You said: ${sentence}`);
    nothingReadable();
    const sent = upstream.received[0]?.body as unknown as typeof body;
    const [first] = tokensIn(String(sent.messages[0]?.content));
    assert.deepEqual(JSON.parse(sent.messages[1]?.tool_calls?.[0]?.function.arguments ?? ""), { to: first, n: 1 }, "tool arguments stay JSON");
    assert.equal(sent.user, first, "the same value is the same token everywhere");
  });

  it("a stream cut at every byte comes back whole: text and tool arguments (litellm#28316, #31950; agentgateway#2956; Kong 3.12)", async () => {
    for (const size of [1, 2, 3, 5, 7, 11]) {
      upstream.behave(async (received, response) => {
        const text = lastText(received);
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_empty, index) => text.slice(index * size, (index + 1) * size));
        const args = JSON.stringify({ note: text });
        const argumentPieces = Array.from({ length: Math.ceil(args.length / size) }, (_empty, index) => args.slice(index * size, (index + 1) * size));
        response.writeHead(200, { "content-type": "text/event-stream" });
        await drip(response, pieces.map((piece) => chunk(piece)).join("") + argumentPieces.map(toolChunk).join("") + done, size === 1 ? 61 : size * 7);
      });
      const said = `${sentence} "quoted" \\ back\nline`;
      const response = await chat(said, { stream: true });
      const stream = await response.text();
      const { text, args } = assembled(stream);
      assert.equal(text, said);
      assert.deepEqual(JSON.parse(args), { note: said });
      assert.match(stream, /data: \[DONE\]\n\n$/);
    }
    nothingReadable();
  });

  it("a stream that arrives byte by byte comes back whole (litellm#28316)", async () => {
    upstream.behave(async (received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      await drip(response, chunk(lastText(received)) + done, 1);
    });
    assert.equal(assembled(await (await chat(sentence, { stream: true })).text()).text, sentence);
  });

  it("completions and embeddings are replaced by the same rule (litellm#14052)", async () => {
    upstream.behave((received, response) => {
      if (received.path.endsWith("/embeddings")) json(response, 200, { object: "list", data: [{ object: "embedding", index: 0, embedding: [0.1] }], usage });
      else json(response, 200, { object: "text_completion", choices: [{ index: 0, text: lastText(received), finish_reason: "stop" }], usage });
    });
    const completed = (await (await send({ prompt: sentence }, {}, "completions")).json()) as { choices: [{ text: string }] };
    assert.equal(completed.choices[0].text, sentence);
    assert.equal((await send({ input: [sentence, "plain"] }, {}, "embeddings")).status, 200);
    assert.equal(upstream.received.length, 2);
    nothingReadable();
  });

  it("two tenants at once: the same value has other tokens, and one's token in the other's text stays text (litellm#19950, #29955)", async () => {
    upstream.behave((received, response) => json(response, 200, answer({ content: lastText(received) })));
    const tokenOf = async (key: Record<string, string> | undefined, mail: string): Promise<string> => {
      upstream.received.length = 0;
      await textOf(await chat(`Mail ${mail}`, {}, key));
      return tokensIn(lastText(upstream.received[0] as Received))[0] ?? "";
    };
    const north = await tokenOf(keys[0], values.mail);
    const south = await tokenOf(keys[1], values.mail);
    assert.match(north, tokenShape);
    assert.notEqual(north, south);
    assert.equal(await tokenOf(keys[0], values.mail), north, "within a tenant it stays the same");
    upstream.behave(async (received, response) => {
      if (received.body.stream !== true) return json(response, 200, answer({ content: lastText(received) }));
      response.writeHead(200, { "content-type": "text/event-stream" });
      await drip(response, Array.from(lastText(received), (character) => chunk(character)).join("") + done, 400);
    });
    await Promise.all(
      Array.from({ length: 40 }, async (_empty, number) => {
        const said = `Mail person${number}@musterstadt.de, not ${number % 2 === 0 ? south : north}.`;
        const stream = number % 4 < 2;
        const response = await chat(said, { stream }, keys[number % 2]);
        assert.equal(stream ? assembled(await response.text()).text : await textOf(response), said);
      }),
    );
    // South asks a model to say north's token: it is no key to north's data.
    const asked = `Repeat ${north} for mine@musterstadt.de`;
    assert.equal(await textOf(await chat(asked, {}, keys[1])), asked);
  });

  it("a history of two turns has one token for one value (litellm#28316)", async () => {
    upstream.behave((received, response) => json(response, 200, answer({ content: `Noted: ${lastText(received)}` })));
    const first = await textOf(await chat(`I am ${values.mail}.`));
    assert.equal(first, `Noted: I am ${values.mail}.`);
    const messages = [
      { role: "user", content: `I am ${values.mail}.` },
      { role: "assistant", content: first },
      { role: "user", content: "Who am I? Not other@musterstadt.de." },
    ];
    assert.equal(await textOf(await send({ messages })), "Noted: Who am I? Not other@musterstadt.de.");
    const [one, two] = upstream.received.map(({ body }) => (body.messages as Message[]).map(({ content }) => tokensIn(content)[0]));
    assert.equal(one?.[0], two?.[0]);
    assert.equal(two?.[0], two?.[1]);
    assert.notEqual(two?.[0], two?.[2]);
    nothingReadable();
  });

  it("tokens that the model invents, bends or continues are left alone and reveal nothing (litellm#28316; Kong 3.12)", async () => {
    upstream.behave((received, response) => {
      const [token = ""] = tokensIn(lastText(received));
      json(response, 200, answer({ content: `${token} ${token}X ${token}9 Email_AAAAA0 Iban_ZZZZZ9 ${token.toLowerCase()} ${token.slice(0, -1)} ${token}s` }));
    });
    const text = await textOf(await chat(`Mail ${values.mail}`));
    const [token = ""] = tokensIn(lastText(upstream.received[0] as Received));
    const { mail } = values;
    assert.equal(text, `${mail} ${token}X ${token}9 Email_AAAAA0 Iban_ZZZZZ9 ${mail} ${token.slice(0, -1)} ${mail}s`);
  });

  it("a token comes back from the spellings that programs give it, streamed too, and the user's own text in such a spelling does not (litellm#28316)", async () => {
    const spellings = (token: string): string =>
      [
        token.toUpperCase(),
        token.replace("_", "\\_"),
        `[${token}]`,
        `\`${token}\``,
        `**${token}**`,
        token.replace("_", "&#95;"),
        token.replace("_", "-"),
        `${token}-nak`,
      ].join(" ");
    upstream.behave(async (received, response) => {
      const said = lastText(received);
      const text = `${said} ${spellings(tokensIn(said)[0] ?? "")}`;
      if (received.body.stream !== true) return json(response, 200, answer({ content: text }));
      response.writeHead(200, { "content-type": "text/event-stream" });
      await drip(response, Array.from(text, (character) => chunk(character)).join("") + done, 61);
    });
    const { mail } = values;
    const wanted = `Mail ${mail} ${mail} ${mail} [${mail}] \`${mail}\` **${mail}** ${mail} ${mail} ${mail}-nak`;
    assert.equal(await textOf(await chat(`Mail ${mail}`)), wanted);
    assert.equal(assembled(await (await chat(`Mail ${mail}`, { stream: true })).text()).text, wanted);
    upstream.received.length = 0;
    upstream.behave((received, response) => json(response, 200, answer({ content: lastText(received) })));
    await chat(`Mail ${mail}`);
    const [token = ""] = tokensIn(lastText(upstream.received[0] as Received));
    // Whoever knows a token and writes it, in whatever spelling, gets back what they wrote.
    for (const spelling of spellings(token).split(" ")) {
      const said = `Mail ${mail}, and say ${spelling}`;
      assert.equal(await textOf(await chat(said, { prompt_cache_key: "forged" })), said);
      const again = await send({
        messages: [
          { role: "user", content: `Mail ${mail}` },
          { role: "assistant", content: "ok" },
          { role: "user", content: said },
        ],
      });
      assert.equal(await textOf(again), said);
    }
  });

  it("lone surrogates, zero-width characters and text of the other direction come back as they were (text that breaks a cut)", async () => {
    upstream.behave(async (received, response) => {
      if (received.body.stream !== true) return json(response, 200, answer({ content: lastText(received) }));
      response.writeHead(200, { "content-type": "text/event-stream" });
      await drip(
        response,
        lastText(received)
          .split("")
          .map((character) => chunk(character))
          .join("") + done,
        83,
      );
    });
    for (const said of [`\ud83d ${values.mail} \ude00`, `\u200b${values.mail}\u200b`, `\u202e${values.iban}\u202c שלום ${values.mail}`, `😀${values.mail}😀`]) {
      assert.equal(await textOf(await chat(said)), said);
      assert.equal(assembled(await (await chat(said, { stream: true })).text()).text, said);
    }
  });

  it("text that looks like a token is the user's own and comes back as it was, streamed too (litellm#19950)", async () => {
    upstream.behave(async (received, response) => {
      if (received.body.stream !== true) return json(response, 200, answer({ content: lastText(received) }));
      response.writeHead(200, { "content-type": "text/event-stream" });
      await drip(response, Array.from(lastText(received), (character) => chunk(character)).join("") + done, 97);
    });
    const said = `Email_AAAAA0 Email_ Iban_12345 Person_K7Q2F9X ${values.mail} <EMAIL_1> [EMAIL_ADDRESS_1] {{email}} Email_AAAAA0`;
    assert.equal(await textOf(await chat(said)), said);
    assert.equal(assembled(await (await chat(said, { stream: true })).text()).text, said);
  });

  it("an answer that breaks off or is no JSON is the backend's fault, and recorded with the backend (litellm#33673)", async () => {
    for (const [name, body] of [
      ["half", `{"id":"c","choices":[{"message":{"content":"Hal`],
      ["odd", `{nonsense`],
    ] as const) {
      upstream.behave((_received, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(body);
      });
      const response = await chat(`Mail ${values.mail}`, {}, { "x-request-id": `broken-${name}` });
      assert.equal(response.status, 502);
      assert.equal(((await response.json()) as { error: { code: string } }).error.code, "backend_failed");
      const [, outcome] = await ledgerOf(house, "--request", `broken-${name}`);
      assert.deepEqual([outcome?.backend, outcome?.status, outcome?.attempts], ["france", "error", 1]);
    }
  });

  it("an error of the backend that quotes a token is told with the value, and quotes nothing else (litellm#33673)", async () => {
    upstream.behave((received, response) =>
      json(response, 400, { error: { message: `Bad address: ${lastText(received)}`, type: "invalid_request_error", param: null, code: null } }),
    );
    const response = await chat(`Mail ${values.mail}`);
    assert.equal(response.status, 400);
    assert.equal(((await response.json()) as { error: { message: string } }).error.message, `Bad address: Mail ${values.mail}`);
  });

  it("what someone declared sensitive is not made harmless by replacing names, and a credential never leaves (CONTRACT: or-after)", async () => {
    for (const [content, headers] of [
      [sentence, { "x-freehold-class": "sensitive" }],
      [`${sentence} ${["ghp", "Zk3Qw9Lr7Tn2Xc5Vb8Hm4Jd6Fs1Gp0YaUeRi"].join("_")}`, {}],
    ] as const) {
      assert.equal((await chat(content, {}, headers)).status, 403);
    }
    assert.equal(upstream.received.length, 0);
  });
});
