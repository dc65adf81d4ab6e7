import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "./files.ts";
import { type House, startHouse, tidy } from "./house.ts";
import { json, startUpstream, type Upstream } from "./upstream.ts";

describe("rerank", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    const models = "{ ranker: { served-as: served, operations: [rerank] }, assistant: { served-as: served, operations: [chat/completions] } }";
    house = await startHouse({ charter, estate: estateWith([{ name: "own", url: upstream.url, kind: "own", models, more: ["retries: 0"] }]) });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });
  const post = (body: unknown): Promise<Response> =>
    house.fetch("/v1/rerank", { method: "POST", body: JSON.stringify(body), headers: { "x-freehold-origin": "DE" } });
  const ask = { model: "ranker", query: "rain", documents: ["sun", { text: "rain" }, { text: "snow", title: "Winter" }] };

  it("asks the backend's own rerank, and tells its results in the shape of Jina and Cohere, whichever dialect it speaks", async () => {
    const rows = [
      { index: 1, relevance_score: 0.9, document: { text: "rain" } },
      { index: 0, relevance_score: 0.1 },
    ];
    const usage = { prompt_tokens: 5, total_tokens: 5 };
    const answers = [
      { id: "r", model: "served", usage, results: rows },
      {
        object: "list",
        model: "served",
        usage,
        results: [
          { index: 1, score: 0.9, document: "rain" },
          { index: 0, relevance_score: 0.1, document: null },
        ],
      },
      { object: "list", usage, data: rows },
    ];
    for (const answer of answers) {
      upstream.received.length = 0;
      upstream.behave((_received, response) => json(response, 200, answer));
      const response = await post({ ...ask, top_n: 2, return_documents: true });
      assert.equal(response.status, 200);
      assert.partialDeepStrictEqual(await response.json(), { model: "ranker", usage, results: rows });
      assert.equal(upstream.received[0]?.path, "/v1/rerank");
      const documents = ["sun", "rain", { text: "snow", title: "Winter" }];
      assert.deepEqual(upstream.received[0]?.body, { model: "served", query: "rain", documents, top_n: 2, return_documents: true });
    }
  });

  it("is refused by the charter's own reasons where a model does something else", async () => {
    const response = await post({ ...ask, model: "assistant" });
    const { error } = (await response.json()) as { error: { code: string; decision: { considered: { reasons: { code: string }[] }[] } } };
    assert.deepEqual([response.status, error.code, error.decision.considered[0]?.reasons[0]?.code], [403, "no_permitted_backend", "operation"]);
  });

  it("names what is wrong, and hands on no answer that is no ranking", async () => {
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ query: undefined }, "query"],
      [{ query: 7 }, "query"],
      [{ documents: [] }, "documents"],
      [{ documents: ["x", 7] }, "documents"],
      [{ documents: [{ title: "no text" }] }, "documents"],
      [{ stream: true }, "stream"],
      [{ a_field_of_tomorrow: 1 }, "a_field_of_tomorrow"],
      [{ api_base: "http://evil.example" }, "api_base"],
    ];
    for (const [fields, param] of cases) {
      const response = await post({ ...ask, ...fields });
      const { error } = (await response.json()) as { error: { param: string } };
      assert.deepEqual([response.status, error.param], [400, param]);
    }
    for (const answer of [{ object: "list" }, { results: [{ index: "0", relevance_score: 1 }] }, { results: [{ index: 0 }] }]) {
      upstream.behave((_received, response) => json(response, 200, answer));
      assert.equal((await post(ask)).status, 502);
    }
  });

  it("says that the engine in process cannot do it", async () => {
    const house = await startHouse();
    const response = await house.fetch("/v1/rerank", {
      method: "POST",
      body: JSON.stringify({ ...ask, model: "assistant" }),
      headers: { "x-freehold-origin": "DE" },
    });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    assert.deepEqual([response.status, error.code], [400, "unsupported"]);
    assert.match(error.message, /does not rerank/);
  });
});
