import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AnswerStep, ChatStreamReader } from "./chat-stream.ts";

const event = (delta: object, choice: object = {}): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null, ...choice }] })}\n\n`;
const done = "data: [DONE]\n\n";

function read(text: string, cuts: readonly number[] = []): { readonly steps: readonly AnswerStep[]; readonly broken: boolean } {
  const bytes = Buffer.from(text);
  const reader = new ChatStreamReader();
  const steps: AnswerStep[] = [];
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((one, other) => one - other);
  let from = 0;
  for (const place of places) {
    steps.push(...reader.push(bytes.subarray(from, place)));
    from = place;
  }
  return { steps, broken: reader.broken };
}

const blocksOf = (steps: readonly AnswerStep[]): unknown => {
  const last = steps.at(-1);
  return last?.type === "end" ? last.answer.blocks.map(({ kind, text }) => [kind, text]) : "no end";
};

interface Piece {
  readonly index: number;
  readonly args: string;
}

const calls = fc.array(fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

test("whatever the cuts and however parallel calls are mixed, each call comes whole, alone and in order", () => {
  fc.assert(
    fc.property(calls, fc.string(), fc.array(fc.nat(), { maxLength: 12 }), fc.infiniteStream(fc.nat()), (values, text, cuts, choices) => {
      const args = values.map((value) => JSON.stringify({ value }));
      const left: Piece[][] = args.map((whole, index) => (whole.match(/.{1,5}/gsu) ?? []).map((piece) => ({ index, args: piece })));
      let script = text === "" ? "" : event({ content: text });
      for (const [index] of args.entries()) script += event({ tool_calls: [{ index, id: `id${index}`, function: { name: `f${index}`, arguments: "" } }] });
      while (left.some((pieces) => pieces.length > 0)) {
        const open = left.filter((pieces) => pieces.length > 0);
        const piece = open[choices.next().value % open.length]?.shift();
        script += event({ tool_calls: [{ index: piece?.index, function: { arguments: piece?.args } }] });
      }
      const { steps, broken } = read(script + event({}, { finish_reason: "tool_calls" }) + done, cuts);
      assert.ok(!broken);
      assert.deepEqual(blocksOf(steps), [...(text === "" ? [] : [["text", text]]), ...args.map((whole) => ["call", whole])]);
      // Opened, added to and closed one after another; what was added is what it closes with.
      let open = -1;
      let added = "";
      for (const step of steps) {
        if (step.type === "open") {
          assert.equal(step.index, open + 1);
          open = step.index;
          added = "";
        } else if (step.type === "add") {
          assert.equal(step.index, open);
          added += step.text;
        } else if (step.type === "close") assert.deepEqual([step.index, step.block.text], [open, added]);
      }
    }),
  );
});

test("calls that a backend writes under one index, or under none, are told by their ids (maka#1976, openai-python#2806)", () => {
  for (const index of [0, undefined]) {
    const call = (id: string) => event({ tool_calls: [{ ...(index !== undefined && { index }), id, function: { name: "f", arguments: `{"of":"${id}"}` } }] });
    assert.deepEqual(blocksOf(read(call("a") + call("b") + done).steps), [
      ["call", '{"of":"a"}'],
      ["call", '{"of":"b"}'],
    ]);
  }
});

test("white space between the pieces of a call is no text", () => {
  const begin = event({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: '{"x":' } }] });
  const rest = event({ content: "\n" }) + event({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] });
  assert.deepEqual(blocksOf(read(begin + rest + done).steps), [["call", '{"x":1}']]);
});

test("texts in parts, as Mistral's reasoning models stream them, are read", () => {
  const thought = event({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }] });
  assert.deepEqual(blocksOf(read(thought + event({ content: [{ type: "text", text: "Ja." }] }) + done).steps), [
    ["reasoning", "Hm."],
    ["text", "Ja."],
  ]);
});

test("only the first of several choices is told", () => {
  assert.deepEqual(blocksOf(read(event({ content: "one" }) + event({ content: "two" }, { index: 1 }) + done).steps), [["text", "one"]]);
});

test("an error, garbage, a piece of no call and an endless event break the stream, and nothing after them counts", () => {
  const begun = event({ content: "x" });
  for (const rest of [
    'data: {"error":{"message":"boom"}}\n\n',
    "data: {\n\n",
    event({ tool_calls: [{ index: 3, function: { arguments: "{}" } }] }),
    `data: ${"x".repeat(9 << 20)}`,
  ]) {
    const { steps, broken } = read(begun + rest + done);
    assert.ok(broken);
    assert.equal(blocksOf(steps), "no end");
  }
});

test("any bytes are read without a crash", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom("data: ", "\n\n", "\r\n\r\n", '{"choices":[', done)), { maxLength: 12 }), (parts) => {
      read(parts.join(""));
    }),
  );
});
