import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "../detector.ts";
import { inspect } from "./inspect.ts";

const detector = createDetector();

function people(body: unknown): string[] {
  const result = inspect(body, detector);
  assert.ok(result.ok);
  return result.value.findings.filter(({ finding }) => finding.type === "person").map(({ place, text }) => `${place.path.join(".")} ${text}`);
}

test("a name that a later message tells is found in the messages before it too, in the order of the walk", () => {
  const body = {
    messages: [
      { role: "user", content: "Der Rückruf bei Hollerbach steht noch aus, bitte an Hollerbach denken." },
      { role: "assistant", content: "Gern." },
      { role: "user", content: "Gemeint ist Frau Hollerbach." },
    ],
  };
  assert.deepEqual(people(body), ["messages.0.content Hollerbach", "messages.0.content Hollerbach", "messages.2.content Hollerbach"]);
});

test("a member's name tells that its value is a name, also one that nobody knows", () => {
  assert.deepEqual(people({ customer: { first_name: "Xilbert", lastName: "Quorbatz", city: "Berlin" } }), [
    "customer.first_name Xilbert",
    "customer.lastName Quorbatz",
  ]);
});

test("mentions that are found later are replaced like others and cover no other finding", () => {
  const result = inspect({ a: "Mail an hollerbach@example.org, danach Hollerbach anrufen.", b: "Frau Hollerbach" }, detector);
  assert.ok(result.ok);
  const [mail, name] = result.value.findings;
  assert.equal(mail?.finding.type, "email");
  assert.equal(name?.text, "Hollerbach");
  assert.ok(name?.replaceable);
});
