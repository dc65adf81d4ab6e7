import assert from "node:assert/strict";
import { test } from "node:test";
import { openCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { emptyRoot } from "./merkle.ts";
import { openNote, parseVerifierKey, signerFrom, signNote, verifierKey } from "./note.ts";

// The example that C2SP's signed-note prints.
const key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

const signer = signerFrom("freehold.example/log", Buffer.alloc(32, 7));
const open = (text: string, ...keys: readonly string[]) =>
  openNote(
    Buffer.from(text),
    keys.map((one) => parseVerifierKey(one) ?? assert.fail(`${one} is no key`)),
  );

test("opens the note of the specification, and writes its key as it stands there", () => {
  assert.equal(open(note, key)?.text, "This is an example message.\n");
  assert.equal(verifierKey(parseVerifierKey(key) ?? assert.fail()), key);
});

test("what is signed here opens here, beside signatures of keys that nobody knows", () => {
  const signed = signNote("one\n\ntwo\n", [signer]);
  assert.equal(open(signed, verifierKey(signer))?.text, "one\n\ntwo\n");
  const foreign = `${signed}— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n`;
  assert.equal(open(foreign, verifierKey(signer))?.signedBy.length, 1);
  assert.equal(open(foreign, verifierKey(signer), key), undefined, "a known key's wrong signature spoils the note");
});

test("any changed bit of a note's text or signature is refused", () => {
  const signed = Buffer.from(signNote("freehold.example/log\n1\n", [signer]));
  const known = [parseVerifierKey(verifierKey(signer)) ?? assert.fail()];
  let refused = 0;
  for (let bit = 0; bit < signed.length * 8; bit += 1) {
    const changed = Buffer.from(signed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(openNote(changed, known), undefined, `bit ${bit}`);
    refused += 1;
  }
  assert.equal(refused, signed.length * 8);
});

test("what is no note, no key and no checkpoint is undefined, not an exception", () => {
  for (const text of [
    "",
    "\n",
    "text",
    "text\n",
    "text\n\n",
    "text\n\n— a\n",
    "text\n\n— a b\n",
    "te\u0000xt\n\n— a AAAAAAA=\n",
    "text\n\n— a AAAAAAA=",
    "\n\n\n",
  ])
    assert.equal(open(text, key), undefined, JSON.stringify(text));
  assert.equal(openNote(Buffer.of(0xff, 10, 10), []), undefined);
  for (const text of ["", "+", "a+b+c", key.replace("530d903a", "530d903b"), key.replace("Aeky", "Beky"), `${key}AAAA`, key.replace("foo", "fo o")])
    assert.equal(parseVerifierKey(text), undefined, text);
  assert.throws(() => signerFrom("two words", Buffer.alloc(32)), RangeError);
  assert.throws(() => signerFrom("short", Buffer.alloc(31)), RangeError);
});

test("a checkpoint is taken from its own log's key alone", () => {
  const checkpoint = signCheckpoint({ origin: signer.name, size: 0, root: emptyRoot() }, signer);
  assert.deepEqual(openCheckpoint(Buffer.from(checkpoint), signer), { origin: signer.name, size: 0, root: emptyRoot() });
  const other = signerFrom("other.example/log", Buffer.alloc(32, 8));
  assert.equal(openCheckpoint(Buffer.from(checkpoint), other), undefined);
  const root = emptyRoot().toString("base64");
  const texts = [
    `${signer.name}\n01\n${root}\n`,
    `${signer.name}\n1\nAAAA\n`,
    `other\n1\n${root}\n`,
    `${signer.name}\n-1\n${root}\n`,
    `${signer.name}\n9007199254740993\n${root}\n`,
  ];
  for (const text of texts) assert.equal(openCheckpoint(Buffer.from(signNote(text, [signer])), signer), undefined, text);
});
