import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type Backend, type BackendLimits, type Cleared, clear, type Decision } from "#charter";
import { openDialler } from "#egress";
import { asDurable, mintDecisionId, mintRequestId } from "#kernel";
import { createOpenAiEngine } from "../openai/index.ts";
import type { AnswerSink, Engine, EngineFault, EngineRequest, Exchange } from "../port.ts";
import { type ReliabilityOptions, withReliability } from "./reliable-engine.ts";
import type { Timers } from "./timers.ts";

function cleared(backend: string): Cleared<EngineRequest> {
  const decision: Decision = {
    id: mintDecisionId(0),
    verdict: "allow",
    code: null,
    origin: "DE",
    jurisdiction: "eu",
    class: "public",
    classReasons: [],
    declared: null,
    detected: [],
    model: "assistant",
    transform: "none",
    backends: [backend],
    considered: [],
    tenant: "t",
    charter: "sha256:0",
    estate: "sha256:0",
  };
  const request = { operation: "chat/completions", requestId: mintRequestId(0), model: "assistant", stream: false, body: Buffer.from("{}") } as const;
  return clear(asDurable(decision), backend, request);
}

/** Time that only moves when told to. */
class ManualTimers implements Timers {
  #now = 0;
  readonly #due = new Set<{ at: number; run: () => void }>();

  now = (): number => this.#now;

  after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, run };
    this.#due.add(timer);
    return () => this.#due.delete(timer);
  };

  get pending(): number {
    return this.#due.size;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of [...this.#due]) {
      if (timer.at > this.#now) continue;
      this.#due.delete(timer);
      timer.run();
    }
  }
}

/** An engine whose answers the test gives by hand. */
class ManualEngine implements Engine {
  readonly backend = "b";
  readonly inside: { sink: AnswerSink; aborted: boolean }[] = [];
  closed = 0;
  throwing: Error | undefined;

  send(_request: Cleared<EngineRequest>, sink: AnswerSink): Exchange {
    if (this.throwing !== undefined) throw this.throwing;
    const place = { sink, aborted: false };
    this.inside.push(place);
    return {
      abort: () => {
        place.aborted = true;
      },
      resume: () => {},
    };
  }

  health() {
    return { backend: "b", state: "unknown", active: 0, queued: 0, failures: 0, lastFault: undefined } as const;
  }

  async close(): Promise<void> {
    this.closed += 1;
  }

  at(index: number): AnswerSink {
    const place = this.inside[index];
    assert.ok(place !== undefined, `request ${index} should be inside`);
    return place.sink;
  }

  answer(index: number, status = 200): void {
    const sink = this.at(index);
    sink.head({ status, contentType: "", retryAfter: undefined });
    sink.data(Buffer.from("x"));
    sink.end();
  }
}

const broken: EngineFault = { code: "backend_failed", message: "", param: null, phase: "connect", sent: false };

/** Writes down what it hears. */
class Listener implements AnswerSink {
  readonly heard: string[] = [];
  fault: EngineFault | undefined;

  head({ status }: { status: number }): void {
    this.heard.push(`head ${status}`);
  }

  data(): boolean {
    this.heard.push("data");
    return true;
  }

  end(): void {
    this.heard.push("end");
  }

  fail(fault: EngineFault): void {
    this.heard.push(`fail ${fault.phase} ${fault.code}`);
    this.fault = fault;
  }
}

const limits: BackendLimits = { concurrency: 2, queue: 2, queueTimeout: 5_000 };

function manual(given: Partial<BackendLimits> = {}, options: ReliabilityOptions = {}) {
  const inner = new ManualEngine();
  const timers = new ManualTimers();
  const engine = withReliability(inner, { ...limits, ...given }, { timers, random: () => 0, ...options });
  const send = (): Listener & { exchange: Exchange } => {
    const listener = new Listener();
    return Object.assign(listener, { exchange: engine.send(cleared("b"), listener) });
  };
  const load = (): readonly number[] => [engine.health().active, engine.health().queued];
  return { inner, timers, engine, send, load };
}

