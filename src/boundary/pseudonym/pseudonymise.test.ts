import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect as show } from "node:util";
import fc from "fast-check";
import { createDetector } from "../detector.ts";
import { type Inspection, inspect } from "../inspect/inspect.ts";
import { restoreAnswer } from "./answer.ts";
import { type Pseudonymised, pseudonymise } from "./pseudonymise.ts";
import { restore } from "./restore.ts";
import { createRestorer } from "./restorer.ts";
import { mintToken, tokenForms } from "./token.ts";
import type { Vault } from "./vault.ts";

const detector = createDetector();
const tokenShape = /[A-Z][a-z]+_[0-9A-Z]{5}[0-9]/g;
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
  assert.notEqual(mintToken(key, "email", [text], 0).slice(-6), mintToken(key, "phone", [text], 0).slice(-6));
});

/** Tokens of a text that nobody knows. */
function unresolvedIn(text: string, vault: Vault): number {
  const restorer = createRestorer(vault);
  restorer.push(text);
  restorer.end();
  return restorer.unresolved;
}

test("a token that the user wrote, in any spelling, is not used: nothing of the user's is turned into personal data", () => {
  const own = mintToken(key, "email", ["jane@example.org"], 0);
  const spellings = [
    own,
    own.toLowerCase(),
    own.toUpperCase(),
    `[${own}]`,
    own.replace("_", "\\_"),
    own.replace("_", "&#95;"),
    own.replace("_", ""),
    `x${own}y`,
  ];
  for (const spelling of [...spellings, `{"a":"\\u00${own.charCodeAt(0).toString(16)}${own.slice(1)}"}`]) {
    const text = `${spelling} is not jane@example.org`;
    const { body, vault } = replaced({ text });
    const masked = (body as { text: string }).text;
    assert.ok(masked.startsWith(`${spelling} is not Email_`), spelling);
    assert.ok(!masked.endsWith(own), spelling);
    assert.equal(restore(masked, vault), text);
  }
  const { vault } = replaced(`${own} is not jane@example.org`);
  assert.equal(unresolvedIn(own, vault), 0, "the user's own token is no failure of the model");
});

test("forms of one value share a token from turn to turn, and two forms in one request come back each as it was", () => {
  const spans = (text: string, ...values: string[]): Pseudonymised =>
    pseudonymise(
      text,
      spansOf(
        text,
        values.map((value) => [text.indexOf(value), text.indexOf(value) + value.length]),
      ),
      key,
    );
  const one = spans("Jane Roe", "Jane Roe").body;
  for (const form of ["JANE ROE", "jane  roe", "Jane\u00a0Roe"]) assert.equal(spans(form, form).body, one, form);
  const both = spans("Jane Roe is JANE ROE", "Jane Roe", "JANE ROE");
  assert.equal(both.vault.size, 2);
  assert.equal(restore(both.body as string, both.vault), "Jane Roe is JANE ROE");
  assert.equal((both.body as string).split(" is ")[0], one);
});

test("what is found where a word announces it is replaced where none does: in a tool's bare result, in an answer of an earlier turn", () => {
  const number = "12 34 56";
  const body = {
    model: number,
    messages: [
      { role: "user", content: `My file is ${number}.` },
      { role: "assistant", content: `Is ${number}? Not 9${number}, x${number} or ${number}7.` },
      { role: "tool", tool_call_id: number, content: JSON.stringify({ file: number, note: `"${number}"\n` }) },
    ],
    tools: [{ parameters: { properties: { [number]: {} } } }],
  };
  const finding = { type: "person_id", subtype: undefined, start: 11, end: 11 + number.length, confidence: 1, rule: "test", class: "sensitive" } as const;
  const { body: masked, vault } = pseudonymise(
    body,
    { detected: [], findings: [{ place: { path: ["messages", 0, "content"], of: "value" }, finding, text: number, replaceable: true }] },
    key,
  );
  const [token = ""] = JSON.stringify(masked).match(tokenShape) ?? [];
  const { messages, tools, model } = masked as typeof body;
  assert.equal(messages[1]?.content, `Is ${token}? Not 9${number}, x${number} or ${number}7.`, "a longer number is another one");
  assert.deepEqual(JSON.parse(messages[2]?.content ?? ""), { file: token, note: `"${token}"\n` });
  assert.deepEqual([model, messages[2]?.tool_call_id], [number, number], "what the protocol reads stays");
  assert.deepEqual(Object.keys(tools[0]?.parameters.properties ?? {}), [token]);
  assert.equal(vault.size, 1);
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
  const types = ["person", "person_id", "secret"];
  const tokens = Array.from({ length: 3000 }, (_, index) => mintToken(key, types[index % 3] ?? "", [String(index)], 0));
  for (const token of tokens) assert.match(token, /^(?:(?:Person|Number)_[0-9A-Z]{5}[0-9]|FH[0-9A-Z]{17}[0-9])$/);
  const sorted = [...new Set(tokens)].sort();
  for (const [index, token] of sorted.entries()) assert.ok(!(sorted[index + 1] ?? "").startsWith(token));
});

