import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { channels } from "./channels.ts";
import { mechanicalResults } from "./mechanical.ts";
import { modelResults } from "./model.ts";
import { readOptions } from "./options.ts";
import { reader } from "./reading.ts";
import { shapes } from "./shapes.ts";
import { questions } from "./tasks.ts";
import { costs } from "./tokenizers.ts";

test("the reader tells exact from altered from lost, and one token from another", () => {
  const read = reader("Person_K7Q2F9");
  const fates = { "a Person_K7Q2F9.": "exact", "PERSON\\_K7Q2F9": "altered", Person_K7Q2F9s: "altered", Person_K7Q2F8: "lost", Person_K7Q2F99: "lost" };
  for (const [text, fate] of Object.entries(fates)) assert.equal(read(text), fate, text);
  assert.equal(reader("PERSON_1")("PERSON_12"), "lost");
  assert.equal(reader("<PERSON_1>")("&lt;PERSON_1&gt;"), "altered");
  assert.equal(reader("Kazulipe")("Kazulipes"), "lost");
});

test("every shape goes through every channel, and the product restores what the reader reads of its own", () => {
  const results = mechanicalResults();
  assert.equal(results.length, shapes.length);
  for (const { total } of results) assert.equal(total.exact + total.altered + total.lost, channels.length * 30);
  const [own] = results;
  assert.ok(own !== undefined && own.total.lost < own.total.exact);
  assert.equal(own.restored, own.total.exact + own.total.altered);
  assert.equal(own.falselyRead, 0);
});

test("a model's answers are counted: copied, altered, lost, swapped, missing", async () => {
  const [shape] = shapes;
  assert.ok(shape !== undefined);
  const asked = questions([shape], ["en", "pl"], true);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: { content: string }[] };
      const said = messages.at(-1)?.content ?? "";
      const [a = "", b = "", m = ""] = said.match(/(?:Person|Email)_\w{6}/g) ?? [];
      if (said.startsWith("Call the tool")) return void response.writeHead(500).end();
      const content = said.startsWith("Answer with a JSON")
        ? JSON.stringify({ speaker: b, partner: a, mail: m })
        : said.startsWith("Translate")
          ? `${a.toUpperCase()} ${b} x`
          : said;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ choices: [{ message: { content } }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const rows = await modelResults(asked, { url: `http://127.0.0.1:${port}/v1/`, model: "m", key: undefined, timeoutMs: 5000 }, () => undefined);
  server.close();
  const of = (task: string): unknown => {
    const row = rows.find((one) => one.task === task);
    return [row?.exact, row?.altered, row?.lost, row?.swapped, row?.failed];
  };
  assert.equal(rows.length, 7);
  assert.deepEqual(of("summarise"), [6, 0, 0, 0, 0]);
  assert.deepEqual(of("translate"), [2, 2, 2, 0, 0]);
  assert.deepEqual(of("JSON"), [6, 0, 0, 4, 0]);
  assert.deepEqual(of("tool call"), [0, 0, 0, 0, 2]);
});

test("a tokenizer's cost counts the token alone, not the text around it", () => {
  const letters = { name: "letters", encode: (text: string): readonly string[] => Array.from(text) };
  const own = shapes[0];
  assert.ok(own !== undefined);
  // "Person_" and "Email_" with six characters, less the two letters of the word in their place, and one for it.
  assert.ok(Math.abs(costs(own, letters) - (0.75 * 13 + 0.25 * 12 - 1)) < 1e-9);
});

test("a key is taken from the environment alone, and mistakes are told", () => {
  const url = ["--url", "http://127.0.0.1:1/v1", "--model", "m"];
  assert.equal(readOptions([...url, "--key", "env:K"], { K: "secret" })?.endpoint?.key, "secret");
  for (const args of [
    [...url, "--key", "secret"],
    [...url, "--key", "env:MISSING"],
    url.slice(0, 2),
    ["--shapes", "x"],
    ["--languages", "xx"],
    ["--timeout", "0"],
  ]) {
    assert.throws(() => readOptions(args, {}), Error, args.join(" "));
  }
});
