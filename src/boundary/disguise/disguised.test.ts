import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDetector } from "../detector.ts";
import { View } from "./view.ts";

const detector = createDetector();

const iban = "DE89370400440532013000";
const mail = "jane.roe@example.org";
const key = ["ghp", "Zk3Qw9Lr7Tn2Xc5Vb8Hm4Jd6Fs1Gp0YaUeRi"].join("_");
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const tags = (text: string): string => Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join("");
const shifted = (text: string, by: number): string =>
  Array.from(text, (character) => (/\d/.test(character) ? String.fromCodePoint(by + Number(character)) : character)).join("");
const encoded = (text: string): string => Array.from(text, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

/** Type, how it is disguised, and a text in which « » mark the disguised form. */
const disguised: readonly (readonly [type: string, because: string, marked: string])[] = [
  // Invisible characters
  ["email", "invisible", "write to «jane.\u200broe@exam\u00adple.org» now"],
  ["email", "invisible", "«jane\u2060.roe@example.o\ufeffrg»"],
  ["email", "invisible", "«jane\ud800@example.org»"],
  ["email", "invisible", `«${tags(mail)}»`],
  ["email", "invisible", "«jane\u{e0041}.roe@example.org»"],
  ["iban", "invisible", "IBAN «DE89\u200b3704\u200c0044\u200d0532\u20600130\u200e00»."],
  ["iban", "invisible", "«DE89 3704 0044\u202e 0532 0130 00»"],
  ["phone", "invisible", "call «+49 30\u200f 901\u00ad820»"],
  ["secret", "invisible", `my key «${key.slice(0, 12)}\u200b${key.slice(12)}»`],
  ["secret", "invisible", "pass\u200bword: «Tr0ub4dor3x»"],
  // Look-alike letters
  ["iban", "look-alike", "«D\u041589 3704 0044 0532 0130 00»"],
  ["iban", "look-alike", "«GB29 \u039dWBK 6016 1331 9268 19»"],
  ["secret", "look-alike", `my «gh\u0440${key.slice(3)}» key`],
  ["secret", "look-alike", "p\u0430ssword: «Tr0ub4dor3x»"],
  ["email", "look-alike", "«\u{1d5c3}\u{1d5ba}\u{1d5c7}\u{1d5be}.roe@example.org»"],
  ["email", "look-alike", "«\uff4a\uff41\uff4e\uff45\uff20example.org»"],
  ["iban", "look-alike", "«\uff24\uff258\uff19 3704 0044 0532 0130 00»"],
  // Digits of other scripts
  ["iban", "digits", `«DE${shifted("89 3704 0044 0532 0130 00", 0x660)}»`],
  ["card", "digits", `card «${shifted("4111 1111 1111 1111", 0x966)}»`],
  ["card", "digits", `card «${shifted("4111 1111 1111 1111", 0xff10)}»`],
  ["phone", "digits", `tel. «+${shifted("49 30 901820", 0x6f0)}»`],
  // Spaces and dashes
  ["iban", "spaces or dashes", "«DE89\u20033704\u20030044\u20030532\u20030130\u200300»"],
  ["iban", "spaces or dashes", "«DE89\u20113704\u20110044\u20110532\u20110130\u201100»"],
  ["card", "spaces or dashes", "«4111\u20121111\u20121111\u20121111»"],
  // Combining marks
  ["iban", "combining marks", "«D\u0336E\u033689 3704 0044 0532 0130 00»"],
  // Encodings
  ["email", "HTML entities", "«jane.roe&#64;example.org»"],
  ["email", "HTML entities", "«jane.roe&commat;example&period;org»"],
  ["email", "HTML entities", "<p>«jane.roe&#x40;example.org»</p>"],
  ["iban", "HTML entities", "«DE89&nbsp;3704&nbsp;0044&nbsp;0532&nbsp;0130&nbsp;00»"],
  ["email", "URL-encoded", "https://example.org/?to=«jane.roe%40example.org»&x=1"],
  ["email", "URL-encoded", `x=«${encoded(mail)}»`],
  ["email", "URL-encoded", "«jane.roe%2540example.org»"],
  ["iban", "URL-encoded", "?iban=«DE89%203704%200044%200532%200130%2000»"],
  ["email", "quoted-printable", "Mail: «jane.roe=40example.org»"],
  ["iban", "quoted-printable", "Konto «DE89370400=\r\n440532013000»"],
  ["email", "escape", 'const to = "«jane.roe\\u0040example.org»";'],
  ["email", "escape", 'const to = "«jane.roe\\x40example.org»";'],
  ["email", "spelled-out", "«jane.roe [at] example [dot] org»"],
  ["email", "spelled-out", "«jane.roe(at)example.org»"],
  // Base64
  ["email", "base64", `«${base64(`please write to ${mail}`)}»`],
  ["email", "base64", `x «${base64(base64(`please write to ${mail}`))}» y`],
  ["iban", "base64", `see «${base64(`account ${iban} here`).replaceAll("=", "")}», thanks`],
  ["secret", "base64", `data: «${base64("postgres://app:s3cr3tP4ss@db.internal/x")}»`],
  ["secret", "base64", `then «${base64("admin:Tr0ub4dor#3")}» follows`],
  ["email", "base64", `powershell -enc «${Buffer.from(`mail ${mail}`, "utf16le").toString("base64")}»`],
  ["email", "base64", `«${base64(`${"a line of text that is long enough, ".repeat(3)}${mail}`).replace(/(.{76})/g, "$1\n")}»`],
];

/** Text of many kinds in which nothing hides. */
const honest: readonly string[] = [
  "5кг муки, 2024г, ООО «Ромашка», №5",
  "Ωμέγα 3 και α1-αντιθρυψίνη",
  "👩‍💻 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨‍👩‍👧",
  "می‌خواهم کتاب‌ها را ببینم ۱۲۳",
  "दिनांक १२ जनवरी २०२६",
  "１２月３日、東京。",
  "R&amp;D &nbsp; 100%20off 50%25 &lt;b&gt; &uuml;ber",
  "a=40 b=3D1 c=FF port=8080=\nnext",
  "Silben\u00adtrennung und wei\u00adche Tren\u00adnung",
  "u\u0308ber, cafe\u0301, A\u030angstrom",
  "10–12 Uhr, 2019–2021, A–Z",
  "(at least) [attach] {data} (dot product)",
  "VXNlcjoxMjM0NQ== and MDQ6VXNlcjE= are node ids",
  "sha512-4tYKq0nLJ3y5zLkqvnO3WJmTtQ1m9mQnH2nY0Xkq1oYw8lD0b7Xg1r0m9cJm8m3l5G7w==",
  "internationalizationAndLocalization/andSomeMoreWordsThatAreLong",
  "\ud800 \udc00 lone halves \udfff",
  "a\u200bb",
];

const marked = (text: string): { plain: string; start: number; end: number } => ({
  plain: text.replace("«", "").replace("»", ""),
  start: text.indexOf("«"),
  end: text.indexOf("»") - 1,
});

test(`finds each of ${disguised.length} disguised values and covers the whole of its disguise`, () => {
  assert.ok(disguised.length >= 40);
  const wrong = disguised.flatMap(([type, because, text]) => {
    const { plain, start, end } = marked(text);
    const found = detector.detect(plain).map((finding) => [finding.type, finding.start, finding.end, finding.because?.includes(because)]);
    return JSON.stringify(found) === JSON.stringify([[type, start, end, true]]) ? [] : [{ text, start, end, found }];
  });
  assert.deepEqual(wrong, []);
});

test(`finds nothing in ${honest.length} texts whose unusual characters hide nothing`, () => {
  assert.ok(honest.length >= 15);
  const wrong = honest.flatMap((text) => detector.detect(text).map((finding) => [finding.rule, text]));
  assert.deepEqual(wrong, []);
});

test("a disguise is reported once, as itself, where the value is found without taking it off too", () => {
  const text = `${mail} and \u200b${iban} and +49 30\u00a0901820`;
  const found = detector.detect(text);
  assert.deepEqual(
    found.map((finding) => [finding.type, text.slice(finding.start, finding.end), finding.because?.startsWith("written") ?? false]),
    [
      ["email", mail, false],
      ["iban", iban, false],
      ["phone", "+49 30\u00a0901820", false],
    ],
  );
});

const filler = fc.constantFrom("\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u200f", "\u202e", "\u{e0001}", "\udc00", "\u034f");

test("invisible characters anywhere in a value hide it from nobody, and the finding covers all of it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(mail, iban, "4111 1111 1111 1111", key),
      fc.array(fc.tuple(fc.nat(), filler), { minLength: 1, maxLength: 12 }),
      fc.constantFrom("", "see ", "Ваш ", "\u200bx "),
      (value, insertions, lead) => {
        const characters = Array.from(value);
        // Between two characters of the value: before its first or behind its last, nothing is hidden.
        for (const [place, one] of insertions) characters.splice(1 + (place % (characters.length - 1)), 0, one);
        const hidden = characters.join("");
        const text = `${lead}${hidden} is it`;
        const wanted = detector.detect(value)[0];
        const found = detector.detect(text);
        assert.deepEqual(
          found.map((finding) => [finding.type, finding.subtype, text.slice(finding.start, finding.end)]),
          [[wanted?.type, wanted?.subtype, hidden]],
        );
      },
    ),
    { numRuns: 400 },
  );
});

