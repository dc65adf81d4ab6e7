import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AnswerForm } from "./answer.ts";
import { createStreamRestorer } from "./stream-restorer.ts";
import { Vault } from "./vault.ts";

const vault = new Vault(
  new Map([
    ["Email_K7Q2F9", { value: "jäne@example.org", joined: false }],
    ["Person_A1B2C3", { value: 'Ann "A" O\\B', joined: false }],
  ]),
);

interface Delta {
  readonly content?: string | null;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly { readonly index: number; readonly function: { readonly arguments: string } }[];
}
interface Event {
  readonly id?: string;
  readonly usage?: unknown;
  readonly choices: readonly { readonly index: number; readonly delta?: Delta; readonly text?: string; readonly finish_reason: string | null }[];
}

const chunk = (choice: object): string =>
  `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", created: 1, model: "m", choices: [choice] })}\n\n`;
const content = (text: string, finish: string | null = null, index = 0): string => chunk({ index, delta: { content: text }, finish_reason: finish });
const call = (text: string, tool: number): string =>
  chunk({ index: 0, delta: { tool_calls: [{ index: tool, function: { arguments: text } }] }, finish_reason: null });
const finish = (reason = "stop", index = 0): string => chunk({ index, delta: {}, finish_reason: reason });
const done = "data: [DONE]\n\n";

function run(stream: string, size = stream.length, form: AnswerForm = {}): string {
  const restorer = createStreamRestorer(vault, form);
  const bytes = Buffer.from(stream);
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) out.push(...restorer.push(bytes.subarray(at, at + size)));
  return Buffer.concat([...out, ...restorer.end()]).toString("utf8");
}

const events = (stream: string): Event[] =>
  stream
    .split("\n\n")
    .filter((block) => block.startsWith("data: {") && block.endsWith("}"))
    .map((block) => JSON.parse(block.slice(6)) as Event);

const textOf = (stream: string, index = 0): string =>
  events(stream)
    .flatMap((event) => event.choices)
    .filter((choice) => choice.index === index)
    .map((choice) => choice.delta?.content ?? choice.text ?? "")
    .join("");

const argumentsOf = (stream: string, tool: number): string =>
  events(stream)
    .flatMap((event) => event.choices.flatMap((choice) => choice.delta?.tool_calls ?? []))
    .filter((one) => one.index === tool)
    .map((one) => one.function.arguments)
    .join("");

test("restores tokens that are cut over deltas, whatever the cut of the bytes", () => {
  const stream = content("Dear Em") + content("ail_K7") + content("Q2F9, grüße Person_A1") + content("B2C3!") + finish() + done;
  for (let size = 1; size <= 40; size += 1) {
    const out = run(stream, size);
    assert.equal(textOf(out), 'Dear jäne@example.org, grüße Ann "A" O\\B!');
    assert.ok(out.endsWith(done));
  }
});

test("passes events in which nothing changes as the bytes that came, comments, usage and unknown events too", () => {
  const stream = `: keep-alive\n\nevent: ping\ndata: {"x": 1.0}\n\ndata:{"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":null}]}\r\n\r\n${content("x")}data: {"choices":[],"usage":{"total_tokens":1.0}}\n\n${done}`;
  for (const size of [1, 3, 1000]) assert.equal(run(stream, size), stream);
});

test("what is held back is passed on before the finish, in an event of the same shape", () => {
  const out = run(content("bye Email_K7Q2F9") + finish() + done);
  const list = events(out);
  assert.deepEqual(
    list.map((event) => [event.id, event.choices[0]?.delta?.content ?? null, event.choices[0]?.finish_reason ?? null]),
    [
      ["x", "bye ", null],
      ["x", "jäne@example.org", null],
      ["x", null, "stop"],
    ],
  );
});

test("text in the same event as the finish is complete and in order", () => {
  const out = run(content("to Email_") + content("K7Q2F9 and Em", "length") + done);
  assert.equal(textOf(out), "to jäne@example.org and Em");
  assert.equal(events(out).at(-1)?.choices[0]?.finish_reason, "length");
});

test("a stream without a finish, or cut off, still gives what was held back", () => {
  assert.equal(textOf(run(content("see Email_K7Q2F9"))), "see jäne@example.org");
  assert.equal(textOf(run(`${content("see Email_K7")}data: {"broken`)), "see Email_K7");
  assert.equal(textOf(run(content("see Email_K7Q2F9") + done)), "see jäne@example.org");
});

