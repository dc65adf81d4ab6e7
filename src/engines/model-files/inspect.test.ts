import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { buildDemoModel } from "../demo-model/index.ts";
import { inspectGguf, inspectGgufHeader } from "./inspect.ts";

let folder: string;
const model = buildDemoModel();
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "freehold-gguf-"));
});
after(() => rm(folder, { recursive: true, force: true }));

async function faultOf(bytes: Buffer): Promise<string> {
  const path = join(folder, "x.gguf");
  await writeFile(path, bytes);
  const result = await inspectGgufHeader(path);
  assert.ok(!result.ok, "should be refused");
  assert.equal(result.error.code, "model_file_invalid");
  assert.equal(result.error.param, path);
  return result.error.message;
}

/** A header from numbers (u32), bigints (u64), and strings (length and text). */
function header(...parts: (number | bigint | string)[]): Buffer {
  return Buffer.concat([
    Buffer.from("GGUF"),
    ...parts.map((part) => {
      const bytes = Buffer.alloc(typeof part === "number" ? 4 : 8);
      if (typeof part === "number") bytes.writeUInt32LE(part);
      else bytes.writeBigUInt64LE(typeof part === "bigint" ? part : BigInt(Buffer.byteLength(part)));
      return typeof part === "string" ? Buffer.concat([bytes, Buffer.from(part)]) : bytes;
    }),
  ]);
}

test("a whole file is told: name, architecture, context, licence, template, length and digest", async () => {
  const path = join(folder, "demo.gguf");
  await writeFile(path, model);
  assert.deepEqual(await inspectGguf(path), {
    ok: true,
    value: {
      name: "freehold-demo",
      architecture: "llama",
      contextLength: 32_768,
      licence: "CC0-1.0",
      chatTemplate: true,
      bytes: model.length,
      sha256: hash("sha256", model, "hex"),
    },
  });
});

test("a download that broke off is refused wherever it broke off", async () => {
  for (const length of [0, 3, 4, 7, 23, 24, 100, 5_000, 20_000, model.length / 2, model.length - 64]) {
    assert.match(
      await faultOf(model.subarray(0, Math.floor(length))),
      /not a GGUF file|ends in the middle|truncated|reaches past the end|more than the file can hold/,
    );
  }
});

test("absurd lengths and counts are refused without being believed", async () => {
  const large = 1n << 62n;
  assert.match(await faultOf(Buffer.from("PK\u0003\u0004 something else")), /not a GGUF file/);
  assert.match(await faultOf(header(1, 0n, 0n)), /version is 1/);
  assert.match(await faultOf(header(0x03000000, 0n, 0n)), /version/);
  assert.match(await faultOf(header(3, large, 0n)), /absurdly large/);
  assert.match(await faultOf(header(3, 0n, 1n << 40n)), /metadata entries/);
  assert.match(await faultOf(header(3, 1n, 1n, 1n << 50n)), /claims/);
  assert.match(await faultOf(header(3, 1n, 1n, "k", 8, large)), /absurdly large/);
  assert.match(await faultOf(header(3, 1n, 1n, "k", 9, 8, 1n << 50n)), /more than the file can hold/);
  assert.match(await faultOf(header(3, 1n, 1n, "k", 9, 4, 1n << 50n)), /past the end/);
  assert.match(await faultOf(header(3, 1n, 1n, "k", 77)), /unknown type 77/);
  assert.match(await faultOf(header(3, 1n, 1n, "k", 9, 9, 1n, 9, 1n, 9, 1n, 9, 1n, 0n, 0n)), /nested too deeply/);
  assert.match(await faultOf(header(3, 1n, 1n, "general.name", 8, "x", 0)), /names no architecture/);
  assert.match(await faultOf(header(3, 0n, 1n, "general.architecture", 8, "llama")), /no tensors/);
  assert.match(await faultOf(header(3, 1n, 1n, "general.architecture", 8, "llama", "t", 9, 0n)), /9 dimensions/);
  assert.match(await faultOf(header(3, 1n, 1n, "general.architecture", 8, "llama", "t", 1, 1000n, 0, 0n)), /truncated/);
});

test("no change of single bytes makes it throw, hang or read without bound", async () => {
  const path = join(folder, "fuzz.gguf");
  const small = model.subarray(0, 40_000);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(30_000), fc.nat(255)), { minLength: 1, maxLength: 8 }), async (changes) => {
      const bytes = Buffer.from(small);
      for (const [at, value] of changes) bytes[at] = value;
      await writeFile(path, bytes);
      const result = await inspectGgufHeader(path);
      assert.ok(!result.ok && result.error.code === "model_file_invalid");
    }),
    { numRuns: 100 },
  );
});

test("what is no file is a fault, not a wait", async () => {
  const missing = await inspectGguf(join(folder, "missing.gguf"));
  assert.ok(!missing.ok && missing.error.code === "file_unreadable");
  const directory = await inspectGguf(folder);
  assert.ok(!directory.ok && directory.error.code === "model_file_invalid");
  const device = await inspectGguf("/dev/null");
  assert.ok(!device.ok && device.error.code === "model_file_invalid");
});
