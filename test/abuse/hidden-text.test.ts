import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, startHouse, tidy } from "../integration/house.ts";
import { startUpstream, type Upstream } from "../integration/upstream.ts";

const iban = "DE89 3704 0044 0532 0130 00";
const mail = "jane.roe@kunde-musterstadt.de";
const phone = "+49 30 901820";
const secret = ["ghp", "Zk3Qw9Lr7Tn2Xc5Vb8Hm4Jd6Fs1Gp0YaUeRi"].join("_");
const inBase64 = (text: string): string => Buffer.from(text).toString("base64");
const digitsFrom = (zero: number, text: string): string => text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

/** Ways to write a value so that a reader, a browser or a model still reads it and a careless filter does not. */
const disguises: readonly [string, string][] = [
  ["zero-width characters", "DE89\u200b3704\u200b0044\u200b0532\u200b0130\u200b00"],
  ["soft hyphens", mail.replace("roe", "r\u00ado\u00ade")],
  ["right-to-left marks", "call \u200f+49 30\u200f 901\u200f820"],
  ["look-alike letters", iban.replace("DE", "D\u0415")],
  ["full-width letters and digits", "\uff24\uff25\uff18\uff19 3704 0044 0532 0130 00"],
  ["Arabic-Indic digits", digitsFrom(0x660, iban)],
  ["Devanagari digits", `card ${digitsFrom(0x966, "4111 1111 1111 1111")}`],
  ["unusual spaces", iban.replaceAll(" ", "\u2003")],
  ["HTML entities", mail.replace("@", "&#64;")],
  ["named HTML entities", mail.replace("@", "&commat;")],
  ["URL-encoding", mail.replace("@", "%40")],
  ["URL-encoding twice", mail.replace("@", "%2540")],
  ["quoted-printable", mail.replace("@", "=40")],
  ["escapes of source code", mail.replace("@", "\\u0040")],
  ["spelled-out signs", mail.replace("@", " [at] ")],
  ["a lone surrogate", mail.replace("@", "\ud800@")],
  ["characters of tags", Array.from(mail, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join("")],
  ["base64", inBase64(`please write to ${mail}`)],
  ["base64 twice", inBase64(inBase64(`please write to ${mail}`))],
];

const disguisedSecrets: readonly [string, string][] = [
  ["zero-width characters", `${secret.slice(0, 9)}\u200b${secret.slice(9)}`],
  ["look-alike letters", secret.replace("ghp", "gh\u0440")],
  ["full-width letters", secret.replace("ghp", "\uff47\uff48\uff50")],
  ["HTML entities", secret.replace("_", "&lowbar;")],
  ["URL-encoding", secret.replace("_", "%5F")],
  ["base64", inBase64(`key: ${secret}`)],
  ["a login in base64", inBase64("clerk:Tr0ub4dor#3")],
  ["a look-alike in the word for it", "p\u0430ssword = Tr0ub4dor3x"],
];

const escaped = (text: string): string => Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

const user = { role: "user", content: "A quokka greets you." };
const tool = (parameters: unknown, description = "Asks.") => ({ type: "function", function: { name: "ask", description, parameters } });
const called = (args: string) => [
  user,
  { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: { name: "ask", arguments: args } }] },
  { role: "tool", tool_call_id: "c1", content: "done" },
];