test("choices and tool calls that interleave do not mix, and arguments stay valid JSON", () => {
  const stream =
    call('{"to":"Per', 0) +
    call('{"cc":"Email_K7', 1) +
    content("A Em", null, 1) +
    call('son_A1B2C3"}', 0) +
    call('Q2F9"}', 1) +
    content("ail_K7Q2F9", null, 1) +
    finish("tool_calls") +
    finish("stop", 1) +
    done;
  for (const size of [1, 7, 5000]) {
    const out = run(stream, size);
    assert.deepEqual(JSON.parse(argumentsOf(out, 0)), { to: 'Ann "A" O\\B' });
    assert.deepEqual(JSON.parse(argumentsOf(out, 1)), { cc: "jäne@example.org" });
    assert.equal(textOf(out, 1), "A jäne@example.org");
  }
});

test("completions stream their text field, and reasoning is restored apart from content", () => {
  const text = (piece: string, reason: string | null): string => chunk({ index: 0, text: piece, finish_reason: reason });
  assert.equal(textOf(run(text("Email_K", null) + text("7Q2F9", null) + text("", "stop") + done)), "jäne@example.org");
  const out = run(
    chunk({ index: 0, delta: { content: "", reasoning_content: "think Email_K7Q" }, finish_reason: null }) +
      chunk({ index: 0, delta: { content: null, reasoning_content: "2F9" }, finish_reason: null }) +
      content("Em") +
      finish(),
  );
  const reasoning = events(out).flatMap((event) => event.choices.map((choice) => choice.delta?.reasoning_content ?? ""));
  assert.equal(reasoning.join(""), "think jäne@example.org");
  assert.equal(textOf(out), "Em");
});

test("the usage of an event is not repeated with what was held back", () => {
  const last = `data: ${JSON.stringify({ id: "x", usage: { total_tokens: 3 }, choices: [{ index: 0, delta: { content: "Email_K7Q2F9" }, finish_reason: null }] })}\n\n`;
  const out = events(run(last + finish() + done));
  assert.equal(out.filter((event) => event.usage !== undefined).length, 1);
});

test("counts what the model changed", () => {
  const restorer = createStreamRestorer(vault);
  restorer.push(Buffer.from(content("Email_ZZZZZ9 ") + content("Email_K7Q2F9 ")));
  restorer.end();
  assert.equal(restorer.unresolved, 1);
});

test("every text comes through every cut into deltas and chunks", () => {
  const piece = fc.oneof(fc.constantFrom("Email_K7Q2F9", "Person_A1B2C3", "Em", "Perso", "😀", "ü"), fc.string({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 90 }), (pieces, deltaSize, chunkSize) => {
      const text = [...pieces.join("")];
      let stream = "";
      for (let at = 0; at < text.length; at += deltaSize) stream += content(text.slice(at, at + deltaSize).join(""));
      const restored = run(stream + finish() + done, chunkSize);
      const whole = run(content(text.join("")) + finish() + done);
      assert.equal(textOf(restored), textOf(whole));
    }),
    { numRuns: 300 },
  );
});

const delta = (value: object, index = 0): string => chunk({ index, delta: value, finish_reason: null });
const deltasOf = (stream: string): Record<string, unknown>[] =>
  events(stream).flatMap(({ choices }) => choices.map((choice) => (choice.delta ?? {}) as Record<string, unknown>));

test("a text is complete before the next text or a call begins, as translations into blocks need it", () => {
  const out = run(
    delta({ reasoning_content: "ask Email_K7Q2F9" }) +
      content("Dear Person_A1B2C3") +
      call('{"to":"Email_K7', 0) +
      call('Q2F9"}', 0) +
      finish("tool_calls") +
      done,
  );
  const order = deltasOf(out).flatMap((one) =>
    Object.entries(one).flatMap(([name, value]) => (name === "tool_calls" ? ["call"] : [`${name}:${String(value)}`])),
  );
  const firstOf = (start: string): number => order.findIndex((entry) => entry.startsWith(start));
  assert.ok(order.indexOf("reasoning_content:jäne@example.org") !== -1 && order.indexOf("reasoning_content:jäne@example.org") < firstOf("content:"));
  assert.ok(order.indexOf('content:Ann "A" O\\B') !== -1 && order.indexOf('content:Ann "A" O\\B') < firstOf("call"));
  assert.deepEqual(JSON.parse(argumentsOf(out, 0)), { to: "jäne@example.org" });
});

