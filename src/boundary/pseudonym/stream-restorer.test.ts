import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
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

function run(stream: string, size = stream.length): string {
  const restorer = createStreamRestorer(vault);
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
    chunk({ index: 0, delta: { reasoning_content: "think Email_K7Q" }, finish_reason: null }) +
      content("Em") +
      chunk({ index: 0, delta: { reasoning_content: "2F9." }, finish_reason: null }) +
      finish(),
  );
  const reasoning = events(out).flatMap((event) => event.choices.map((choice) => choice.delta?.reasoning_content ?? ""));
  assert.equal(reasoning.join(""), "think jäne@example.org.");
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
