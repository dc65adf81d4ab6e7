import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDetector } from "../detector.ts";
import { type Inspection, inspect } from "./inspect.ts";

const detector = createDetector();

function inspected(body: unknown): Inspection {
  const result = inspect(body, detector);
  assert.ok(result.ok);
  return result.value;
}

const places = (body: unknown): string[] => inspected(body).findings.map(({ place, finding }) => `${place.path.join(".")} ${place.of} ${finding.type}`);

test("looks into every field that a request may have, unknown ones and names of members too", () => {
  const mail = "jane@example.org";
  const body = {
    model: "assistant",
    messages: [
      { role: "system", content: `for ${mail}` },
      { role: "user", content: [{ type: "text", text: `I am ${mail}` }] },
      { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: `{"to":"${mail}"}` } }] },
      { role: "tool", tool_call_id: "c1", content: mail },
    ],
    tools: [
      { type: "function", function: { name: "f", description: `ask ${mail}`, parameters: { type: "object", properties: { [mail]: { enum: [mail] } } } } },
    ],
    user: mail,
    metadata: { anything: { [mail]: [[[mail]]] } },
    prediction: { type: "content", content: mail },
  };
  assert.deepEqual(places(body), [
    "messages.0.content value email",
    "messages.1.content.0.text value email",
    "messages.2.tool_calls.0.function.arguments value email",
    "messages.3.content value email",
    "tools.0.function.description value email",
    `tools.0.function.parameters.properties.${mail} key email`,
    `tools.0.function.parameters.properties.${mail}.enum.0 value email`,
    "user value email",
    `metadata.anything.${mail} key email`,
    `metadata.anything.${mail}.0.0.0 value email`,
    "prediction.content value email",
  ]);
  assert.deepEqual(inspected(body).detected, [{ type: "email", count: 11, class: "sensitive", replaceable: true }]);
});

test("a plain string is a body of its own", () => {
  assert.deepEqual(places("write to jane@example.org"), [" value email"]);
});

test("an escape hides nothing in tool arguments, at any depth of JSON within JSON", () => {
  const hidden = '{"to":"jane\\u0040example.org","n":"x\\ny"}';
  for (const text of [hidden, JSON.stringify({ a: hidden }), JSON.stringify({ b: JSON.stringify({ a: hidden }) })]) {
    const [located] = inspected({ arguments: text }).findings;
    assert.equal(located?.finding.type, "email");
    assert.equal(located.text, "jane@example.org");
    assert.ok(located.replaceable);
    const raw = text.slice(located.finding.start, located.finding.end);
    assert.match(raw, /^jane\\+u0040example\.org$/);
  }
});

test("an escape before a finding is not taken into it, which would break the JSON when it is replaced", () => {
  const text = JSON.stringify({ note: "first line\njane@example.org\t4111 1111 1111 1111" });
  const { findings } = inspected({ arguments: text });
  assert.deepEqual(
    findings.map(({ finding }) => text.slice(finding.start, finding.end)),
    ["jane@example.org", "4111 1111 1111 1111"],
  );
});

test("a JSON text that was cut off is still read", () => {
  assert.deepEqual(places({ arguments: '{"to":"jane\\u0040example.org","x":' }), ["arguments value email"]);
});

test("a secret under a telling name is found without any syntax around it", () => {
  const { findings, detected } = inspected({ connection: { host: "db", password: ["Tr0ub4dor", "&3x"].join("") } });
  assert.deepEqual(findings[0]?.place.path, ["connection", "password"]);
  assert.deepEqual(detected, [{ type: "secret", count: 1, class: "secret", replaceable: false }]);
});

test("a number may be a card, but cannot be replaced by a word", () => {
  assert.deepEqual(inspected({ card: 4111111111111111, seed: 123, created: 1700000000000 }).detected, [
    { type: "card", count: 1, class: "sensitive", replaceable: false },
  ]);
});

test("content that cannot be read is sensitive, cannot be replaced, and its payload is not searched", () => {
  const payload = Buffer.from("4111111111111111 jane@example.org ".repeat(20)).toString("base64");
  const parts: readonly (readonly [string, unknown])[] = [
    ["unreadable.image", { type: "image_url", image_url: { url: `data:image/png;base64,${payload}` } }],
    ["unreadable.image", { type: "input_image", image_url: "https://example.org/x.png" }],
    ["unreadable.image", { type: "image", source: { type: "base64", media_type: "image/png", data: payload } }],
    ["unreadable.audio", { type: "input_audio", input_audio: { data: payload, format: "wav" } }],
    ["unreadable.file", { type: "file", file: { file_data: payload } }],
    ["unreadable.file", { type: "input_file", file_id: "file-1" }],
    ["unreadable.file", { type: "document", source: { type: "base64", data: payload } }],
    ["unreadable.image", `see data:image/gif;base64,${payload} above`],
  ];
  for (const [subtype, part] of parts) {
    const { findings, detected } = inspected({ messages: [{ role: "user", content: [part] }] });
    assert.deepEqual(
      findings.map(({ finding }) => finding.subtype),
      [subtype],
      JSON.stringify(part).slice(0, 80),
    );
    assert.deepEqual(detected, [{ type: "other", count: 1, class: "sensitive", replaceable: false }]);
  }
});

test("text beside and after a part that cannot be read is still searched", () => {
  const body = [
    { type: "file", file: { filename: "jane@example.org" } },
    { type: "text", text: "4111 1111 1111 1111" },
  ];
  assert.deepEqual(places(body), ["0 part other", "0.file.filename value email", "1.text value card"]);
});

test("a schema or tool argument whose type is called file or image is no such part", () => {
  assert.deepEqual(places({ type: "file", path: "report.txt" }), []);
  assert.deepEqual(places({ properties: { type: { type: "string" } } }), []);
});

test("nesting that would exhaust a stack is refused, not followed", () => {
  const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
  assert.ok(inspect(nested(256), detector).ok);
  for (const depth of [257, 20_000]) {
    const result = inspect(nested(depth), detector);
    assert.ok(!result.ok);
    assert.equal(result.error.code, "invalid_request");
  }
});

test("any JSON value is inspected without a crash, and every finding is where it says", () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.constantFrom("jane@example.org", '{"a":"jane\\u0040example.org"}', "DE89 3704 0044 0532 0130 00", "\ud800", "\u200b@"),
      fc.double(),
      fc.constant(null),
      fc.array(tie("value")),
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "jane@example.org", "password")), tie("value")),
    ),
  })).value;
  fc.assert(
    fc.property(value, (body) => {
      for (const { place, finding } of inspected(body).findings) {
        let at: unknown = body;
        for (const segment of place.of === "key" ? place.path.slice(0, -1) : place.path) at = (at as Record<string | number, unknown>)[segment];
        if (place.of === "key") at = place.path.at(-1);
        if (typeof at === "string") assert.ok(finding.start >= 0 && finding.start < finding.end && finding.end <= at.length);
      }
    }),
  );
});