const anything = fc.array(
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom(
      mail,
      iban,
      key,
      base64(mail),
      "%40",
      "%",
      "&#64;",
      "&",
      "=\n",
      "=40",
      "\\u0040",
      "[at]",
      "\u200b",
      "\ud800",
      "\u0301",
      "\u0430",
      "\uff11",
      tags("abcdef"),
    ),
  ),
  { maxLength: 30 },
);

test("whatever the text, findings are sorted, apart from each other and within it", () => {
  fc.assert(
    fc.property(anything, (pieces) => {
      const text = pieces.join("");
      let last = 0;
      for (const { start, end } of detector.detect(text)) {
        assert.ok(start >= last && end > start && end <= text.length, JSON.stringify([start, end, text]));
        last = end;
      }
    }),
    { numRuns: 1000 },
  );
});

test("each character of a view knows where it stood: places grow, and what was not changed is what stands there", () => {
  fc.assert(
    fc.property(anything, fc.nat(20), (pieces, cut) => {
      const text = pieces.join("");
      const from = Math.min(cut, text.length);
      const view = new View(text, from, text.length);
      let last = from;
      for (let index = 0; index < view.text.length; index += 1) {
        const start = view.startOf(index);
        const end = view.endOf(index);
        assert.ok(end > start && end <= text.length && (start >= last || start === view.startOf(index - 1)));
        if (view.kindsIn(index, index + 1) === 0 && end === start + 1) assert.equal(view.text.charAt(index).trim(), text.charAt(start).trim());
        last = end;
      }
    }),
    { numRuns: 1000 },
  );
});
