import assert from "node:assert/strict";
import { test } from "node:test";
import legends from "./data/legends.json" with { type: "json" };
import { type Gender, genderOfName } from "./gender.ts";
import { withLegend } from "./legend.ts";

const tokens = [
  { type: "person", value: "Anna", token: "Person_K7Q2F9" },
  { type: "person", value: "Robin", token: "Person_A1B2C3" },
  { type: "email", value: "a@b.example", token: "Email_A1B2C4" },
];
const genderOf = (_type: string, value: string): Gender | undefined => (value === "Anna" ? "feminine" : undefined);
const system = (content: unknown, role = "system"): object => ({ role, content });
const user = (content: string): object => ({ role: "user", content });
const said = (body: unknown): unknown[] => (body as { messages: { content: unknown }[] }).messages.map(({ content }) => content);

test("the line rides on the client's own system message, in the language of the conversation, with what is known of gender", () => {
  const [german] = said(
    withLegend({ messages: [system("Sei kurz."), user("Bitte schreib der Kundin und nicht dem Chef, das ist für die Akte.")] }, tokens, genderOf),
  );
  assert.equal(
    german,
    "Sei kurz.\n\nWörter wie Person_K7Q2F9 stehen für echte Werte: Übernimm sie genau so, Buchstabe für Buchstabe. Person_K7Q2F9 = eine Frau.",
  );
  const [english] = said(withLegend({ messages: [system("x", "developer"), user("?")] }, tokens, () => undefined));
  assert.equal(english, `x\n\n${legends.en.copy.replace("{token}", "Person_K7Q2F9")}`);
  const parts = [{ type: "text", text: "x" }];
  assert.equal((said(withLegend({ messages: [system(parts), user("?")] }, tokens, genderOf))[0] as unknown[]).length, 2);
  assert.equal(parts.length, 1, "what was given is not changed");
});

test("a request that it could break is left as it is: no system message, an empty one, no messages, no tokens", () => {
  const bodies = [
    { messages: [user("x")] },
    { messages: [system(""), user("x")] },
    { messages: [system([])] },
    { messages: [system(null)] },
    { prompt: "x" },
    "x",
    null,
  ];
  for (const body of bodies) assert.equal(withLegend(body, tokens, genderOf), body);
  const chat = { messages: [system("x"), user("x")] };
  assert.equal(withLegend(chat, [], genderOf), chat);
});

test("gender is told by first names that are given to one sex alone, in cases too", () => {
  const known = ["Anna Kowalska", "Anny Kowalskiej", "Nagy Piroska", "Erika Musterfrau"].map((name) => genderOfName("person", name));
  assert.deepEqual(new Set(known), new Set(["feminine"]));
  assert.equal(genderOfName("person", "Björn Müller"), "masculine");
  for (const name of ["Robin Weber", "Müller", "K7Q2F9", ""]) assert.equal(genderOfName("person", name), undefined, name);
  assert.equal(genderOfName("email", "anna@example.org"), undefined);
});

test("the system message stays where it is and stays the only one", () => {
  const body = { messages: [user("a"), system("x"), user("b")] };
  const { messages } = withLegend(body, tokens, genderOf) as typeof body;
  assert.deepEqual(
    messages.map((message) => (message as { role: string }).role),
    ["user", "system", "user"],
  );
});

test("every language has its words and names the token once", () => {
  assert.ok(Object.keys(legends).length >= 14);
  for (const [language, { words, feminine, masculine, copy }] of Object.entries(legends)) {
    assert.ok(words.length >= 10 && feminine !== "" && masculine !== "" && feminine !== masculine, language);
    assert.equal(copy.split("{token}").length, 2, language);
  }
});
