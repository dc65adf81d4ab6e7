import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvRows } from "./csv.ts";
import { unfitness } from "./unfit-values.ts";
import { type FileForm, valuesIn } from "./values-file.ts";

const texts = (text: string, separator = ","): readonly (readonly string[])[] => {
  const rows = csvRows(text, separator);
  assert.ok(rows.ok);
  return rows.value.map((row) => row.map((cell) => cell.text));
};

function faultOf(text: string, form: FileForm = "guess"): string {
  const read = valuesIn(text, form);
  assert.ok(!read.ok, "a fault was expected");
  return `${read.error.line}:${read.error.column} ${read.error.message}`;
}

const values = (text: string, form: FileForm = "guess"): readonly string[] => {
  const read = valuesIn(text, form);
  assert.ok(read.ok, read.ok ? "" : read.error.message);
  return read.value.map((cell) => cell.text);
};

test("what RFC 4180 writes is read back", () => {
  assert.deepEqual(texts('a,"b,""c""\nd",\r\n\r\n e ,f,g'), [
    ["a", 'b,"c"\nd', ""],
    ["e", "f", "g"],
  ]);
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "ö", "x") }).map((text) => `v${text}v`);
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      assert.deepEqual(texts(rows.map((row) => row.map(quoted).join(",")).join("\r\n")), rows);
    }),
  );
});

test("cells know their line and column, behind a quoted line break too", () => {
  const rows = csvRows('a,"b\nc"\nd,e', ",");
  assert.ok(rows.ok);
  assert.deepEqual(
    rows.value.map((row) => row.map(({ line, column }) => `${line}:${column}`)),
    [
      ["1:1", "1:3"],
      ["3:1", "3:3"],
    ],
  );
});

test("a header makes each cell a value, and first and last names together in both orders", () => {
  const expected = ["Anna", "Meier", "a@m.example", "K-1", "Anna Meier", "Meier Anna", "Meier, Anna", "Zoë", "K-2"];
  assert.deepEqual(values("first name,last name,e-mail,customer number\nAnna,Meier,a@m.example,K-1\nZoë,,,K-2\n"), expected);
  assert.deepEqual(values("\ufeffVorname;Nachname;E-Mail;Kundennummer\r\nAnna;Meier;a@m.example;K-1\r\nZoë;;;K-2"), expected);
  assert.deepEqual(values("FIRST_NAME\tSurname\nAnna\tMeier"), ["Anna", "Meier", "Anna Meier", "Meier Anna", "Meier, Anna"]);
  assert.deepEqual(values("colour,size\nred,big", "header"), ["red", "big"]);
});

test("without a header each line is a value, with its commas", () => {
  assert.deepEqual(values("Nightjar\n\n  Meier, Anna \nAcme; Söhne\n"), ["Nightjar", "Meier, Anna", "Acme; Söhne"]);
  assert.deepEqual(values("Anna,Meier\nOtto,Schulz", "lines"), ["Anna,Meier", "Otto,Schulz"]);
});

test("a file with a fault is told with line and column, and never with a value", () => {
  assert.match(faultOf('name,e-mail\nAnna,"open\n\n'), /^2:6 the quotation mark that opens here is never closed$/);
  assert.match(faultOf('name,e-mail\n"Anna"x,y'), /^2:7 text follows a closing quotation mark/);
  assert.match(faultOf("name,e-mail\nAnna,a@b.example\nOtto"), /^3:1 this line has 1 columns, and the header names 2$/);
  assert.match(faultOf("name,e-mail\nAnna,a,b"), /^2:6 this line has 3 columns/);
  assert.match(faultOf("Anna,Meier\nOtto,Schulz"), /^1:5 this looks like columns/);
  assert.match(faultOf("bin\0ary\nx"), /^1:4 this is no text/);
});

test("values that would find everything or nothing are told apart, and force admits those that can be looked for", () => {
  for (const [value, reason] of [
    ["Al", "too short"],
    ["A.B", "too short"],
    ["und", "common word"],
    ["Straße", "common word"],
    ["May", "common word"],
    ["...", "no word"],
    ["x".repeat(201), "too long"],
    ["a b ".repeat(9), "too long"],
    ["Nightjar", undefined],
    ["May Queen", undefined],
    ["K-1", "too short"],
    ["K-12", undefined],
  ] as const) {
    assert.equal(unfitness(value, false), reason, value);
    assert.equal(unfitness(value, true), reason === "too short" || reason === "common word" ? undefined : reason, value);
  }
});