test("every text of a choice is restored, whatever it is called: parts, refusals, transcripts, old function calls, names, sources", () => {
  const cut = (make: (text: string) => object): string => delta(make("x Email_K7")) + delta(make("Q2F9"));
  const stream =
    cut((text) => ({ refusal: text })) +
    cut((text) => ({ audio: { id: "a", transcript: text } })) +
    cut((text) => ({ content: [{ type: "text", text }] })) +
    cut((text) => ({ content: [{ type: "thinking", thinking: [{ type: "text", text }] }] })) +
    cut((text) => ({ function_call: { arguments: text } })) +
    cut((text) => ({ tool_calls: [{ index: 2, type: "custom", custom: { input: text } }] })) +
    delta({ tool_calls: [{ index: 3, id: "c", type: "function", function: { name: "Email_K7Q2F9" } }] }) +
    delta({
      annotations: [{ type: "url_citation", url_citation: { url: "https://x.example/Email_K7Q2F9", title: "Email_K7Q2F9s" } }],
      citations: ["Email_K7Q2F9"],
    }) +
    finish() +
    done;
  for (const size of [1, 9, stream.length]) {
    const out = run(stream, size);
    const joined = (pick: (value: Record<string, never>) => unknown): string =>
      deltasOf(out)
        .map((one) => pick(one as Record<string, never>) ?? "")
        .join("");
    const mail = "x jäne@example.org";
    assert.equal(
      joined((one) => one.refusal),
      mail,
    );
    assert.equal(
      joined((one) => (one.audio as { transcript?: string } | undefined)?.transcript),
      mail,
    );
    interface Part {
      readonly type: string;
      readonly text?: string;
      readonly thinking?: readonly { readonly text: string }[];
    }
    const partsOf = (one: Record<string, unknown>): readonly Part[] => (Array.isArray(one.content) ? (one.content as Part[]) : []);
    assert.equal(
      deltasOf(out)
        .flatMap(partsOf)
        .map(({ type, text }) => (type === "text" ? text : ""))
        .join(""),
      mail,
    );
    assert.equal(
      deltasOf(out)
        .flatMap(partsOf)
        .map(({ thinking }) => thinking?.[0]?.text ?? "")
        .join(""),
      mail,
    );
    assert.equal(
      joined((one) => (one.function_call as { arguments?: string } | undefined)?.arguments),
      mail,
    );
    assert.ok(out.includes('"custom":{"input":"jäne@example.org"}') && out.includes('"name":"jäne@example.org"'));
    assert.ok(out.includes('"https://x.example/jäne@example.org"') && out.includes('"jäne@example.orgs"') && out.includes('["jäne@example.org"]'));
    assert.ok(!out.includes("K7Q2F9"));
  }
});

test("log probabilities are removed: beside the restored text they would name other words", () => {
  const stream = chunk({
    index: 0,
    delta: { content: "a" },
    logprobs: { content: [{ token: "Email", bytes: [69], logprob: -1, top_logprobs: [] }] },
    finish_reason: null,
  });
  const out = run(stream + chunk({ index: 0, text: "b", logprobs: null, finish_reason: null }) + finish() + done);
  assert.ok(!out.includes("Email") && out.includes('"logprobs":null'));
});

test("an answer that was asked for in JSON stays JSON; one that was not keeps its line breaks", () => {
  const stream = content('{"name":"Person_A1') + content('B2C3","n":1}') + finish() + done;
  assert.deepEqual(JSON.parse(textOf(run(stream, 5, { json: true }))), { name: 'Ann "A" O\\B', n: 1 });
  assert.equal(textOf(run(stream)), '{"name":"Ann "A" O\\B","n":1}');
});

test("an error in the middle of a stream is told with the value", () => {
  assert.equal(run('data: {"error":{"message":"no such Email_K7Q2F9"}}\n\n'), 'data: {"error":{"message":"no such jäne@example.org"}}\n\n');
});

test("arguments stay valid JSON over every cut of bytes, deltas and escapes, halves of surrogate pairs too", () => {
  const text = '{"a":"\\n\\"Person_A1B2C3\\u00e4\\\\Email_K7Q2F9","b":"ä😀Person_A1B2C3"}';
  const wanted = { a: `\n"Ann "A" O\\Bä\\jäne@example.org`, b: 'ä😀Ann "A" O\\B' };
  for (let size = 1; size <= 9; size += 1) {
    let stream = "";
    // Cut between UTF-16 units, as servers do that cut a text without looking.
    for (let at = 0; at < text.length; at += size) stream += call(text.slice(at, at + size), 0);
    for (const bytes of [1, 2, 3, 64]) assert.deepEqual(JSON.parse(argumentsOf(run(stream + finish("tool_calls") + done, bytes), 0)), wanted);
  }
});
