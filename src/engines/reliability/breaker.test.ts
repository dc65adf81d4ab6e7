import assert from "node:assert/strict";
import { test } from "node:test";
import { Breaker } from "./breaker.ts";

const settings = { threshold: 3, firstPause: 10_000, longestPause: 60_000 };

function breakerAt(start: number, random = 0) {
  const clock = { now: start };
  return {
    clock,
    breaker: new Breaker(
      settings,
      () => clock.now,
      () => random,
    ),
  };
}

const open = (breaker: Breaker): void => {
  for (let fault = 0; fault < settings.threshold; fault += 1) breaker.failed(breaker.admit());
};

test("the circuit opens on the last of so many faults in a row, and says so once", () => {
  const { breaker } = breakerAt(0);
  assert.deepEqual([breaker.failed("pass"), breaker.failed("pass"), breaker.state], [false, false, "closed"]);
  assert.equal(breaker.failed("pass"), true);
  assert.equal(breaker.failed("pass"), false);
  assert.deepEqual([breaker.state, breaker.admit()], ["open", "refused"]);
});

test("a completed answer between faults starts the count again", () => {
  const { breaker } = breakerAt(0);
  breaker.failed("pass");
  breaker.failed("pass");
  breaker.succeeded();
  breaker.failed("pass");
  breaker.failed("pass");
  assert.equal(breaker.state, "closed");
});

test("after the pause one request is the probe, and only one at a time", () => {
  const { breaker, clock } = breakerAt(0);
  open(breaker);
  clock.now = 9_999;
  assert.deepEqual([breaker.state, breaker.admit(), breaker.retryAfter], ["open", "refused", 1]);
  clock.now = 10_000;
  assert.equal(breaker.state, "probing");
  assert.deepEqual([breaker.admit(), breaker.admit(), breaker.state], ["probe", "refused", "probing"]);
});

test("failed probes double the pause up to the longest, and a completed answer forgets it", () => {
  const { breaker, clock } = breakerAt(0);
  open(breaker);
  for (const pause of [10_000, 20_000, 40_000, 60_000, 60_000]) {
    clock.now += pause - 1;
    assert.equal(breaker.admit(), "refused", `${pause}`);
    clock.now += 1;
    assert.equal(breaker.admit(), "probe", `${pause}`);
    assert.equal(breaker.failed("probe"), true);
  }
  clock.now += 60_000;
  assert.equal(breaker.admit(), "probe");
  breaker.answered("probe");
  breaker.succeeded();
  open(breaker);
  clock.now += 10_000;
  assert.equal(breaker.admit(), "probe");
});

test("jitter adds up to a fifth to the pause and never shortens it", () => {
  const { breaker, clock } = breakerAt(0, 0.999);
  open(breaker);
  clock.now = 11_900;
  assert.equal(breaker.admit(), "refused");
  clock.now = 12_000;
  assert.equal(breaker.admit(), "probe");
});

test("a probe that begins to answer closes the circuit, and one fault after it opens it again", () => {
  const { breaker, clock } = breakerAt(0);
  open(breaker);
  clock.now = 10_000;
  breaker.answered(breaker.admit());
  assert.equal(breaker.state, "closed");
  assert.equal(breaker.failed("pass"), true);
  assert.equal(breaker.state, "open");
});

test("a probe whose client leaves decides nothing: the next request is the probe", () => {
  const { breaker, clock } = breakerAt(0);
  open(breaker);
  clock.now = 10_000;
  breaker.released(breaker.admit());
  assert.equal(breaker.admit(), "probe");
});

test("requests that were under way when the circuit opened neither close it nor lengthen its pause", () => {
  const { breaker, clock } = breakerAt(0);
  open(breaker);
  breaker.answered("pass");
  breaker.succeeded();
  breaker.failed("pass");
  breaker.released("pass");
  assert.equal(breaker.admit(), "refused");
  clock.now = 10_000;
  assert.equal(breaker.admit(), "probe");
  breaker.failed("pass");
  assert.equal(breaker.admit(), "refused");
  breaker.answered("probe");
  assert.equal(breaker.state, "closed");
});
