import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect as show } from "node:util";
import fc from "fast-check";
import { createDetector } from "../detector.ts";
import { type Inspection, inspect } from "../inspect/inspect.ts";
import { restoreAnswer } from "./answer.ts";
import { type Pseudonymised, pseudonymise } from "./pseudonymise.ts";
import { restore, restoreCounted } from "./restore.ts";
import { createRestorer } from "./restorer.ts";
import { mintToken, tokenShape } from "./token.ts";

const detector = createDetector();
const key = { secret: Buffer.alloc(32, 7), scope: "tenant-1" };

function inspected(body: unknown): Inspection {
  const result = inspect(body, detector);
  assert.ok(result.ok);
  return result.value;
}

const replaced = (body: unknown, scope = key.scope): Pseudonymised => pseudonymise(body, inspected(body), { ...key, scope });

/** An inspection that holds given spans, for texts and spans of every kind. */
function spansOf(text: string, spans: readonly (readonly [number, number])[]): Inspection {
  return {
    detected: [],
    findings: spans.map(([start, end]) => ({
      place: { path: [], of: "value" },
      finding: { type: "person", subtype: undefined, start, end, confidence: 1, rule: "test", class: "sensitive" },
      text: text.slice(start, end),
      replaceable: true,
    })),
  };
}

const request = {
  model: "assistant",
  messages: [
    { role: "user", content: "Mail jane@example.org, IBAN DE89 3704 0044 0532 0130 00, or joe@example.org." },
    { role: "assistant", tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: '{ "to": "jane\\u0040example.org", "n": 1.0 }' } }] },
    { role: "tool", content: "sent to jane@example.org" },
  ],
  metadata: JSON.parse('{"jane@example.org": 1, "__proto__": {"x": 1}}') as unknown,
};

test("the same value has the same token in messages, arguments, results and names; other values have others", () => {
  const { body, vault, replaced: count } = replaced(request);
  const text = JSON.stringify(body);
  const tokens = text.match(tokenShape) ?? [];
  assert.equal(count, 6);
  assert.equal(tokens.length, 6);
  assert.equal(new Set(tokens).size, 3);
  assert.equal(vault.size, 3);
  for (const value of ["jane", "joe", "3704"]) assert.ok(!text.includes(value));
  const jane = text.match(/Mail (Email_\w{6}),/)?.[1];
  assert.ok(jane !== undefined);
  assert.equal(text.split(jane).length - 1, 4);
});

test("arguments stay the JSON that they were around the token, number lexemes included", () => {
  const { body } = replaced(request);
  const call = (body as typeof request).messages[1]?.tool_calls?.[0]?.function.arguments ?? "";
  assert.match(call, /^\{ "to": "Email_\w{6}", "n": 1\.0 \}$/);
});

test("the request that was given is not changed, and one without findings is passed as it is", () => {
  const before = structuredClone(request);
  const { body } = replaced(request);
  assert.deepEqual(request, before);
  assert.deepEqual(Object.keys((body as typeof request).metadata as object).slice(1), ["__proto__"]);
  const plain = { messages: [{ content: "nothing here" }] };
  assert.equal(replaced(plain).body, plain);
});

test("tokens depend on the key, the scope, the type and the value, and on nothing else", () => {
  const text = "jane@example.org";
  assert.deepEqual(replaced({ x: [text] }).body, { x: [replaced(text).body] });
  assert.notEqual(replaced(text).body, replaced(text, "tenant-2").body);
  assert.notEqual(replaced(text).body, pseudonymise(text, inspected(text), { ...key, secret: Buffer.alloc(32, 8) }).body);
  assert.notEqual(mintToken(key, "email", text, 0).slice(-6), mintToken(key, "phone", text, 0).slice(-6));
});

test("a token that the user already wrote is not used, so nothing of the user's is turned into personal data", () => {
  const own = mintToken(key, "email", "jane@example.org", 0);
  const text = `${own} is not jane@example.org`;
  const { body, vault } = replaced(text);
  assert.ok((body as string).startsWith(`${own} is not Email_`));
  assert.equal(restore(body as string, vault), text);
  assert.equal(restoreCounted(`${own}`, vault).unresolved, 0);
});

test("secrets, numbers and unreadable content are never replaced", () => {
  const body = { text: ["postgres://app:", "s3cr3tP4ss", "@db.example.org"].join(""), n: 4111111111111111, part: { type: "input_file", file_id: "x" } };
  assert.deepEqual(replaced(body).body, body);
});

test("the vault shows nothing of what it holds in logs and JSON", () => {
  const { vault } = replaced("jane@example.org");
  assert.ok(!`${show(vault, { depth: 9 })}${JSON.stringify(vault)}${String(vault)}`.includes("jane"));
});

