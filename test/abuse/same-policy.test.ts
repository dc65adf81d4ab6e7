import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, json, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { errorOf } from "../operation/asking.ts";

const endpoints = [
  ["chat/completions", (text: string) => ({ messages: [{ role: "user", content: text }] })],
  ["completions", (text: string) => ({ prompt: text })],
  ["embeddings", (text: string) => ({ input: text })],
  ["responses", (text: string) => ({ input: text })],
  ["messages", (text: string) => ({ max_tokens: 9, messages: [{ role: "user", content: text }] })],
  ["rerank", (text: string) => ({ query: text, documents: ["x"] })],
] as const;
const streams = (path: string): boolean => path !== "embeddings" && path !== "rerank";

describe("one policy", () => {
  let own: Upstream;
  let european: Upstream;
  let american: Upstream;
  let house: House;
  before(async () => {
    [own, european, american] = await Promise.all([startUpstream(), startUpstream(), startUpstream()]);
    const models = "{ assistant: { served-as: served }, expert: { served-as: served-expert } }";
    house = await startHouse({
      charter,
      estate: estateWith([
        { name: "abroad", url: american.url, kind: "american", models },
        { name: "france", url: european.url, kind: "european", models, more: ["retries: 0"] },
        { name: "cellar", url: own.url, kind: "own", models: "{ assistant: { served-as: served } }" },
      ]),
    });
  });
  after(async () => {
    await tidy();
    for (const upstream of [own, european, american]) await upstream?.close();
  });

  const fresh = (): void => {
    for (const upstream of [own, european, american]) upstream.received.length = 0;
  };
  const send = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    house.fetch(`/v1/${path}`, { method: "POST", body: JSON.stringify(body), headers: { "x-freehold-origin": "DE", ...headers } });
  const makeKey = async (input: Record<string, unknown>): Promise<Record<string, string>> => {
    const response = await house.fetch("/admin/api/keys", { method: "POST", body: JSON.stringify({ origin: "DE", ...input }) });
    assert.equal(response.status, 201);
    return { authorization: `Bearer ${((await response.json()) as { key: string }).key}` };
  };

  it("on every endpoint, streamed or not: the same class, the same backends, the same refusals (litellm#14052)", async () => {
    const asked = [
      [{}, "Hello", 200, "france"],
      [{ "x-freehold-class": "sensitive" }, "Hello", 200, "cellar"],
      [{}, "Pay to DE89 3704 0044 0532 0130 00.", 200, "cellar"],
      [{ "x-freehold-class": "secret" }, "Hello", 403, null],
      [{ "x-freehold-origin": "US" }, "Hello", 403, null],
      [{ "x-freehold-origin": "GB" }, "Hello", 403, null],
    ] as const;
    for (const [path, content] of endpoints) {
      for (const stream of streams(path) ? [false, true] : [false]) {
        for (const [headers, text, status, backend] of asked) {
          const response = await send(path, { model: "assistant", ...(stream && { stream }), ...content(text) }, headers);
          await response.text();
          assert.deepEqual([response.status, response.headers.get("x-freehold-backend")], [status, backend], `${path} ${stream} ${JSON.stringify(headers)}`);
        }
      }
    }
    assert.equal(american.received.length, 0);
  });

  it("a fallback obeys the key's models: nobody else is asked when the only one fails (litellm#38572, #39998; bifrost#4243)", async () => {
    const key = await makeKey({ models: ["expert"] });
    fresh();
    for (const [path, content] of endpoints) {
      european.behave((_received, response) => json(response, 500, { error: { message: "boom" } }));
      const response = await send(path, { model: "expert", ...content("Hello") }, key);
      assert.equal(response.status, 502);
      assert.equal((await send(path, { model: "assistant", ...content("Hello") }, key)).status, 403);
      // A good answer in between keeps the backend's circuit closed.
      european.behave(answering());
      assert.equal((await send(path, { model: "expert", ...content("Hello") }, key)).status, 200);
    }
    assert.equal(european.received.length, 2 * endpoints.length);
    assert.ok(european.received.every(({ body }) => body.model === "served-expert"));
    assert.deepEqual([own.received.length, american.received.length], [0, 0]);
  });

  it("a name that only the backend's own catalogue knows is no model here (bifrost#4243)", async () => {
    fresh();
    for (const model of [
      "served",
      "served-expert",
      "abroad/assistant",
      "cellar/assistant",
      "openai/gpt-4o",
      "assistant ",
      " assistant",
      "ASSISTANT",
      "assistant\u0000",
      "*",
    ]) {
      for (const [path, content] of endpoints) {
        const response = await send(path, { model, ...content("Hello") });
        assert.equal(response.status, 404, model);
        assert.equal((await errorOf(response)).code, "model_not_found");
      }
    }
    assert.deepEqual(
      [own, european, american].map(({ received }) => received.length),
      [0, 0, 0],
    );
  });

  it("a member that a case-blind reader takes for another one is refused, so that what was judged is what is served (litellm#38572 by way of Go's encoding/json)", async () => {
    fresh();
    const key = await makeKey({ models: ["assistant"] });
    for (const more of [
      { Model: "expert" },
      { MODEL: "expert" },
      { Stream: true },
      { API_BASE: "http://evil.example" },
      { Base_Url: "x" },
      { "api_ba\u017fe": "x" },
    ]) {
      const response = await send("chat/completions", { model: "assistant", messages: [{ role: "user", content: "Hello" }], ...more }, key);
      assert.equal(response.status, 400, JSON.stringify(more));
      await response.text();
    }
    assert.deepEqual(
      [own, european, american].map(({ received }) => received.length),
      [0, 0, 0],
    );
  });

  it("a model's name written with escapes is replaced by the served one like any other", async () => {
    fresh();
    const response = await house.fetch("/v1/chat/completions", {
      method: "POST",
      headers: { "x-freehold-origin": "DE", "x-freehold-class": "sensitive" },
      body: '{"messages":[{"role":"user","content":"model: \\"model\\":\\"x\\""}],"nested":{"model":"inner"},"mod\\u0065l":"a\\u0073sistant"}',
    });
    assert.equal(response.status, 200);
    assert.equal(own.received[0]?.body.model, "served");
    assert.deepEqual(own.received[0]?.body.nested, { model: "inner" });
  });

  it("a key whose tenant was removed reaches nothing, and lists nothing (litellm#36837)", async () => {
    assert.equal((await house.fetch("/admin/api/tenants", { method: "POST", body: JSON.stringify({ id: "leavers" }) })).status, 201);
    const key = await makeKey({ tenant: "leavers" });
    assert.equal((await send("embeddings", { model: "assistant", input: "x" }, key)).status, 200);
    const database = new DatabaseSync(join(house.data, "freehold.db"), { enableForeignKeyConstraints: false });
    database.exec("DELETE FROM tenants WHERE id = 'leavers'");
    database.close();
    await until(async () => (await house.fetch("/v1/models", { headers: key })).status === 401, "the removal is seen");
    fresh();
    for (const [path, content] of endpoints) assert.equal((await send(path, { model: "assistant", ...content("Hello") }, key)).status, 401);
    assert.deepEqual(
      [own, european, american].map(({ received }) => received.length),
      [0, 0, 0],
    );
  });

  it("policy headers of other gateways change nothing: tags, providers, custom hosts, fallbacks (Portkey CVE-2025-66405, #1718; litellm#14052, CVE-2024-6587)", async () => {
    const foreign = {
      "x-portkey-provider": "openai",
      "x-portkey-custom-host": american.url,
      "x-portkey-config": JSON.stringify({ provider: "openai", custom_host: american.url }),
      "x-portkey-api-key": "k",
      "x-litellm-tags": "us,global",
      "x-litellm-api-base": american.url,
      "x-litellm-fallbacks": "expert",
      "x-litellm-model": "expert",
      "x-bf-vk": "sk-bf-1",
      "openai-organization": "org",
      "x-forwarded-host": "evil.example",
      "x-forwarded-for": "203.0.113.7",
      "x-original-url": "/admin/api/keys",
      "x-rewrite-url": "/admin/api/keys",
      "x-http-method-override": "GET",
      "x-freehold-backend": "abroad",
      "x-freehold-decision": "dec_forged",
      "x-freehold-tenant": "default",
    };
    fresh();
    for (const [path, content] of endpoints) {
      const response = await send(path, { model: "assistant", ...content("Hello") }, { ...foreign, "x-freehold-class": "sensitive" });
      await response.text();
      assert.deepEqual([response.status, response.headers.get("x-freehold-backend")], [200, "cellar"]);
    }
    assert.equal(american.received.length, 0);
    for (const { headers } of own.received) {
      for (const name of Object.keys(foreign)) assert.equal(headers[name], undefined, name);
    }
  });

  it("an origin that a client of no standing asserts is not believed, whatever the header is called (residency by header)", async () => {
    const key = await makeKey({ origin: "GB" });
    for (const headers of [
      { "x-freehold-origin": "DE" },
      { "cf-ipcountry": "DE" },
      { "x-country-code": "DE" },
      { "x-forwarded-for": "10.0.0.1", "x-freehold-origin": "FR" },
    ]) {
      const response = await send("embeddings", { model: "assistant", input: "x" }, { ...key, ...(headers as unknown as Record<string, string>) });
      assert.deepEqual([response.status, response.headers.get("x-freehold-jurisdiction")], [403, "uk"]);
    }
  });

  it("every decision of all this is in the ledger, and every arrival has one", async () => {
    const entries = await ledgerOf(house);
    const decided = new Set(entries.filter(({ kind, verdict }) => kind === "decision" && verdict === "allow").map(({ requestId }) => requestId));
    const arrived = [own, european, american].flatMap(({ received }) => received.map(({ headers }) => headers["x-request-id"]));
    assert.ok(arrived.length > 0);
    assert.deepEqual(
      arrived.filter((id) => !decided.has(id)),
      [],
    );
  });
});
