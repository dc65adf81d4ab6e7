import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { freehold, newFolder, startHouse, tidy } from "../integration/house.ts";

const estate = `estate: 1
environment: test
parties:
  ours: { name: Test House, country: DE, parent: none, self: true, as-of: 2026-11-01, source: register }
sites:
  cellar: { country: DE, operator: ours }
models:
  own: { developer: freehold, licence: CC0-1.0, weights: open }
backends:
  - { name: local, engine: llama.cpp, site: cellar, hardware: [], models: { own: { weights: own, model: own } } }
`;

const question = JSON.stringify({ model: "own", messages: [{ role: "user", content: "Hello" }] });

describe("registered model files", () => {
  after(tidy);

  it("answer while they are what was registered, and are refused once a byte has changed", async () => {
    const folder = newFolder();
    const data = join(folder, "data");
    const first = await startHouse({ folder });
    await first.stop();
    const weights = join(folder, "own.gguf");
    copyFileSync(join(data, "models", "demo.gguf"), weights);
    const added = await freehold(["models", "add", weights, "--name", "own", "--developer", "freehold", "--data", data, "--json"]);
    assert.equal(added.code, 0, added.err);
    const { sha256, bytes } = JSON.parse(added.out) as { sha256: string; bytes: number };
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.equal(bytes, readFileSync(weights).length);

    const house = await startHouse({ folder, estate });
    const response = await house.fetch("/v1/chat/completions", { method: "POST", body: question });
    assert.equal(response.status, 200);
    assert.match(await response.text(), /Freehold demonstration model/);
    await house.stop();

    const changed = readFileSync(weights);
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
    writeFileSync(weights, changed);
    await assert.rejects(startHouse({ folder }), /The weights own at .*own\.gguf are not those that were registered/);
  });

  it("are refused with a developer whom nobody knows, and under a name that is taken", async () => {
    const folder = newFolder();
    const house = await startHouse({ folder });
    const demo = join(house.data, "models", "demo.gguf");
    const unknown = await freehold(["models", "add", demo, "--name", "x", "--developer", "nobody-knows", "--data", house.data]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /No party "nobody-knows" is known/);
    assert.equal((await freehold(["models", "add", demo, "--name", "x", "--data", house.data])).code, 0);
    const twice = await freehold(["models", "add", demo, "--name", "x", "--data", house.data]);
    assert.equal(twice.code, 2);
    assert.match(twice.err, /already is a model file x/);
    await house.stop();
  });
});