test("a longer word that begins like a token is left alone; case endings and Markdown are not in the way", () => {
  const { body, vault } = replaced("jane@example.org");
  const token = body as string;
  assert.equal(restore(`${token}X ${token}7`, vault), `${token}X ${token}7`);
  assert.equal(
    restore(`${token}s **${token}** _${token}_ (${token}).`, vault),
    "jane@example.orgs **jane@example.org** _jane@example.org_ (jane@example.org).",
  );
});

test("no token is the beginning of another", () => {
  const tokens = Array.from({ length: 3000 }, (_, index) => mintToken(key, index % 2 === 0 ? "person" : "person_id", String(index), 0));
  for (const token of tokens) assert.match(token, new RegExp(`^${tokenShape.source}$`));
  const sorted = [...new Set(tokens)].sort();
  for (const [index, token] of sorted.entries()) assert.ok(!(sorted[index + 1] ?? "").startsWith(token));
});

test("counts tokens that the model changed or invented", () => {
  const { vault } = replaced("jane@example.org");
  assert.equal(restoreCounted("Email_AAAAA1 and Email_BBBBB2", vault).unresolved, 2);
  const restorer = createRestorer(vault);
  for (const chunk of ["Email_AA", "AAA1 and Ema", "il_BBBBB2 x"]) restorer.push(chunk);
  restorer.end();
  assert.equal(restorer.unresolved, 2);
});

test("values are escaped inside JSON texts", () => {
  const text = 'a "quoted"\nname\\';
  const { body, vault } = pseudonymise(text, spansOf(text, [[0, text.length]]), key);
  assert.deepEqual(JSON.parse(restore(`{"name":"${body}"}`, vault, "json")), { name: text });
});

test("an answer is restored in every string, its arguments as JSON", () => {
  const { body, vault } = replaced(request);
  const text = JSON.stringify(body);
  const jane = text.match(/Mail (Email_\w{6}),/)?.[1] ?? "";
  const answer = { choices: [{ message: { content: `Dear ${jane}`, tool_calls: [{ function: { arguments: `{"to":"${jane}"}` } }] }, n: 1, x: null }] };
  assert.deepEqual(restoreAnswer(answer, vault), {
    choices: [{ message: { content: "Dear jane@example.org", tool_calls: [{ function: { arguments: '{"to":"jane@example.org"}' } }] }, n: 1, x: null }],
  });
});

/** Text with token-like pieces in it, so that collisions and joints are common. */
const awkward = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom("Person_", "Person_K7Q2F9", "erson_", "_", "K7Q2F", "9", "E", "jane@example.org", "\\n", "\n"),
    ),
  )
  .map((pieces) => pieces.join(""));

const textAndSpans = awkward.chain((text) =>
  fc.uniqueArray(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const sorted = cuts.sort((one, other) => one - other);
    const spans: [number, number][] = [];
    for (let index = 0; index + 1 < sorted.length; index += 2) spans.push([sorted[index] ?? 0, sorted[index + 1] ?? 0]);
    return { text, spans };
  }),
);

test("restoring undoes pseudonymising, for every text, every spans and every cut into pieces", () => {
  fc.assert(
    fc.property(textAndSpans, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), ({ text, spans }, sizes) => {
      const { body, vault } = pseudonymise(text, spansOf(text, spans), key);
      const masked = body as string;
      assert.equal(restore(masked, vault), text);
      const restorer = createRestorer(vault);
      let streamed = "";
      for (let at = 0, turn = 0; at < masked.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        streamed += restorer.push(masked.slice(at, at + size));
        at += size;
      }
      assert.equal(streamed + restorer.end(), text);
    }),
    { numRuns: 1000 },
  );
});

test("a stream gives the same as the whole, whatever the model writes", () => {
  const { vault, body } = replaced("jane@example.org");
  const token = body as string;
  const answer = fc
    .array(fc.oneof(fc.constantFrom(token, token.slice(0, -1), `${token}A`, `${token}s`, "E", "Em", "x", "Email_AAAAA1"), fc.string({ maxLength: 3 })))
    .map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(answer, fc.integer({ min: 1, max: 7 }), (text, size) => {
      const restorer = createRestorer(vault);
      let streamed = "";
      for (let at = 0; at < text.length; at += size) streamed += restorer.push(text.slice(at, at + size));
      assert.equal(streamed + restorer.end(), restore(text, vault));
    }),
    { numRuns: 500 },
  );
});

test("holds back only what may become a token", () => {
  const { vault, body } = replaced("jane@example.org");
  const restorer = createRestorer(vault);
  assert.equal(restorer.push("Hello wor"), "Hello wor");
  assert.equal(restorer.push("ld. E"), "ld. ");
  assert.equal(restorer.push("vening"), "Evening");
  assert.equal(restorer.push((body as string).slice(0, 9)), "");
  assert.equal(restorer.push((body as string).slice(9)), "");
  assert.equal(restorer.push("."), "jane@example.org.");
  assert.equal(restorer.holding, false);
});