const turn = (): Promise<void> => pause(0);

test("no more than the limit is inside, the rest waits in order of arrival, and the one too many is turned away unsent", async () => {
  const { inner, send, load, timers } = manual();
  const requests = [send(), send(), send(), send(), send()];
  assert.deepEqual([inner.inside.length, load()], [2, [2, 2]]);
  assert.deepEqual(requests[4]?.heard, [], "nothing is heard before send has returned");
  await turn();
  const { fault } = requests[4] ?? {};
  assert.deepEqual([fault?.code, fault?.phase, fault?.sent, fault?.retryAfter], ["backend_busy", "queue", false, 5]);
  inner.answer(1);
  assert.deepEqual([inner.inside.length, load()], [3, [2, 1]]);
  inner.answer(2);
  assert.deepEqual(requests[2]?.heard, ["head 200", "data", "end"]);
  assert.deepEqual(requests[3]?.heard, []);
  inner.answer(0);
  inner.answer(3);
  assert.deepEqual([load(), timers.pending], [[0, 0], 0]);
});

test("who waits too long is turned away, and who aborts leaves the queue to the next", async () => {
  const { inner, send, load, timers } = manual();
  send();
  send();
  const impatient = send();
  timers.advance(4_000);
  const leaver = send();
  leaver.exchange.abort();
  const last = send();
  assert.deepEqual(load(), [2, 2]);
  timers.advance(1_000);
  assert.deepEqual(impatient.heard, ["fail queue backend_busy"]);
  inner.answer(0);
  assert.deepEqual([leaver.heard, last.heard, inner.inside.length, load()], [[], [], 3, [2, 0]]);
});

test("an abort inside reaches the engine, frees the place, and silences an engine that goes on talking", () => {
  const { inner, send, load } = manual({ concurrency: 1 });
  const first = send();
  const second = send();
  first.exchange.abort();
  first.exchange.abort();
  assert.deepEqual([inner.inside[0]?.aborted, inner.inside.length, load()], [true, 2, [1, 0]]);
  inner.answer(0);
  inner.at(0).fail(broken);
  assert.deepEqual([first.heard, load()], [[], [1, 0]]);
  inner.answer(1);
  inner.at(1).fail(broken);
  assert.deepEqual(
    [second.heard, load()],
    [
      ["head 200", "data", "end"],
      [0, 0],
    ],
  );
});

test("an abort of a request that was turned away takes the refusal back", async () => {
  const { send, load } = manual({ concurrency: 1, queue: 0 });
  send();
  const refused = send();
  refused.exchange.abort();
  await turn();
  assert.deepEqual([refused.heard, load()], [[], [1, 0]]);
});

test("five faults in a row open the circuit: the rest fail at once, those who wait are told to go elsewhere", async () => {
  const circuit: string[] = [];
  const { inner, send, engine, load, timers } = manual({ concurrency: 5, queue: 5 }, { onCircuit: (state) => circuit.push(state) });
  const inside = Array.from({ length: 5 }, send);
  const waiting = Array.from({ length: 2 }, send);
  for (let index = 0; index < 4; index += 1) {
    inner.at(index).fail(broken);
  }
  // Two places were taken by those who waited; the fifth fault is one of theirs or ours, all the same.
  assert.deepEqual([load(), engine.health().state, engine.health().failures], [[3, 0], "unknown", 4]);
  const late = [send(), send(), send()];
  inner.at(4).fail(broken);
  assert.equal(engine.health().state, "down");
  await turn();
  const refused = send();
  await turn();
  assert.deepEqual(refused.heard, ["fail circuit backend_failed"]);
  assert.deepEqual([refused.fault?.sent, refused.fault?.retryAfter], [false, 10]);
  assert.deepEqual(
    late.map(({ heard }) => heard.length),
    [0, 0, 1],
  );
  assert.deepEqual(
    waiting.map(({ heard }) => heard.length),
    [0, 0],
  );
  assert.ok(inside.every(({ heard }) => heard.length === 1));
  assert.deepEqual([circuit, timers.pending], [["open"], 0]);
});

