import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDetector, ownTokens } from "#boundary";
import { charsetOf, decoded, encoded, markOf } from "./encoding.ts";
import { type Found, readPieces } from "./findings.ts";
import type { Format } from "./format.ts";
import { KeyBook, type KeyEntry } from "./key-book.ts";
import { Recurring } from "./recurrence.ts";
import { replaced } from "./replace.ts";
import { restoring } from "./restoring.ts";

const detector = createDetector();
const key = { secret: Buffer.alloc(32, 7), scope: "test" };

async function* chunksOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function mask(text: string, format: Format, book: KeyBook, size = 1 << 16, length?: number): Promise<string> {
  const isReplaced = ({ finding }: Found): boolean => finding.class === "sensitive" || finding.class === "secret";
  const recurring = new Recurring(book.entries);
  for await (const { found } of readPieces(chunksOf(text, size), format, detector, length)) {
    for (const one of found.filter(isReplaced)) recurring.add(one);
  }
  let masked = "";
  for await (const piece of readPieces(chunksOf(text, size), format, recurring.over(detector), length)) masked += replaced(piece, isReplaced, book).text;
  return masked;
}

function unmask(text: string, format: Format, entries: ReadonlyMap<string, KeyEntry>, size = 1 << 16): string {
  const restorer = restoring(format, entries);
  let restored = "";
  for (let at = 0; at < text.length; at += size) restored += restorer.push(text.slice(at, at + size));
  return restored + restorer.end();
}

const bookFor = (...texts: readonly string[]): KeyBook => new KeyBook(key, new Map(), new Set(texts.flatMap((text) => [...ownTokens(text)])));

const values = fc.constantFrom(
  "jane@example.org",
  "JANE@example.org",
  "DE89 3704 0044 0532 0130 00",
  "DE89370400440532013000",
  "+49 30 123456",
  "44051401359",
  "192.0.2.17",
  "amélie@exemple.fr",
);
/** What may stand around a value: words, line ends, what looks like tokens, characters that other formats escape. */
const between = fc.oneof(
  fc.constantFrom(
    " ",
    "\n",
    "\r\n",
    ", ",
    "X",
    "9",
    "s ",
    "Email_K7Q2F9",
    "email k7q2f9",
    "Iban_",
    "_",
    "\\",
    "\\n",
    '"',
    "'",
    "<b>",
    "&",
    "%20",
    "💶",
    "\u2028",
  ),
  fc.string({ maxLength: 6 }),
);
const prose = fc.array(fc.oneof(values, between), { maxLength: 14 }).map((parts) => parts.join(" "));
const sizes = fc.integer({ min: 1, max: 200 });
const lengths = fc.integer({ min: 30, max: 3000 });

const hidden = (masked: string): void => assert.doesNotMatch(masked, /jane@example\.org|3704004405|0532 0130/i);

test("text: restoring undoes replacing, whatever stands around, wherever it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(prose, sizes, sizes, lengths, async (text, chunk, back, length) => {
      const book = bookFor(text);
      const masked = await mask(text, "text", book, chunk, length);
      assert.equal(unmask(masked, "text", book.entries, back), text);
    }),
    { numRuns: 100 },
  );
});

