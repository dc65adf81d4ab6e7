import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, startHouse, tidy } from "../integration/house.ts";
import { answering, json, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { requirement } from "../requirements.ts";
import { chat } from "./asking.ts";

const needsPromtool = requirement("promtool", spawnSync("promtool", ["--version"]).status === 0, "install promtool (Debian: prometheus)");

/** Values of a metric by its labels as they are written, `{a="b"}` or nothing. */
const valuesOf = (text: string, name: string): Map<string, number> =>
  new Map([...text.matchAll(new RegExp(`^${name}(\\{[^}]*\\})? (\\S+)$`, "gm"))].map(([, labels = "", value]) => [labels, Number(value)]));

describe("state and metrics", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    const backends = [
      { name: "first", url: upstream.url, kind: "own", more: ["retries: 0"] },
      { name: "dead", url: "http://127.0.0.1:9/v1", kind: "own", models: "{ nothing: { served-as: served } }", more: ["retries: 0"] },
    ] as const;
    house = await startHouse({ charter, estate: estateWith(backends) });
  });
  after(async () => {
    await house?.stop();
    await tidy();
    await upstream?.close();
  });

  const scrape = async (): Promise<string> => (await fetch(`${house.address}/metrics`)).text();

  it("/healthz, /readyz and /metrics answer without a key, in the types that programs expect", async () => {
    const alive = await fetch(`${house.address}/healthz`);
    assert.deepEqual([alive.status, await alive.json()], [200, { status: "alive" }]);
    const ready = await fetch(`${house.address}/readyz`);
    assert.deepEqual(
      [ready.status, await ready.json()],
      [
        200,
        {
          status: "ready",
          checks: { decide: true, record: true, answer: true, stopping: false },
          backends: { first: "unknown", dead: "unknown" },
        },
      ],
    );
    assert.match((await fetch(`${house.address}/metrics`)).headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  });

  it("each metric that is promised is there and moves", async () => {
    const before = await scrape();
    await (await chat(house)).arrayBuffer();
    await (await chat(house, { stream: true })).text();
    await (await chat(house, {}, { "x-freehold-class": "secret" })).arrayBuffer();
    await (await chat(house, { model: "nothing" })).arrayBuffer();
    await (await chat(house, { model: "nobody" })).arrayBuffer();
    upstream.behave((_received, response) => json(response, 500, { error: { message: "x" } }));
    await (await chat(house)).arrayBuffer();
    upstream.behave(answering());
    const faulty = await house.fetch("/admin/api/reload", { method: "POST", body: "{}" });
    assert.equal(faulty.status, 200);
    await until(async () => (valuesOf(await scrape(), "freehold_ledger_pending").get("") ?? 1) === 0, "all is written");
    const after = await scrape();
    const moved = (name: string, labels: string): number => (valuesOf(after, name).get(labels) ?? 0) - (valuesOf(before, name).get(labels) ?? 0);
    const chatRoute = 'route="/v1/chat/completions"';
    assert.equal(moved("freehold_http_requests_total", `{${chatRoute},status="200"}`), 2);
    assert.equal(moved("freehold_http_requests_total", `{${chatRoute},status="403"}`), 1);
    assert.equal(moved("freehold_http_requests_total", `{${chatRoute},status="404"}`), 1);
    assert.equal(moved("freehold_http_requests_total", `{${chatRoute},status="502"}`), 2);
    assert.equal(moved("freehold_http_request_duration_seconds_count", `{${chatRoute}}`), 6);
    assert.equal(moved("freehold_decisions_total", '{verdict="allow",class="public",jurisdiction="eu",transform="none"}'), 4);
    assert.equal(moved("freehold_decisions_total", '{verdict="refuse",class="secret",jurisdiction="eu",transform="none"}'), 1);
    assert.equal(moved("freehold_refusals_total", '{code="no_permitted_backend"}'), 1);
    assert.equal(moved("freehold_refusals_total", '{code="model_not_found"}'), 1);
    assert.equal(moved("freehold_outcomes_total", '{backend="first",model="assistant",status="ok"}'), 2);
    assert.equal(moved("freehold_outcomes_total", '{backend="dead",model="nothing",status="error"}'), 1);
    assert.equal(moved("freehold_tokens_total", '{backend="first",model="assistant",direction="input"}'), 5);
    assert.ok(moved("freehold_tokens_total", '{backend="first",model="assistant",direction="output"}') >= 3);
    assert.equal(moved("freehold_time_to_first_token_seconds_count", '{backend="first"}'), 3);
    assert.equal(moved("freehold_backend_failures_total", '{backend="dead",phase="connect",code="backend_failed"}'), 1);
    assert.equal(moved("freehold_backend_failures_total", '{backend="first",phase="answer",code="backend_failed"}'), 1);
    assert.ok(moved("freehold_ledger_commit_duration_seconds_count", "") >= 3);
    assert.equal(moved("freehold_ledger_entries_total", ""), 6 + 4 + 1);
    assert.equal(moved("freehold_ledger_size", ""), 6 + 4 + 1);
    assert.equal(moved("freehold_charter_reloads_total", '{result="taken"}'), 1);
    assert.equal(valuesOf(after, "freehold_ledger_writable").get(""), 1);
    assert.equal(valuesOf(after, "freehold_requests_active").get(""), 0);
    assert.deepEqual(
      [...valuesOf(after, "freehold_backend_up")],
      [
        ['{backend="first"}', 1],
        ['{backend="dead"}', 1],
      ],
    );
    assert.equal(valuesOf(after, "freehold_internal_errors_total").get(""), 0);
  });

  it("a backend that keeps failing shows as down, in metrics and in /readyz; without any other the house is not ready", async () => {
    for (let number = 0; number < 40 && valuesOf(await scrape(), "freehold_backend_up").get('{backend="dead"}') === 1; number += 1)
      await (await chat(house, { model: "nothing" })).arrayBuffer();
    assert.equal(valuesOf(await scrape(), "freehold_backend_up").get('{backend="dead"}'), 0);
    const ready = await fetch(`${house.address}/readyz`);
    assert.equal(ready.status, 200);
    assert.equal(((await ready.json()) as { backends: Record<string, string> }).backends.dead, "down");
    const alone = await startHouse({ charter, estate: estateWith([{ name: "dead", url: "http://127.0.0.1:9/v1", kind: "own" }]) });
    for (let number = 0; number < 40 && (await alone.fetch("/readyz")).status === 200; number += 1) await (await chat(alone)).arrayBuffer();
    const notReady = await alone.fetch("/readyz");
    assert.equal(notReady.status, 503);
    assert.equal(((await notReady.json()) as { checks: { answer: boolean } }).checks.answer, false);
    await alone.stop();
  });

  it("no client can make a new series: names, paths and headers of its own do not become labels", async () => {
    for (const path of ["/canary-path", "/v1/canary", "/v1/models/canary"]) await (await house.fetch(path)).arrayBuffer();
    await (await chat(house, { model: "canary-model" }, { "x-request-id": "canary-id" })).arrayBuffer();
    assert.doesNotMatch(await scrape(), /canary/);
  });

  it("promtool finds nothing to complain of", { skip: needsPromtool }, async () => {
    const checked = spawnSync("promtool", ["check", "metrics", "--extended"], { input: await scrape(), encoding: "utf8" });
    assert.deepEqual([checked.status, checked.stderr], [0, ""]);
    assert.match(checked.stdout, /freehold_decisions_total/);
  });
});