/** Every place in which other gateways forgot to look, as a member of a chat request. */
const chatPlaces: readonly [string, (text: string) => Record<string, unknown>][] = [
  ["the user's text", (text) => ({ messages: [{ role: "user", content: text }] })],
  ["system text", (text) => ({ messages: [{ role: "system", content: `You serve ${text}.` }, user] })],
  ["developer text", (text) => ({ messages: [{ role: "developer", content: text }, user] })],
  [
    "a content part",
    (text) => ({
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "and" },
            { type: "text", text },
          ],
        },
      ],
    }),
  ],
  ["a part of an unknown type", (text) => ({ messages: [{ role: "user", content: [{ type: "x_new", x_new: { body: [text] } }] }] })],
  ["a refusal in the history", (text) => ({ messages: [user, { role: "assistant", refusal: text, content: null }, user] })],
  ["reasoning in the history", (text) => ({ messages: [user, { role: "assistant", reasoning_content: text, content: "x" }, user] })],
  ["a participant's name", (text) => ({ messages: [{ ...user, name: text }] })],
  ["tool-call arguments in the history", (text) => ({ messages: called(JSON.stringify({ to: text })) })],
  ["tool-call arguments, escaped", (text) => ({ messages: called(`{"to":"${escaped(text)}"}`) })],
  ["tool-call arguments that are not JSON", (text) => ({ messages: called(`to=${text}`) })],
  ["tool-call arguments that break off", (text) => ({ messages: called(`{"to":"${escaped(text)}","x":`) })],
  ["JSON in JSON in tool-call arguments", (text) => ({ messages: called(JSON.stringify({ a: JSON.stringify({ b: `{"c":"${escaped(text)}"}` }) })) })],
  [
    "a function call of the old form",
    (text) => ({ messages: [user, { role: "assistant", content: null, function_call: { name: "ask", arguments: JSON.stringify([text]) } }] }),
  ],
  [
    "a tool's result",
    (text) => ({ messages: [...called("{}").slice(0, 2), { role: "tool", tool_call_id: "c1", content: JSON.stringify({ rows: [[text]] }) }] }),
  ],
  ["a tool call's id", (text) => ({ messages: [{ role: "tool", tool_call_id: text, content: "x" }] })],
  ["a tool's description", (text) => ({ messages: [user], tools: [tool({ type: "object" }, `For ${text}`)] })],
  ["a tool's schema", (text) => ({ messages: [user], tools: [tool({ type: "object", properties: { who: { type: "string", enum: [text] } } })] })],
  ["a member's name in a schema", (text) => ({ messages: [user], tools: [tool({ type: "object", properties: { [text]: { type: "string" } } })] })],
  ["functions of the old form", (text) => ({ messages: [user], functions: [{ name: "ask", description: text }] })],
  ["a response schema", (text) => ({ messages: [user], response_format: { type: "json_schema", json_schema: { name: "x", schema: { const: text } } } })],
  ["metadata", (text) => ({ messages: [user], metadata: { ticket: { [`for ${text}`]: 1 } } })],
  ["user", (text) => ({ messages: [user], user: text })],
  ["safety_identifier", (text) => ({ messages: [user], safety_identifier: text })],
  ["stop", (text) => ({ messages: [user], stop: [text] })],
  ["prediction", (text) => ({ messages: [user], prediction: { type: "content", content: text } })],
  ["guided choices", (text) => ({ messages: [user], guided_choice: [text] })],
  ["a chat template of the client's own", (text) => ({ messages: [user], chat_template: `{{ '${text}' }}` })],
  ["documents", (text) => ({ messages: [user], documents: [{ title: "t", text }] })],
  ["a member called __proto__", (text) => ({ messages: [user], ...(JSON.parse(`{"__proto__":{"x":${JSON.stringify(text)}}}`) as object) })],
  ["a member that nobody knows", (text) => ({ messages: [user], x_vendor: [[[{ deep: text }]]] })],
];

const completionPlaces: readonly [string, (text: string) => Record<string, unknown>][] = [
  ["a prompt", (text) => ({ prompt: text })],
  ["one of several prompts", (text) => ({ prompt: ["Hello", text] })],
  ["a suffix", (text) => ({ prompt: "Hello", suffix: text })],
  ["user", (text) => ({ prompt: "Hello", user: text })],
];

const embeddingPlaces: readonly [string, (text: string) => Record<string, unknown>][] = [
  ["an input", (text) => ({ input: text })],
  ["one of many inputs", (text) => ({ input: [...Array.from({ length: 500 }, (_empty, index) => `line ${index}`), text] })],
  ["an instruction", (text) => ({ input: "Hello", instruction: text })],
  ["user", (text) => ({ input: "Hello", user: text })],
];

const endpoints = [
  ["chat/completions", chatPlaces],
  ["completions", completionPlaces],
  ["embeddings", embeddingPlaces],
] as const;

