import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Figures } from "../measure.ts";
import { aimsOf } from "./aims.ts";
import type { TargetResult } from "./results.ts";
import { median, summarise } from "./summary.ts";

const figures = (cpuMicros: number | null, p50: number, busy = 0.99): Figures => ({
  saturation: [{ kilobytes: 1, perSecond: 1000, cpuMicros, busy, failed: 1 }],
  paced: { p50, p99: p50 * 2, late: 0, failed: 0 },
  firstByte: { p50, p99: p50, late: 0, failed: 2 },
  streams: null,
  memory: { small: 100, end: 120 },
  failures: [],
});
const result = (name: string, rounds: readonly Figures[], direct: readonly Figures[]): TargetResult => ({
  name,
  description: name,
  rounds,
  summary: summarise(rounds, direct),
});

describe("the report", () => {
  it("compares each round with the direct way of the same round", () => {
    const direct = [figures(null, 1), figures(null, 5), figures(null, 2)];
    const summary = summarise([figures(90, 1.5), figures(100, 5.7), figures(95, 2.6)], direct);
    assert.equal(Math.round(summary.addedP50 * 10), 6);
    assert.equal(summary.prompts[0]?.cpuMicros, 95);
    assert.equal(summary.failed, 9);
  });

  it("says when a target was not saturated, so that the load generator's limit is not taken for its own", () => {
    assert.equal(summarise([figures(90, 1, 0.5)], [figures(null, 1)]).prompts[0]?.loadLimited, true);
    assert.equal(summarise([figures(90, 1, 0.97)], [figures(null, 1)]).prompts[0]?.loadLimited, false);
  });

  it("calls an aim neither met nor missed where its yardstick was not measured", () => {
    const direct = [figures(null, 1)];
    const aims = aimsOf([result("freehold", [figures(150, 1.2)], direct), result("fastify", [figures(100, 1.1)], direct)], []);
    assert.deepEqual(
      aims.map(({ met }) => met),
      [true, null, true, true, null],
    );
    assert.deepEqual(aimsOf([], []), []);
  });

  it("misses the memory aim when memory still grows after 50,000 requests", () => {
    const own = [result("freehold", [figures(150, 1)], [figures(null, 1)])];
    const after = (last: number) =>
      aimsOf(own, [
        { requests: 20_000, residentMB: 150 },
        { requests: 50_000, residentMB: 200 },
        { requests: 200_000, residentMB: last },
      ]).at(-1)?.met;
    assert.equal(after(210), true);
    assert.equal(after(230), false);
  });

  it("takes the middle of even and odd numbers of rounds", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });
});