test("no token's word begins or ends another's, which would let one token be read inside another", () => {
  for (const { word } of tokenForms) {
    for (const other of tokenForms) {
      if (other.word === word) continue;
      assert.ok(!word.toLowerCase().endsWith(other.word.toLowerCase()) && !word.toLowerCase().startsWith(other.word.toLowerCase()), `${word} ${other.word}`);
    }
  }
});

test("secrets become opaque words of letters and digits where someone asks for it, and are never replaced otherwise", () => {
  const secret = ["ghp", "Zk3Qw9Lr7Tn2Xc5Vb8Hm4Jd6Fs1Gp0YaUeRi"].join("_");
  const text = `use ${secret} now`;
  assert.equal(replaced(text).body, text);
  const { body, vault } = pseudonymise(text, inspected(text), key, { secrets: true });
  assert.match(body as string, /^use FH[0-9A-Z]{17}[0-9] now$/);
  assert.equal(restore(body as string, vault), text);
  assert.deepEqual(
    [...vault.entries()].map(([, { value }]) => value),
    [secret],
  );
});

test("counts tokens that the model changed or invented", () => {
  const { vault } = replaced("jane@example.org");
  assert.equal(unresolvedIn("Email_AAAAA1 and Email_BBBBB2, not Email_address or email_K7Q2F9", vault), 2);
  const [[token = ""] = []] = [...vault.entries()];
  assert.equal(unresolvedIn(`${token}, ${token}s, **${token}**, ${token.replace("_", "\\_")}`, vault), 0);
  assert.equal(unresolvedIn(`${token}X ${token.slice(0, -1)}`, vault), 2);
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
  assert.deepEqual(restoreAnswer(answer, vault).body, {
    choices: [{ message: { content: "Dear jane@example.org", tool_calls: [{ function: { arguments: '{"to":"jane@example.org"}' } }] }, n: 1, x: null }],
  });
});

/** Text with token-like pieces in it, so that collisions and joints are common. */
const awkward = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom(
        "Person_",
        "Person_K7Q2F9",
        "person k7q2f9",
        "PERSON",
        "erson_",
        "_",
        "-",
        " ",
        "%5F",
        "&#95;",
        "\\_",
        "K7Q2F",
        "9",
        "E",
        "e",
        "P",
        "\u00ad",
      ),
      fc.constantFrom("jane@example.org", "\\n", "\n", "FH", "\ud83d", "\ude00"),
    ),
  )
  .map((pieces) => pieces.join(""))
  // A JSON text with escapes is replaced behind its escapes, and comes back as JSON of the same meaning.
  .filter((text) => !/^\s*["[{]/.test(text));

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
    { numRuns: 2000 },
  );
});

test("a body comes back as it was, with the places at which its values stand again", () => {
  fc.assert(
    fc.property(textAndSpans, fc.array(awkward, { maxLength: 4 }), ({ text, spans }, others) => {
      const first = spansOf(text, spans);
      const values = first.findings.map((located) => located.text);
      const request = { texts: [text, ...others, values.join(" "), `(${values.join("_")})`] };
      const findings = first.findings.map((located) => ({ ...located, place: { path: ["texts", 0], of: "value" as const } }));
      const { body, vault } = pseudonymise(request, { detected: [], findings }, key);
      assert.deepEqual(restoreAnswer(body, vault).body, request);
    }),
    { numRuns: 1000 },
  );
});

test("a stream gives the same as the whole, whatever the model writes", () => {
  const { vault, body } = replaced("jane@example.org");
  const token = body as string;
  const answer = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          token,
          token.slice(0, -1),
          `${token}A`,
          `${token}s`,
          token.toUpperCase(),
          token.toLowerCase(),
          token.replace("_", "\\_"),
          token.replace("_", " "),
          token.replace("_", "&#95;"),
          "E",
          "Em",
          "x",
          "Email_AAAAA1",
          "\\",
          "&",
          "&#9",
        ),
        fc.string({ maxLength: 3 }),
      ),
    )
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
