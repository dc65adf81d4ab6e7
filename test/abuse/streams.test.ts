import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { after, before, beforeEach, describe, it } from "node:test";
import { charter, charterWithPseudonyms, estateWith } from "../integration/files.ts";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, type Behaviour, chunk, done, json, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, Reading } from "../operation/asking.ts";
import { completion, rawAnswer, startRawUpstream } from "./sockets.ts";

type Entry = Record<string, unknown>;

/** Sends a streaming request and drops the connection: at once, or after the first bytes of the answer. */
function abort(house: House, id: string, when: "at once" | "after the first bytes"): Promise<void> {
  const { hostname, port } = new URL(house.address);
  const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json", "x-freehold-origin": "DE", "x-request-id": id };
  return new Promise((resolve) => {
    const request = httpRequest({ hostname, port, path: "/v1/chat/completions", method: "POST", headers, agent: false });
    request.on("error", () => undefined).on("close", resolve);
    request.on("response", (response) => {
      response.on("error", () => undefined);
      if (when === "after the first bytes") response.once("data", () => request.destroy());
    });
    request.end(JSON.stringify({ model: "assistant", stream: true, messages: [{ role: "user", content: "Hello" }] }));
    if (when === "at once") request.once("finish", () => setImmediate(() => request.destroy()));
  });
}

const slowly: Behaviour = (_received, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(chunk("word "));
  const timer = setInterval(() => response.write(chunk("word ")), 50);
  response.on("close", () => clearInterval(timer));
};

