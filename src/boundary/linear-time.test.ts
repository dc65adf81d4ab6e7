import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetector } from "./detector.ts";
import { inspect } from "./inspect/inspect.ts";
import { createRestorer } from "./pseudonym/restorer.ts";
import { Vault } from "./pseudonym/vault.ts";

const detector = createDetector();
const size = 100_000;

const fill = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Units that make a careless scanner look at the same text again and again. */
const units: Readonly<Record<string, string>> = {
  "labels of a domain": "a.a.a.",
  "at signs": "@@@@",
  addresses: "a@a.",
  "international addresses": "ä@ä.",
  digits: "1234567890",
  "single digits": "1 1 1 ",
  "token heads": "eyJ",
  "token headers": "eyJhbGciOiJIUzI1.",
  "key openings": `${"-".repeat(5)}BEGIN `,
  "private key openings": `${"-".repeat(5)}BEGIN ${"PRIVATE"} KEY${"-".repeat(5)}\n`,
  colons: "::::",
  "hexadecimal pairs": "ab:cd:ef:",
  "key prefixes": "sk-ant-",
  "long key prefixes": "pypi-",
  "phone numbers": "+49 30 1 ",
  "whole phone numbers": "+4930123456 ",
  "trunk zeros": "030 12345678 ",
  "phone words": "tel 030 12 34 56 ",
  countries: "DE89 ",
  "card groups": "4111 ",
  dashes: "----",
  passwords: "password=",
  "quoted passwords": '"password": "a1',
  "logins in addresses": "http://a:b",
  "data addresses": "data:image/png;base64,",
  "person numbers": "44051401359 ",
  "announced numbers": "pesel 4405140 ",
  "numbers in groups": "11-22 33.44/",
  "prefixes of numbers": "AB-12 CD ",
  "letters and digits": "A1B2C3D4 ",
  "columns of numbers": "1234567\n",
  "letters for digits": "1O1l0I0o1 ",
  quads: "1.2.3.4.",
  hextets: "2001:db8:",
  "escaped quotes": '"\\"",',
  backslashes: '["\\\\',
  tildes: "8Q~",
  "passwords in sentences": "password is ",
  "key words": "api key a1b2c3d4e5f6g7h8i9j0 ",
  "words that end like one": "na se de ",
  options: "-u a:",
  "lines of password files": "a:5432:b:c:",
  manifests: "kind: Secret\ndata:\n  a: ",
  "names and values": 'name: a_key, value: "b1',
  "half tokens": "eyJhbGci.eyJhbGci",
  "zero-width characters": "a\u200b",
  "only zero-width characters": "\u200b",
  "look-alike letters": "p\u0430\u0441s",
  "look-alike words": "\u0430\u0441\u0435a",
  "full-width digits": "\uff11\uff12 ",
  "combining marks": "a\u0301\u0336",
  "tag characters": "\u{e0041}",
  "lone surrogates": "\ud800a",
  entities: "&#64;&amp;&commat;",
  "long entities": "&aaaaaaaaaaaaaa",
  "percent signs": "%25%34%30",
  "quoted lines": "=40=\r\n",
  "escaped characters": "\\u0040\\x40",
  "spelled-out signs": "a [at] b (dot) ",
  base64: Buffer.from("jane@example.org and ").toString("base64"),
  "base64 in base64": Buffer.from(Buffer.from("jane@example.org is").toString("base64")).toString("base64"),
  "base64 in pieces": `${Buffer.from("a line that reads").toString("base64")} `,
  "words for streets": "calle ",
  streets: "calle Mayor 5, ",
  "names without end": `ul. ${"Ab".repeat(9)}`,
  "streets on streets": "rue de la ",
  "numbers of houses": "12 High Street 1 ",
  "German streets": "Hauptstra\u00dfe 1 ",
  "floors and doors": "ul. A 1 m. 2, ",
  postcodes: "12345 Ab ",
  "houses before postcodes": "Ab 1 12345 Cd ",
  "British postcodes": "A1 1AA ",
  "spaces before postcodes": `${" ".repeat(500)}A1 1AA`,
  labels: "Adresse: ",
  "labels of towns": "Ort: A, CP: 1234 ",
  "words for living": "zamieszkalxxZamieszkalxx",
  regions: "gmina Ab powiat ",
  "words for being born": "geboren ",
  births: "geboren 1.1.1980 ",
  "months before days": "May 1, ",
  fillers: "<<<<",
  "lines of passports": `P<D<<${"A".repeat(39)}\n`,
  "words for plates": "Kennzeichen ",
  plates: "plate M-AB 12 ",
  "words for banks": "BIC ",
  "codes of banks": "BIC COBADEFF ",
  illnesses: "diabetes ",
  "illnesses of someone": "my son has diabetes, ",
  diagnoses: "Diagnose: a@b.de ",
  "words of two languages": "n\u00e9 \u03b1\u03c6\u03bc ",
  "nested documents": `${JSON.stringify(JSON.stringify({ a: "x@y.de\n" }))},`,
};

/** CPU time of this thread in milliseconds; what the machine does beside it hardly adds. */
function timeOf(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** Twice the text may take three times as long; the floor keeps the noise of very fast runs out, and quadratic work is far above it. */
function assertLinear(name: string, work: (length: number) => void): void {
  work(size / 10);
  const measured: string[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const once = timeOf(() => work(size));
    const twice = timeOf(() => work(2 * size));
    if (twice < 3 * once + 10) return;
    measured.push(`${once.toFixed(1)} ms for ${size}, ${twice.toFixed(1)} ms for twice as much`);
  }
  assert.fail(`${name}: ${measured.join("; ")}`);
}

test("no input makes the detector backtrack: the time doubles with the text", () => {
  const names = Object.entries(units);
  assert.ok(names.length >= 30);
  for (const [name, unit] of names) {
    const texts = new Map([size / 10, size, 2 * size].map((length) => [length, `[${fill(unit, length)}`]));
    assertLinear(name, (length) => {
      assert.ok(inspect(texts.get(length), detector).ok);
    });
  }
});

test("no input makes the restorer backtrack", () => {
  const vault = new Vault(new Map([["Email_K7Q2F9", { value: "a@b.de", joined: false }]]));
  for (const unit of ["Email_", "Email_K7Q2F", "E", "Aaaaaaaaaaaaaaaa", "A_"]) {
    assertLinear(unit, (length) => {
      const restorer = createRestorer(vault);
      const text = fill(unit, length);
      let passed = 0;
      for (let at = 0; at < text.length; at += 7) passed += restorer.push(text.slice(at, at + 7)).length;
      assert.equal(passed + restorer.end().length, length);
    });
  }
});
