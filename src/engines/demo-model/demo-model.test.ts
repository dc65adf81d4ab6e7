import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildDemoModel, digestOfFile } from "./build.ts";
import { demoModelDigest, ensureDemoModel } from "./ensure.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "freehold-demo-"));
});
after(() => rm(folder, { recursive: true, force: true }));

test("the demonstration model has the same bytes on every machine, and few of them", () => {
  const model = buildDemoModel();
  assert.equal(digestOfFile(model), demoModelDigest);
  assert.ok(model.length < 2_000_000, `${model.length} bytes`);
});

test("the first start writes it, the second leaves it alone", async () => {
  const first = await ensureDemoModel(folder);
  assert.ok(first.ok);
  assert.equal(first.value, join(folder, "models", "demo.gguf"));
  assert.equal(digestOfFile(await readFile(first.value)), demoModelDigest);
  const second = await ensureDemoModel(folder);
  assert.deepEqual(second, first);
  assert.deepEqual(await readdir(join(folder, "models")), ["demo.gguf"]);
});

test("a truncated or tampered file is replaced", async () => {
  const path = join(folder, "models", "demo.gguf");
  await writeFile(path, "GGUF");
  assert.ok((await ensureDemoModel(folder)).ok);
  assert.equal(digestOfFile(await readFile(path)), demoModelDigest);
});

test("two starts at one time leave one whole file", async () => {
  const other = join(folder, "twice");
  const results = await Promise.all([ensureDemoModel(other), ensureDemoModel(other), ensureDemoModel(other)]);
  assert.ok(results.every((result) => result.ok));
  assert.deepEqual(await readdir(join(other, "models")), ["demo.gguf"]);
});

test("a data folder that cannot be written is a fault that names the file", async () => {
  const file = join(folder, "a-file");
  await writeFile(file, "");
  const result = await ensureDemoModel(file);
  assert.ok(!result.ok);
  assert.equal(result.error.code, "data_unwritable");
  assert.match(result.error.message, /demo\.gguf/);
});
