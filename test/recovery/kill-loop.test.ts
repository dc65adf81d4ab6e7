import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, ledgerOf, newFolder, startHouse, tidy } from "../integration/house.ts";
import { answering, chunk, done, startUpstream, type Upstream } from "../integration/upstream.ts";

/** 200 in CI; `FREEHOLD_TEST_KILL_ROUNDS` raises or lowers it. */
const rounds = Number(process.env.FREEHOLD_TEST_KILL_ROUNDS ?? (process.env.FREEHOLD_TEST_REQUIRE === "all" ? "200" : "20"));
const clients = 8;

/** A generator that gives the same run for the same seed, so that a failing run can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Asks again and again, half of it streamed, until the server is gone; hands each acknowledged id to `answered`. */
async function keepAsking(house: House, round: number, client: number, answered: (id: string) => void): Promise<void> {
  for (let number = 0; ; number += 1) {
    const id = `r${round}-c${client}-n${number}`;
    const body = JSON.stringify({ model: "assistant", stream: number % 2 === 1, messages: [{ role: "user", content: "Hello" }] });
    try {
      const response = await house.fetch("/v1/chat/completions", { method: "POST", body, headers: { "x-freehold-origin": "DE", "x-request-id": id } });
      await response.text();
      if (response.ok) answered(id);
    } catch {
      return;
    }
  }
}

describe("kill -9 at any instant", () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream((received, response) => {
      if (received.body.stream !== true) return answering()(received, response);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("a "));
      setTimeout(() => response.end(chunk("b") + done), 5);
      return undefined;
    });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  it(`loses no request that a backend received, in ${rounds} rounds`, async (test) => {
    const folder = newFolder();
    const estate = estateWith([{ name: "first", url: upstream.url, kind: "own" }]);
    const seed = Number(process.env.FREEHOLD_TEST_SEED ?? "20261120");
    const random = seeded(seed);
    const acknowledged = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const house = await startHouse({ folder, charter, estate });
      const asking = Array.from({ length: clients }, (_empty, client) => keepAsking(house, round, client, (id) => acknowledged.add(id)));
      await new Promise((resolve) => setTimeout(resolve, 5 + random() * 120));
      await house.stop("SIGKILL");
      await Promise.all(asking);
    }
    const last = await startHouse({ folder });
    const entries = await ledgerOf(last);
    await last.stop();

    assert.deepEqual(
      entries.map(({ index }) => index),
      entries.map((_entry, position) => position),
      "indexes have no gap",
    );
    const decided = new Map(entries.filter(({ kind, verdict }) => kind === "decision" && verdict === "allow").map((entry) => [entry.requestId, entry]));
    const outcomes = Map.groupBy(
      entries.filter(({ kind }) => kind === "outcome"),
      ({ decision }) => decision,
    );
    const received = upstream.received.map(({ headers }) => String(headers["x-request-id"]));
    assert.ok(received.length > rounds, `the backend received ${received.length} requests in ${rounds} rounds (seed ${seed})`);
    assert.ok(acknowledged.size > rounds, `clients got ${acknowledged.size} answers (seed ${seed})`);
    assert.deepEqual(
      received.filter((id) => !decided.has(id)),
      [],
      `received by the backend, absent from the ledger (seed ${seed})`,
    );
    assert.deepEqual(
      [...acknowledged].filter((id) => !decided.has(id)),
      [],
      `answered, absent from the ledger (seed ${seed})`,
    );
    const without = [...decided.values()].filter(({ decision }) => outcomes.get(decision)?.length !== 1);
    assert.deepEqual(without, [], "after recovery each allowed decision has exactly one outcome");
    const lost = entries.filter(({ status }) => status === "lost").length;
    assert.ok(lost > 0, "a kill in the middle of requests leaves some that are found open");
    test.diagnostic(
      `${rounds} rounds, ${received.length} requests at the backend, ${acknowledged.size} answered, ${lost} found open after a crash, 0 missing (seed ${seed})`,
    );
  });
});