test("the first request after the pause is the probe; others are refused until it has begun to answer", async () => {
  const circuit: string[] = [];
  const { inner, send, engine, timers } = manual({ concurrency: 5 }, { onCircuit: (state) => circuit.push(state), breaker: { threshold: 1 } });
  send();
  inner.at(0).fail(broken);
  timers.advance(10_000);
  assert.equal(engine.health().state, "probing", "readiness must see that a request may come");
  const probe = send();
  const other = send();
  await turn();
  assert.deepEqual([probe.heard, other.heard], [[], ["fail circuit backend_failed"]]);
  inner.at(1).head({ status: 200, contentType: "", retryAfter: undefined });
  assert.deepEqual([engine.health().state, circuit], ["up", ["open", "closed"]]);
  send();
  assert.equal(inner.inside.length, 3);
});

test("a probe whose client leaves gives the next request its turn", () => {
  const { inner, send, timers } = manual({}, { breaker: { threshold: 1 } });
  send();
  inner.at(0).fail(broken);
  timers.advance(10_000);
  send().exchange.abort();
  const next = send();
  inner.answer(2);
  assert.deepEqual(next.heard, ["head 200", "data", "end"]);
});

test("4xx, 429 and aborts do not open the circuit; 5xx, timeouts and cut streams do", () => {
  const { inner, send, engine } = manual({ concurrency: 1 }, { breaker: { threshold: 2 } });
  let index = -1;
  const next = (): Exchange => {
    index += 1;
    return send().exchange;
  };
  for (const status of [400, 401, 404, 429, 429, 422]) {
    next();
    inner.answer(index, status);
  }
  for (let round = 0; round < 5; round += 1) next().abort();
  assert.deepEqual([engine.health().state, engine.health().failures], ["up", 0]);
  next();
  inner.answer(index, 503);
  assert.equal(engine.health().failures, 1);
  next();
  inner.at(index).head({ status: 200, contentType: "", retryAfter: undefined });
  inner.at(index).fail({ ...broken, code: "backend_cut", phase: "answer", sent: true });
  assert.equal(engine.health().state, "down", "the sound beginning of a cut stream does not excuse it");
});

test("faults that are ours or the client's are not blamed on the backend", () => {
  const { inner, send, engine } = manual({ concurrency: 1 }, { breaker: { threshold: 1 } });
  const faults: readonly Partial<EngineFault>[] = [
    { code: "internal" },
    { code: "unsupported" },
    { code: "shutting_down" },
    { code: "backend_busy", phase: "queue" },
    { phase: "cancelled" },
  ];
  for (const [index, fault] of faults.entries()) {
    send();
    inner.at(index).fail({ ...broken, ...fault });
    assert.equal(engine.health().failures, 0, JSON.stringify(fault));
  }
});

test("an engine that throws gives the place back: to the caller at once, to one who waited as a fault", async () => {
  const bugs: unknown[] = [];
  const { inner, send, load } = manual({ concurrency: 1 }, { onBug: (bug) => bugs.push(bug) });
  inner.throwing = new Error("bug");
  assert.throws(send, /bug/);
  assert.deepEqual(load(), [0, 0]);
  inner.throwing = undefined;
  send();
  const waiting = [send(), send()];
  inner.throwing = new Error("bug");
  inner.answer(0);
  assert.deepEqual(load(), [0, 0]);
  assert.deepEqual(
    waiting.map(({ heard }) => heard),
    [["fail connect internal"], ["fail connect internal"]],
  );
  assert.equal(bugs.length, 2);
});

test("a clearance for another backend is a bug and takes no place", () => {
  const { engine, load } = manual();
  assert.throws(() => engine.send(cleared("other"), new Listener()), /cleared for other/);
  assert.deepEqual(load(), [0, 0]);
});