describe("streams", () => {
  let upstream: Upstream;
  let house: House;
  const outcomes = new Map<string, Entry>();
  before(async () => {
    upstream = await startUpstream();
    const more = ["retries: 0", "timeouts: { connect: 1s, first-byte: 500ms, between-chunks: 500ms }", "limits: { concurrency: 64, queue: 2000 }"];
    house = await startHouse({ charter, estate: estateWith([{ name: "cellar", url: upstream.url, kind: "own", more }]) });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });
  beforeEach(() => {
    upstream.received.length = 0;
    upstream.behave(answering());
  });

  /** Decisions and outcomes of the requests with this prefix, once each decision has its outcome. */
  async function settled(prefix: string, wanted: number): Promise<readonly Entry[]> {
    let mine: readonly Entry[] = [];
    await until(async () => {
      mine = (await ledgerOf(house)).filter(({ requestId }) => String(requestId).startsWith(prefix));
      return mine.filter(({ kind }) => kind === "outcome").length >= wanted;
    }, `${wanted} outcomes of ${prefix}`);
    return mine;
  }

  it("the backend counts as many requests as the ledger, cut, failed and abandoned ones too (litellm#13280, #35958)", async () => {
    const scripts: readonly (readonly [string, Behaviour, boolean])[] = [
      ["whole", answering(), false],
      ["whole-stream", answering(), true],
      ["cut", (_received, response) => void response.destroy(), true],
      [
        "cut-stream",
        (_received, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk("half"), () => response.destroy()),
        true,
      ],
      ["unfinished-stream", (_received, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).end(chunk("half")), true],
      ["silent-stream", (_received, response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk("half")), true],
      ["bad-request", (_received, response) => json(response, 400, { error: { message: "no" } }), false],
      ["limited", (_received, response) => json(response, 429, { error: { message: "no" } }), false],
      ["nonsense", (_received, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>"), false],
    ];
    const byId = new Map(scripts.map(([name, behaviour]) => [`count-${name}`, behaviour]));
    upstream.behave((received, response) => (byId.get(String(received.headers["x-request-id"])) ?? slowly)(received, response));
    for (const [name, , stream] of scripts) await (await chat(house, { stream }, { "x-request-id": `count-${name}` })).text();
    await abort(house, "count-left-late", "after the first bytes");
    const entries = await settled("count-", scripts.length + 1);
    for (const entry of entries) if (entry.kind === "outcome") outcomes.set(String(entry.requestId), entry);
    const counted = [...outcomes.values()].reduce((sum, { attempts }) => sum + Number(attempts), 0);
    assert.equal(counted, upstream.received.length);
    assert.equal(upstream.received.length, scripts.length + 1);
    assert.deepEqual(Object.fromEntries([...outcomes].map(([id, { status }]) => [id.slice(6), status])), {
      whole: "ok",
      "whole-stream": "ok",
      cut: "error",
      "cut-stream": "cut",
      "unfinished-stream": "cut",
      "silent-stream": "cut",
      "bad-request": "error",
      limited: "error",
      nonsense: "error",
      "left-late": "cut",
    });
  });

  it("a stream without usage is not charged zero, and absurd usage breaks nothing (LLMKube#1852; gpustack#5455)", async () => {
    const digits = "9".repeat(400);
    upstream.behave(({ body }, response) => {
      const usage = `"usage":{"prompt_tokens":${digits},"completion_tokens":${digits},"total_tokens":1}`;
      if (body.stream !== true) {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(`{"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}],${usage}}`);
      } else {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`${chunk("word")}data: {"object":"chat.completion.chunk","choices":[],${usage}}\n\n${done}`);
      }
    });
    for (const stream of [false, true]) assert.equal((await chat(house, { stream }, { "x-request-id": `absurd-${stream}` })).status, 200);
    const entries = (await settled("absurd-", 2)).filter(({ kind }) => kind === "outcome");
    for (const { inputTokens, outputTokens } of entries) {
      assert.ok(inputTokens === null || Number.isSafeInteger(inputTokens), String(inputTokens));
      assert.ok(outputTokens === null || Number.isSafeInteger(outputTokens), String(outputTokens));
    }
    const metrics = await (await house.fetch("/metrics")).text();
    assert.match(metrics, /^freehold_internal_errors_total 0$/m);
    upstream.behave(answering("one two three"));
    await (await chat(house, { stream: true }, { "x-request-id": "uncounted" })).text();
    const [, outcome] = await settled("uncounted", 1);
    assert.equal(outcome?.estimated, true);
    assert.ok(Number(outcome?.outputTokens) >= 3);
  });

  it("a thousand streams that clients abandon leave nothing behind: the next one is answered whole (litellm#17364; OpenGateLLM's counter)", async () => {
    upstream.behave(slowly);
    const count = 1000;
    for (let begun = 0; begun < count; begun += 50) {
      const some = Array.from({ length: 50 }, (_empty, index) => abort(house, `left-${begun + index}`, index % 2 === 0 ? "at once" : "after the first bytes"));
      await Promise.all(some);
    }
    await until(() => upstream.received.every(({ cancelled }) => cancelled), "every abandoned stream is cancelled at the backend");
    upstream.behave(answering());
    const response = await chat(house, { stream: true });
    assert.match(await response.text(), /\[DONE\]/);
    const { backends } = (await (await house.fetch("/admin/api/status")).json()) as { backends: { active: number; queued: number }[] };
    assert.deepEqual(
      backends.map(({ active, queued }) => [active, queued]),
      [[0, 0]],
    );
    await until(async () => /^freehold_requests_active 0$/m.test(await (await house.fetch("/metrics")).text()), "nothing counts as under way");
    const reached = upstream.received.map(({ headers }) => String(headers["x-request-id"])).filter((id) => id.startsWith("left-"));
    const entries = await settled("left-", reached.length);
    const decided = new Set(entries.filter(({ kind }) => kind === "decision").map(({ requestId }) => requestId));
    assert.deepEqual(
      reached.filter((id) => !decided.has(id)),
      [],
    );
    assert.equal(entries.filter(({ kind }) => kind === "outcome").length, decided.size, "each decision has its outcome");
  });

  for (const [name, rules, kind] of [
    ["as it came", charter, "own"],
    ["restored", charterWithPseudonyms, "european"],
  ] as const) {
    it(`the first piece of a stream, ${name}, is with the client before the backend sends the second (litellm#29134; Portkey's sleep)`, async () => {
      const estate = estateWith([{ name: "one", url: upstream.url, kind, more: ["timeouts: { connect: 1s, first-byte: 9s, between-chunks: 9s }"] }]);
      const another = await startHouse({ charter: rules, estate });
      const release = Promise.withResolvers<void>();
      upstream.behave(async (_received, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(chunk("first "));
        await release.promise;
        response.end(chunk("second") + done);
      });
      const response = await chat(another, { stream: true, messages: [{ role: "user", content: "Write to jane@musterstadt.de." }] });
      const reading = new Reading(response);
      await until(() => reading.text.includes("first"), "the first piece arrives while the second is withheld");
      assert.equal(reading.text.includes("second"), false);
      release.resolve();
      assert.equal(await reading.ended, true);
      assert.match(reading.text, /second.*\[DONE\]/s);
      await another.stop();
    });
  }

  it("one long event in pieces of one byte each stops nobody else and comes whole (a backend that wedges the gateway)", async () => {
    const raw = await startRawUpstream();
    const another = await startHouse({ charter, estate: estateWith([{ name: "one", url: raw.url, kind: "own" }]) });
    const event = chunk("x".repeat(200_000));
    const pieces = Array.from(event + done, (character) => `1\r\n${character}\r\n`).join("");
    raw.behave((socket, request) => {
      if (request.includes('"stream":true'))
        socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n${pieces}0\r\n\r\n`);
      else socket.write(rawAnswer(completion()));
    });
    const began = performance.now();
    const [long, short] = await Promise.all([chat(another, { stream: true }), chat(another)]);
    assert.equal(short.status, 200);
    assert.equal(await long.text(), event + done);
    // Work that grows with the square of the event's length takes minutes here; this bound tells that from a busy machine.
    assert.ok(performance.now() - began < 20_000);
    await another.stop();
    await raw.close();
  });

  it("a client that does not read does not make the server hold the whole stream (litellm#12685, #27954)", async () => {
    const piece = chunk("x".repeat(60_000));
    let written = 0;
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const go = (): void => {
        while (written < 400) {
          written += 1;
          if (!response.write(piece)) return;
        }
        response.end(done);
      };
      response.on("drain", go);
      go();
    });
    const leave = new AbortController();
    const response = await chat(house, { stream: true }, {}, leave.signal);
    assert.equal(response.status, 200);
    let before = -1;
    await until(async () => {
      const same = before === written;
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 150));
      return same && before === written;
    }, "the backend is held back");
    assert.ok(written < 400, `${written} of 400 pieces were taken although nobody read`);
    leave.abort();
    await response.body?.cancel().catch(() => undefined);
  });
});
