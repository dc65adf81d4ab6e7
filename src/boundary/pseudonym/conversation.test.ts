import assert from "node:assert/strict";
import { test } from "node:test";
import { conversationScope } from "./conversation.ts";

const turn = (...contents: string[]): object[] => contents.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
const system = { role: "system", content: "Be brief." };

test("all turns of a conversation have one scope, told by how it began; other conversations and tenants have others", () => {
  const first = conversationScope("north", { messages: [system, ...turn("Hello")] });
  assert.equal(conversationScope("north", { messages: [system, ...turn("Hello", "Hi", "And now?")], temperature: 1 }), first);
  assert.notEqual(conversationScope("south", { messages: [system, ...turn("Hello")] }), first);
  assert.notEqual(conversationScope("north", { messages: [system, ...turn("Hello there")] }), first);
  assert.notEqual(conversationScope("north", { messages: turn("Hello") }), first);
});

test("a client's own id of the conversation decides where it gives one; a person's id does not", () => {
  const messages = turn("Hello");
  const bodies = [
    { conversation: "c1" },
    { conversation: { id: "c1" } },
    { metadata: { conversation_id: "c1" } },
    { metadata: { session_id: "c1" } },
    { metadata: { thread_id: "c1" } },
    { prompt_cache_key: "c1" },
  ];
  const scopes = bodies.map((body) => conversationScope("north", { ...body, messages }));
  assert.equal(new Set(scopes).size, 1);
  assert.equal(conversationScope("north", { conversation: "c1", messages: turn("Something else") }), scopes[0]);
  assert.notEqual(conversationScope("south", { conversation: "c1", messages }), scopes[0]);
  const unnamed = conversationScope("north", { messages });
  for (const body of [{ user: "u1" }, { safety_identifier: "u1" }, { conversation: " " }, { conversation: 7 }, { metadata: null }]) {
    assert.equal(conversationScope("north", { ...body, messages }), unnamed);
  }
});

test("a prompt that grows keeps its scope; texts to embed and to rank share their tenant's", () => {
  const prompt = conversationScope("north", { prompt: "\nDear Sir,\nI" });
  assert.equal(conversationScope("north", { prompt: "\nDear Sir,\nI write to you" }), prompt);
  assert.notEqual(conversationScope("north", { prompt: "Dear Madam,\nI" }), prompt);
  assert.equal(conversationScope("north", { input: "a document" }), conversationScope("north", { input: ["a question"] }));
  assert.equal(conversationScope("north", { query: "a question", documents: ["one"] }), conversationScope("north", { input: "x" }));
});

test("no tenant's name can be written so that another tenant's scope comes out", () => {
  assert.notEqual(conversationScope('north","id","c1', { input: "x" }), conversationScope("north", { conversation: "c1" }));
});
