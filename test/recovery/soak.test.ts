import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, type Behaviour, chunk, done, json, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, question } from "../operation/asking.ts";

const seconds = process.env.FREEHOLD_TEST_REQUIRE === "all" ? 20 : 6;
const clients = 64;
/** What the process may have grown by between the end of the warming-up and the end, in bytes. */
const growth = 96 << 20;

/** Answers as the request's own `user` field asks. */
const scripted: Behaviour = (received, response) => {
  const stream = (pieces: readonly string[], pause: number, end: () => void): void => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    let next = 0;
    const timer = setInterval(() => {
      const piece = pieces[next];
      next += 1;
      if (piece !== undefined) response.write(piece);
      else {
        clearInterval(timer);
        end();
      }
    }, pause);
    response.on("close", () => clearInterval(timer));
  };
  const words = Array.from({ length: 8 }, () => chunk("word "));
  switch (received.body.user) {
    case "slow-stream":
      return stream(words, 5, () => response.end(done));
    case "cut-stream":
      return stream(words.slice(0, 2), 2, () => response.destroy());
    case "silent":
      setTimeout(() => answering()(received, response), 300);
      return undefined;
    case "error":
      return json(response, 500, { error: { message: "x" } });
    case "limited":
      return json(response, 429, { error: { message: "x" } }, { "retry-after": "1" });
    case "bad-request":
      return json(response, 400, { error: { message: "x" } });
    default:
      return answering()(received, response);
  }
};

interface Way {
  readonly name: string;
  readonly body: Record<string, unknown> | string;
  readonly headers?: Record<string, string>;
  /** Milliseconds after which the client leaves. */
  readonly leaves?: number;
}

const ways: readonly Way[] = [
  { name: "chat", body: { user: "chat" } },
  { name: "long prompt", body: { messages: [{ role: "user", content: "word ".repeat(20_000) }] } },
  { name: "stream", body: { stream: true, user: "slow-stream" } },
  { name: "stream left", body: { stream: true, user: "slow-stream" }, leaves: 15 },
  { name: "answer left", body: { user: "silent" }, leaves: 30 },
  { name: "left at once", body: {}, leaves: 1 },
  { name: "cut stream", body: { model: "flaky", stream: true, user: "cut-stream" } },
  { name: "error", body: { model: "flaky", user: "error" } },
  { name: "limited", body: { user: "limited" } },
  { name: "bad request", body: { user: "bad-request" } },
  { name: "refused", body: {}, headers: { "x-freehold-class": "secret" } },
  { name: "no model", body: { model: "nobody" } },
  { name: "no JSON", body: question().slice(0, -2) },
];

describe("many clients at once", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream(scripted);
    const backends = [
      { name: "first", url: upstream.url, kind: "own" },
      { name: "second", url: upstream.url, kind: "own", models: "{ flaky: { served-as: served } }", more: ["retries: 0"] },
    ] as const;
    house = await startHouse({ charter, estate: estateWith(backends), env: { FREEHOLD_LOG_LEVEL: "error" } });
  });
  after(async () => {
    await house?.stop();
    await tidy();
    await upstream?.close();
  });

  const metric = async (pattern: RegExp): Promise<number[]> =>
    [...(await (await house.fetch("/metrics")).text()).matchAll(pattern)].map(([, value]) => Number(value));
  const memory = async (): Promise<number> => (await metric(/^process_resident_memory_bytes (\S+)$/gm))[0] ?? Number.NaN;

  it(`${clients} of every kind for ${seconds} s leave nothing running, no outcome missing or doubled, and no growing memory`, async (test) => {
    const answered = new Set<string>();
    const statuses = new Map<string, number>();
    const end = Date.now() + seconds * 1000;
    let number = 0;
    const client = async (first: number): Promise<void> => {
      for (let turn = first; Date.now() < end; turn += 1) {
        const way = ways[turn % ways.length] as Way;
        number += 1;
        const id = `soak-${number}`;
        const leave = way.leaves === undefined ? undefined : AbortSignal.timeout(way.leaves);
        try {
          const response = await chat(house, way.body, { "x-request-id": id, ...way.headers }, leave);
          await response.arrayBuffer();
          statuses.set(`${way.name} ${response.status}`, (statuses.get(`${way.name} ${response.status}`) ?? 0) + 1);
          if (response.status === 200 && way.name !== "cut stream") answered.add(id);
        } catch {
          assert.ok(leave?.aborted, `${way.name} broke off by itself`);
        }
      }
    };
    const all = Array.from({ length: clients }, (_empty, index) => client(index));
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / 3));
    const warm = await memory();
    await Promise.all(all);

    await until(async () => (await metric(/^freehold_requests_active (\S+)$/gm))[0] === 0, "no request is active");
    await until(async () => (await metric(/^freehold_backend_(?:active|queued)\{.*\} (\S+)$/gm)).every((value) => value === 0), "nothing runs at a backend");
    await until(async () => (await metric(/^freehold_ledger_pending (\S+)$/gm))[0] === 0, "all is written");
    assert.deepEqual(await metric(/^freehold_internal_errors_total (\S+)$/gm), [0]);
    const grown = (await memory()) - warm;

    const entries = await ledgerOf(house);
    const allowed = entries.filter(({ kind, verdict }) => kind === "decision" && verdict === "allow");
    const outcomes = Map.groupBy(
      entries.filter(({ kind }) => kind === "outcome"),
      ({ decision }) => decision,
    );
    assert.deepEqual(
      allowed.filter(({ decision }) => outcomes.get(decision)?.length !== 1),
      [],
    );
    assert.equal(outcomes.size, allowed.length, "no outcome without its decision");
    const recorded = new Map(allowed.map(({ requestId, decision }) => [requestId, outcomes.get(decision)?.[0]?.status]));
    assert.deepEqual(
      [...answered].filter((id) => recorded.get(id) !== "ok"),
      [],
      "answered, and not recorded as such",
    );
    assert.deepEqual(
      upstream.received.filter(({ headers }) => !recorded.has(headers["x-request-id"])),
      [],
      "received by the backend, absent from the ledger",
    );
    const told = [...statuses].map(([name, count]) => `${name}: ${count}`).join(", ");
    for (const expected of ["chat 200", "long prompt 200", "stream 200", "bad request 400", "limited 429", "refused 403", "no model 404", "no JSON 400"])
      assert.ok(statuses.has(expected), `${expected} is missing: ${told}`);
    assert.ok([...recorded.values()].includes("cut"), "somebody left");
    assert.ok(grown < growth, `grown by ${grown >> 20} MiB`);
    test.diagnostic(`${number} requests, ${allowed.length} allowed, memory ${warm >> 20} MiB warm, ${grown >> 20} MiB more at the end; ${told}`);
  });
});