describe("hidden text", () => {
  let own: Upstream;
  let european: Upstream;
  let house: House;
  before(async () => {
    [own, european] = await Promise.all([startUpstream(), startUpstream()]);
    house = await startHouse({
      charter,
      estate: estateWith([
        { name: "france", url: european.url, kind: "european" },
        { name: "cellar", url: own.url, kind: "own" },
      ]),
      env: { FREEHOLD_LOG_LEVEL: "debug" },
    });
  });
  after(async () => {
    await tidy();
    for (const upstream of [own, european]) await upstream?.close();
  });

  const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    house.fetch(`/v1/${path}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "x-freehold-origin": "DE", ...headers },
    });

  for (const [path, places] of endpoints) {
    it(`${path}: personal data in any of ${places.length} places keeps the request at home (litellm#41265, #41274, #33107)`, async () => {
      assert.equal(
        (await send(path, { model: "assistant", ...places[0]?.[1]("Hello") })).headers.get("x-freehold-backend"),
        "france",
        "harmless text goes out",
      );
      european.received.length = 0;
      for (const [place, body] of places) {
        for (const text of [iban, mail, phone]) {
          const response = await send(path, { model: "assistant", ...body(text) });
          await response.arrayBuffer();
          const seen = [response.status, response.headers.get("x-freehold-class"), response.headers.get("x-freehold-backend")];
          assert.deepEqual(seen, [200, "sensitive", "cellar"], `${text} in ${place}`);
        }
      }
      assert.equal(european.received.length, 0);
    });

    it(`${path}: a credential in any of ${places.length} places goes nowhere (litellm#33107, #12448)`, async () => {
      own.received.length = 0;
      for (const [place, body] of places) {
        const response = await send(path, { model: "assistant", ...body(secret) });
        const text = await response.text();
        assert.equal(response.status, 403, place);
        assert.match(text, /"code":"secret_detected"/);
        assert.equal(text.includes(secret), false, `the refusal repeats what was in ${place}`);
      }
      assert.deepEqual([own.received.length, european.received.length], [0, 0]);
    });
  }

  it(`personal data in ${disguises.length} disguises keeps the request at home, as text, in tool arguments and as a member's name`, async () => {
    european.received.length = 0;
    for (const [name, text] of disguises) {
      for (const body of [
        { messages: [{ role: "user", content: `It is ${text} as you know.` }] },
        { messages: called(JSON.stringify({ to: text })) },
        { messages: [user], metadata: { [`for ${text}`]: "x" } },
      ]) {
        const response = await send("chat/completions", { model: "assistant", ...body });
        await response.arrayBuffer();
        const seen = [response.status, response.headers.get("x-freehold-class"), response.headers.get("x-freehold-backend")];
        assert.deepEqual(seen, [200, "sensitive", "cellar"], `${name} in ${Object.keys(body).join()}`);
      }
    }
    assert.equal(european.received.length, 0);
  });

  it(`a credential in ${disguisedSecrets.length} disguises goes nowhere`, async () => {
    own.received.length = 0;
    for (const [name, text] of disguisedSecrets) {
      const response = await send("chat/completions", { model: "assistant", messages: [{ role: "user", content: `Here: ${text} .` }] });
      assert.match(await response.text(), /"code":"secret_detected"/, name);
      assert.equal(response.status, 403, name);
    }
    assert.deepEqual([own.received.length, european.received.length], [0, 0]);
  });

  it("text that comes as token numbers cannot be read, so it is not public (LangChain's embeddings send tokens; litellm#33107's shape)", async () => {
    european.received.length = 0;
    const tokens = [1050, 22, 4011, 99, 31_337];
    for (const [path, body] of [
      ["embeddings", { input: tokens }],
      ["embeddings", { input: [tokens, tokens] }],
      ["completions", { prompt: tokens }],
      ["completions", { prompt: [tokens] }],
      ["completions", { prompt: ["Hello", tokens] }],
    ] as const) {
      const response = await send(path, { model: "assistant", ...body });
      await response.arrayBuffer();
      const seen = [response.status, response.headers.get("x-freehold-class"), response.headers.get("x-freehold-backend")];
      assert.deepEqual(seen, [200, "sensitive", "cellar"], `${path} ${JSON.stringify(body)}`);
    }
    assert.equal(european.received.length, 0);
  });

  it("a request id that is an account number or a key neither leaves nor is kept (headers are text too; litellm#24902)", async () => {
    european.received.length = 0;
    for (const id of ["DE89370400440532013000", `id-${["AKIA", "QYLPMN5HHHFPZAM2"].join("")}`]) {
      const response = await send("chat/completions", { model: "assistant", messages: [user] }, { "x-request-id": id });
      await response.arrayBuffer();
      assert.match(response.headers.get("x-request-id") ?? "", /^req_[0-9A-Z]{26}$/, id);
    }
    assert.equal(european.received.length, 2);
    const kept = "6f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e";
    assert.equal((await send("chat/completions", { model: "assistant", messages: [user] }, { "x-request-id": kept })).headers.get("x-request-id"), kept);
    assert.equal(european.received.at(-1)?.headers["x-request-id"], kept);
  });

  it("nothing of all this lies in the ledger, the logs, the metrics or the data folder (litellm#24902, #27884; sparkth#507)", async () => {
    // A model that does not exist is text of the client's own, too.
    assert.equal((await send("embeddings", { model: `model-of-${mail}`, input: "x" })).status, 404);
    assert.equal((await send("chat/completions", `{"model":"assistant","messages":[{"role":"user","content":"${mail}`)).status, 400);
    assert.equal((await send("chat/completions", { model: "assistant", messages: [user], api_base: mail })).status, 400);
    const metrics = await (await house.fetch("/metrics")).text();
    assert.match(metrics, /freehold_decisions_total/);
    assert.equal(await house.stop(), 0);
    const hay: [string, Buffer][] = [
      ["metrics", Buffer.from(metrics)],
      ["the log", Buffer.from(house.said())],
    ];
    for (const { parentPath, name } of readdirSync(house.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      hay.push([name, readFileSync(join(parentPath, name))]);
    }
    assert.ok(
      hay.some(([name, bytes]) => name === "ledger.db" && bytes.includes('"kind":"decision"')),
      "the ledger is among what is searched",
    );
    assert.match(house.said(), /"answered"/, "the log is among what is searched");
    for (const [name, bytes] of hay) {
      for (const text of [iban, mail, phone, secret, iban.replaceAll(" ", ""), "4111111111111111", "192.168.17.23", "jane.roe", "901820", "quokka"]) {
        assert.equal(bytes.includes(text), false, `${name} holds ${text}`);
      }
    }
  });
});