test("closing finishes who is inside and who waits, refuses who comes, then closes the engine once", async () => {
  const { inner, send, engine } = manual({ concurrency: 1 });
  const inside = send();
  const waiting = send();
  let closed = false;
  const closing = Promise.all([engine.close(), engine.close()]).then(() => {
    closed = true;
  });
  const late = send();
  await turn();
  assert.deepEqual([late.heard, closed], [["fail queue shutting_down"], false]);
  inner.answer(0);
  inner.answer(1);
  await closing;
  assert.deepEqual([inside.heard.at(-1), waiting.heard.at(-1), inner.closed], ["end", "end", 1]);
});

async function openAiOver(t: TestContext, listener: RequestListener): Promise<Engine> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const timeouts = { connect: 2_000, firstByte: 2_000, betweenChunks: 2_000 };
  const backend: Backend = { name: "b", engine: "openai", url: new URL(url), models: [], timeouts, limits, retries: 0, tls: {} };
  return createOpenAiEngine({ backend, dialler: openDialler({ destinations: [{ name: "b", url, timeouts }] }) });
}

test("after 5,000 requests that were answered, refused, cut, timed out in the queue or aborted at any moment, nothing is left over", async (t) => {
  const behaviours: ((response: ServerResponse) => void)[] = [
    (response) => response.end("ok"),
    (response) => response.writeHead(429).end("later"),
    (response) => response.writeHead(500).end("boom"),
    (response) => void response.destroy(),
    (response) => void response.write("data: x\n\n", () => response.destroy()),
    (response) => void response.write("data: x\n\n", () => setTimeout(() => response.end(), 2)),
  ];
  let served = 0;
  const inner = await openAiOver(t, (request, response) => {
    request.resume();
    served += 1;
    // Now and then the backend is broken for a while.
    if (served % 200 < 20) response.destroy();
    else behaviours[served % behaviours.length]?.(response);
  });
  let highest = 0;
  const tight = { concurrency: 16, queue: 64, queueTimeout: 20 };
  const engine = withReliability(inner, tight, { breaker: { threshold: 5, firstPause: 5, longestPause: 20 } });
  const ends = new Map<string, number>();
  const count = (end: string): void => void ends.set(end, (ends.get(end) ?? 0) + 1);
  const one = (index: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const close = (end: string): void => {
      count(end);
      resolve();
    };
    let over = false;
    const abort = (): void => {
      if (over) return;
      over = true;
      exchange.abort();
      close("aborted");
    };
    const exchange = engine.send(cleared("b"), {
      head: () => {
        if (index % 11 === 0) queueMicrotask(abort);
      },
      data: () => {
        assert.ok(!over, "an aborted sink hears nothing");
        return true;
      },
      end: () => {
        assert.ok(!over, "an ended sink hears nothing");
        over = true;
        close("ended");
      },
      fail: ({ phase }) => {
        assert.ok(!over, "an ended sink hears nothing");
        over = true;
        close(`failed: ${phase}`);
      },
    });
    highest = Math.max(highest, engine.health().active);
    if (index % 7 === 0) abort();
    if (index % 5 === 0) setTimeout(abort, index % 4);
    return promise;
  };
  for (let batch = 0; batch < 50; batch += 1) {
    await Promise.all(Array.from({ length: 100 }, (_, index) => one(batch * 100 + index)));
    await pause(4);
  }
  assert.equal(
    [...ends.values()].reduce((sum, value) => sum + value, 0),
    5_000,
  );
  for (const end of ["ended", "aborted", "failed: queue", "failed: circuit", "failed: first-byte"])
    assert.ok((ends.get(end) ?? 0) > 0, `${end} in ${JSON.stringify([...ends])}`);
  assert.ok(highest <= tight.concurrency);
  const { active, queued } = engine.health();
  assert.deepEqual([active, queued, inner.health().active], [0, 0, 0]);
  await engine.close();
});
