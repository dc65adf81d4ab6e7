import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, ledgerOf, newFolder, startHouse, tidy } from "../integration/house.ts";
import { answering, chunk, done, startUpstream, type Upstream } from "../integration/upstream.ts";
import { chat } from "../operation/asking.ts";

/** 200 in CI; `FREEHOLD_TEST_KILL_ROUNDS` raises or lowers it. */
const rounds = Number(process.env.FREEHOLD_TEST_KILL_ROUNDS ?? (process.env.FREEHOLD_TEST_REQUIRE === "all" ? "200" : "20"));
const clients = 8;
/** Folders that are killed at the same time, since a start is bound to one core. */
const lanes = 2;

/** A generator that gives the same run for the same seed, so that a failing run can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Asks again and again, half of it streamed, until the server is gone; hands each acknowledged id to `answered`. */
async function keepAsking(house: House, name: string, answered: (id: string) => void): Promise<void> {
  for (let number = 0; ; number += 1) {
    const id = `${name}-n${number}`;
    try {
      const response = await chat(house, { stream: number % 2 === 1 }, { "x-request-id": id });
      await response.text();
      if (response.ok) answered(id);
    } catch {
      return;
    }
  }
}

/** Where a ledger stands after many kills, and what its clients were told. */
interface Survivor {
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly acknowledged: ReadonlySet<string>;
}

/** Starts on one folder, kills at a random instant under load, and so on; then starts once more. */
async function surviveKills(lane: string, count: number, random: () => number, estate: string): Promise<Survivor> {
  const folder = newFolder();
  const acknowledged = new Set<string>();
  for (let round = 0; round < count; round += 1) {
    const house = await startHouse({ folder, charter, estate });
    let first: () => void = () => undefined;
    const firstAnswer = new Promise<void>((resolve) => {
      first = resolve;
    });
    const answered = (id: string): void => {
      acknowledged.add(id);
      first();
    };
    const asking = Array.from({ length: clients }, (_empty, client) => keepAsking(house, `${lane}-r${round}-c${client}`, answered));
    // Every fourth round dies among the very first requests.
    if (round % 4 !== 0) await Promise.race([firstAnswer, ...asking]);
    await new Promise((resolve) => setTimeout(resolve, random() * 180));
    await house.stop("SIGKILL");
    await Promise.all(asking);
  }
  const last = await startHouse({ folder });
  const entries = await ledgerOf(last);
  await last.stop();
  return { entries, acknowledged };
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

  it(`loses no request that a backend received, in ${rounds} rounds`, { timeout: 60_000 + rounds * 5000 }, async (test) => {
    const estate = estateWith([{ name: "first", url: upstream.url, kind: "own" }]);
    const seed = Number(process.env.FREEHOLD_TEST_SEED ?? "20261120");
    const perLane = Math.ceil(rounds / lanes);
    const survivors = await Promise.all(Array.from({ length: lanes }, (_empty, lane) => surviveKills(`l${lane}`, perLane, seeded(seed + lane), estate)));
    let lost = 0;
    let answers = 0;
    for (const [lane, { entries, acknowledged }] of survivors.entries()) {
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
      const received = upstream.received.map(({ headers }) => String(headers["x-request-id"])).filter((id) => id.startsWith(`l${lane}-`));
      assert.ok(received.length > perLane, `the backend received ${received.length} requests in ${perLane} rounds (seed ${seed})`);
      assert.ok(acknowledged.size > perLane, `clients got ${acknowledged.size} answers (seed ${seed})`);
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
      lost += entries.filter(({ status }) => status === "lost").length;
      answers += acknowledged.size;
    }
    assert.ok(lost > 0, "a kill in the middle of requests leaves some that are found open");
    test.diagnostic(
      `${perLane * lanes} rounds, ${upstream.received.length} requests at the backend, ${answers} answered, ${lost} found open after a crash, 0 missing (seed ${seed})`,
    );
  });
});