test("JSON: it stays valid, numbers keep their digits, and restoring gives the same bytes, whichever way it was escaped", async () => {
  const escaped = (text: string): string => text.replace(/[^\n -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const document = fc.record({
    note: prose,
    mails: fc.array(values),
    id: fc.integer(),
    pesel: fc.constantFrom(44051401359, 1.5e3),
    "jane@example.org": fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(document, fc.boolean(), fc.boolean(), sizes, async (value, ascii, pretty, back) => {
      const plain = JSON.stringify(value, undefined, pretty ? 2 : undefined);
      const text = ascii ? escaped(plain) : plain;
      const book = bookFor(text);
      const masked = await mask(text, "json", book);
      JSON.parse(masked);
      assert.doesNotMatch(masked, /44051401359/);
      assert.equal(unmask(masked, "json", book.entries, back), text);
    }),
    { numRuns: 60 },
  );
});

test("CSV: records and cells stay, and restoring gives the same bytes, quoted or not", async () => {
  const cell = fc
    .tuple(fc.oneof(values, prose), fc.boolean())
    .map(([text, quoted]) => (quoted || /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
  const cellsIn = (text: string): number => text.replace(/"(?:[^"]|"")*"/g, "q").split(/[;\n]/).length;
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom("\n", "\r\n"), sizes, async (rows, ending, back) => {
      const text = ["Name;E-Mail;Note", ...rows.map((row) => row.join(";"))].join(ending);
      const book = bookFor(text);
      const masked = await mask(text, "csv", book);
      assert.equal(cellsIn(masked), cellsIn(text));
      assert.equal(unmask(masked, "csv", book.entries, back), text);
    }),
    { numRuns: 60 },
  );
});

test("one value has one token in files of every format", async () => {
  const files: readonly (readonly [Format, string])[] = [
    ["text", "Write to jane@example.org."],
    ["csv", "id,mail\n1,jane@example.org\n"],
    ["json", '{"mail": "jane@example.org"}'],
  ];
  const book = bookFor(...files.map(([, text]) => text));
  const masked = await Promise.all(files.map(([format, text]) => mask(text, format, book)));
  assert.equal(new Set(masked.flatMap((text) => text.match(/Email_[0-9A-Z]{6}/g) ?? [])).size, 1);
  assert.equal(book.entries.size, 1);
  for (const text of masked) hidden(text);
});

test("a later run with the same key file gives the same tokens", async () => {
  const first = bookFor("");
  const masked = await mask("Write to jane@example.org", "text", first);
  const second = new KeyBook(key, first.entries, new Set());
  assert.equal(await mask("Write to jane@example.org", "text", second), masked);
  assert.equal(second.entries.size, 1);
});

test("tokens that were moved, inflected or escaped in the meantime are restored where they stand now", async () => {
  const book = bookFor("");
  await mask("Write to jane@example.org", "text", book);
  const [token = ""] = book.entries.keys();
  assert.equal(
    unmask(`New: **${token.replace("_", "\\_")}** and ${token}'s, "${token.toLowerCase()}"`, "text", book.entries),
    'New: **jane@example.org** and jane@example.org\'s, "jane@example.org"',
  );
  assert.equal(unmask(`{"to": "${token}"}`, "json", book.entries), '{"to": "jane@example.org"}');
});

test("a value with quotes is written for the format into which its token was moved", () => {
  const entries = new Map<string, KeyEntry>([["Person_K7Q2F9", { type: "person", value: 'Ewa "E" Lis\n' }]]);
  assert.equal(unmask('{"a": "Person_K7Q2F9"}', "json", entries), '{"a": "Ewa \\"E\\" Lis\\n"}');
  assert.equal(unmask('a,"Person_K7Q2F9"', "csv", entries), 'a,"Ewa ""E"" Lis\n"');
});

test("what looks like a token and is none is left and counted", () => {
  const restorer = restoring("text", new Map([["Email_K7Q2F9", { type: "email", value: "jane@example.org" }]]));
  assert.equal(restorer.push("Email_K7Q2F8 and Email_K7Q2F9") + restorer.end(), "Email_K7Q2F8 and jane@example.org");
  assert.equal(restorer.unresolved, 1);
});

test("bytes come back in UTF-8 and UTF-16, with and without a byte order mark; others are named and not guessed", async () => {
  const text = "ąę 💶 plain\r\n\uFEFFmark inside";
  for (const name of ["utf-8", "utf-16le", "utf-16be"] as const) {
    const bytes = Buffer.concat([markOf({ name, mark: true }), encoded(text, { name, mark: true })]);
    const charset = charsetOf(bytes, true);
    assert.deepEqual(charset, { name, mark: true });
    for (const size of [1, 3, 7, 100]) {
      let read = "";
      const body = bytes.subarray(markOf({ name, mark: true }).length);
      async function* chunks(): AsyncGenerator<Buffer> {
        for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
      }
      for await (const piece of decoded(chunks(), { name, mark: true })) read += piece;
      assert.equal(read, text, `${name} in ${size}`);
    }
  }
  assert.deepEqual(charsetOf(Buffer.from(text), true), { name: "utf-8", mark: false });
  // A character that the end of the first bytes cuts is no fault.
  assert.deepEqual(charsetOf(Buffer.from("é").subarray(0, 1), false), { name: "utf-8", mark: false });
  assert.equal(charsetOf(Buffer.from("é").subarray(0, 1), true), "other");
  assert.equal(charsetOf(Buffer.from("caf\xe9 na\xefve ", "latin1"), true), "other");
  assert.equal(charsetOf(Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0]), true), "other");
  assert.equal(charsetOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), true), "binary");
  assert.equal(charsetOf(Buffer.from("%PDF-1.7 text"), true), "binary");
});
