import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { restore } from "./restore.ts";
import { createRestorer } from "./restorer.ts";
import { maxSpelling } from "./spelling.ts";
import { Vault } from "./vault.ts";

const anna = "Anna Kowalska";
const quoted = 'Ann "A" O\\B\nRoe';
const token = "Person_K7Q2F9";
const vault = new Vault(
  new Map([
    [token, { value: anna, joined: false }],
    ["Email_A1B2C3", { value: "a_k&co@example.org", joined: false }],
    ["Iban_77XYZ4", { value: quoted, joined: false }],
    ["FHK7Q2F9ABCDEGHJKMN1", { value: "hunter2", joined: false }],
  ]),
);

test("a token comes back from every spelling that programs and models give it", () => {
  const spellings = [
    token,
    "person_k7q2f9",
    "PERSON_K7Q2F9",
    "Person_k7q2f9",
    "Person\\_K7Q2F9",
    "Person\\\\_K7Q2F9",
    "Person-K7Q2F9",
    "Person K7Q2F9",
    "PersonK7Q2F9",
    "Person&#95;K7Q2F9",
    "Person&lowbar;K7Q2F9",
    "Per\u00adson_K7\u200bQ2F9",
  ];
  for (const spelling of spellings) assert.equal(restore(`an ${spelling}.`, vault), `an ${anna}.`, spelling);
  assert.equal(restore("iban_77xyz4 \u0131ban_77xyz4 \u0130BAN_77XYZ4 fhk7q2f9abcdeghjkmn1", vault), `${quoted} ${quoted} ${quoted} hunter2`);
});

test("brackets, quotes and emphasis stay around the value", () => {
  for (const [open, close] of ["[]", "()", "{}", "<>", "``", "''", '""', "„“", "«»"].map((pair) => [pair.charAt(0), pair.charAt(1)])) {
    assert.equal(restore(`${open}${token}${close}`, vault), `${open}${anna}${close}`);
  }
  for (const around of ["**", "_", "__", "~~", "***"]) assert.equal(restore(`${around}${token}${around}`, vault), `${around}${anna}${around}`);
});

test("case endings of inflecting languages stay behind the value", () => {
  for (const ending of ["s", "'s", "’s", "nak", "-nak", ":n", "-lle", "lla", "ului", "-ului", "owi", "em", "ovi", "os", "-val", "'nin", "ı"]) {
    assert.equal(restore(`${token}${ending} x`, vault), `${anna}${ending} x`, ending);
  }
  assert.equal(restore("PERSON_K7Q2F9S", vault), `${anna}S`, "capitals go on in capitals");
});

test("nothing is guessed: a missing, added or changed character makes it no token of ours", () => {
  const altered = [
    "Person_K7Q2F",
    "Person_K7Q2F8",
    "Person_K7Q2F99",
    "Person_K7Q2F9X",
    "Person_KQ72F9",
    "Persn_K7Q2F9",
    "Email_K7Q2F9",
    "Person__K7Q2F9",
    "Person_ K7Q2F9",
    "Person/K7Q2F9",
    "K7Q2F9",
    "Osoba_K7Q2F9",
    "Person_К7Q2F9",
  ];
  for (const text of altered) assert.equal(restore(text, vault), text);
});

test("the value is written as its place wants it: escaped in JSON, in HTML and in addresses", () => {
  assert.deepEqual(JSON.parse(restore('{"a":"Iban_77XYZ4"}', vault, "json")), { a: quoted });
  assert.deepEqual(JSON.parse(restore('{"a":"see\\nIban\\\\_77XYZ4\\u0020x"}', vault, "json")), { a: `see\n${quoted} x` });
  assert.deepEqual(JSON.parse(restore('{"a":"Iban\\u005f77XYZ4"}', vault, "json")), { a: quoted });
  assert.equal(restore("q=Email%5FA1B2C3&x", vault), "q=a_k%26co%40example.org&x");
  assert.equal(restore("<b>Email&#95;A1B2C3</b>", vault), "<b>a_k&amp;co@example.org</b>");
});

test("in JSON the letter of an escape sequence begins no token, wherever the stream is cut (a lone backslash at the end of a delta)", () => {
  const numbers = new Vault(new Map([["Number_K7Q2F9", { value: "12", joined: false }]]));
  const text = '{"a":"x\\number_k7q2f9 \\\\Number_K7Q2F9 \\nNumber_K7Q2F9"}';
  const wanted = '{"a":"x\\number_k7q2f9 \\\\12 \\n12"}';
  assert.equal(restore(text, numbers, "json"), wanted);
  for (let size = 1; size <= text.length; size += 1) {
    const restorer = createRestorer(numbers, "json");
    let out = "";
    for (let at = 0; at < text.length; at += size) out += restorer.push(text.slice(at, at + size));
    assert.equal(out + restorer.end(), wanted, `pieces of ${size}`);
  }
});

test("JSON stays JSON for every value and every cut, whatever stands around the token", () => {
  const value = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(value, fc.array(fc.oneof(fc.constant(token), fc.string())), fc.integer({ min: 1, max: 5 }), (held, pieces, size) => {
      const one = new Vault(new Map([[token, { value: held, joined: true }]]));
      const text = JSON.stringify({ [token]: pieces });
      const restorer = createRestorer(one, "json");
      let out = "";
      for (let at = 0; at < text.length; at += size) out += restorer.push(text.slice(at, at + size));
      out += restorer.end();
      assert.equal(out, restore(text, one, "json"));
      const [name, list] = Object.entries(JSON.parse(out) as Record<string, string[]>)[0] ?? ["", []];
      assert.equal(name, held);
      for (const [index, piece] of pieces.entries()) if (piece === token) assert.equal(list[index], held);
    }),
    { numRuns: 300 },
  );
});

test("a word that only begins like a token is not held back for ever", () => {
  const restorer = createRestorer(vault);
  assert.equal(restorer.push(`Per${"\u00ad".repeat(10)}`), "");
  assert.equal(restorer.push("\u00ad".repeat(maxSpelling)).length, maxSpelling + 13);
  assert.equal(restorer.holding, false);
});

test("what no token of this vault begins with is not held back", () => {
  const restorer = createRestorer(vault);
  for (const text of ["Vehic", "Person_A", "Item_", "Card"]) assert.equal(restorer.push(text), text);
  assert.equal(restorer.push("Person_K"), "");
  assert.equal(restorer.push("9"), "Person_K9");
});
