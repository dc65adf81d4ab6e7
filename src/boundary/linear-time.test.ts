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
  "nested documents": `${JSON.stringify(JSON.stringify({ a: "x@y.de\n" }))},`,
};

/** The best of several runs, in milliseconds: what the machine does beside it only adds. */
function fastest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 2; run += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Twice the text may take three times as long; the floor keeps the noise of very fast runs out, and quadratic work is far above it. */
function assertLinear(name: string, work: (length: number) => void): void {
  work(size / 10);
  const measured: string[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const once = fastest(() => work(size));
    const twice = fastest(() => work(2 * size));
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
