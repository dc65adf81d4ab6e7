import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { adminKey, type House, type HouseOptions, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, endless, errorOf, question, Reading } from "../operation/asking.ts";

/** A connection on which a test writes byte by byte. */
class Wire {
  readonly #socket: Socket;
  text = "";
  closed = false;

  constructor(house: House) {
    const { hostname, port } = new URL(house.address);
    this.#socket = connect(Number(port), hostname);
    this.#socket.setEncoding("utf8").on("data", (piece: string) => {
      this.text += piece;
    });
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => {
      this.closed = true;
    });
  }

  write(text: string): void {
    this.#socket.write(text);
  }
}

const head = (body: string): string =>
  `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${adminKey}\r\nContent-Type: application/json\r\nx-freehold-origin: DE\r\nx-request-id: slow-body\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;

describe("stopping", () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream();
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  const start = (drain: string, options: HouseOptions = {}): Promise<House> => {
    upstream.received.length = 0;
    return startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }]), env: { FREEHOLD_DRAIN: drain }, ...options });
  };

  const stream = async (house: House, id: string): Promise<Reading> => {
    const reading = new Reading(await chat(house, { stream: true }, { "x-request-id": id }));
    await until(() => reading.text.includes("word"), "the stream has begun");
    return reading;
  };

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`on ${signal} lets running streams and half-sent requests finish, refuses new ones, and ends with 0`, async () => {
      const house = await start("60");
      const { behaviour, finish } = endless();
      upstream.behave(behaviour);
      const running = await stream(house, "running");
      upstream.behave(answering());
      const body = question();
      const halfSent = new Wire(house);
      halfSent.write(`${head(body)}\r\n${body.slice(0, 10)}`);
      const barelyBegun = new Wire(house);
      barelyBegun.write(head(body));
      await until(async () => /^freehold_requests_active 2$/m.test(await (await house.fetch("/metrics")).text()), "both requests are under way");
      const stopped = house.stop(signal);
      await until(() => house.said().includes("Stopping: 2 requests may finish for up to 60 s."), "it says what it waits for");

      barelyBegun.write(`\r\n${body}`);
      await until(() => barelyBegun.closed, "a request that begins now is answered and its connection closed");
      assert.match(barelyBegun.text, /^HTTP\/1\.1 503 /);
      assert.match(barelyBegun.text, /\r\nconnection: close\r\n/i);
      assert.match(barelyBegun.text, /\r\nretry-after: 1\r\n/i);
      assert.match(barelyBegun.text, /"code":"shutting_down"/);
      await assert.rejects(fetch(house.address), "nobody listens any more");

      halfSent.write(body.slice(10));
      await until(() => halfSent.text.includes("Good day."), "a request whose body was on its way is answered");
      assert.doesNotMatch(running.text, /the end/);
      finish();
      assert.equal(await running.ended, true);
      assert.match(running.text, /the end.*data: \[DONE\]\n\n$/s);
      assert.equal(await stopped, 0);

      const entries = await ledgerOf(house);
      assert.deepEqual(
        entries.filter(({ kind }) => kind === "outcome").map(({ requestId, status }) => [requestId, status]),
        [
          ["slow-body", "ok"],
          ["running", "ok"],
        ],
      );
      assert.equal(entries.at(-1)?.kind, "stop");
    });
  }

  it("tells those who still wait at the end of the drain time, cancels their work, and records how they ended", async () => {
    const house = await start("1");
    upstream.behave(endless().behaviour);
    const streaming = await stream(house, "streaming");
    upstream.behave(() => undefined);
    const waiting = chat(house, {}, { "x-request-id": "waiting" });
    await until(() => upstream.received.length === 2, "both requests are at the backend");
    assert.equal(await house.stop(), 0);

    assert.equal(await streaming.ended, true);
    const last = streaming.text.trimEnd().split("\n\n").at(-1) ?? "";
    assert.match(last, /^data: \{"error":\{.*"code":"shutting_down"\}\}$/);
    assert.doesNotMatch(streaming.text, /\[DONE\]/);
    const refused = await waiting;
    assert.deepEqual([refused.status, refused.headers.get("retry-after"), (await errorOf(refused)).code], [503, "1", "shutting_down"]);
    await until(() => upstream.received.every(({ cancelled }) => cancelled), "the backend is told that nobody waits");
    const outcomes = (await ledgerOf(house)).filter(({ kind }) => kind === "outcome");
    assert.deepEqual(outcomes.map(({ requestId, status, code, httpStatus }) => [requestId, status, code, httpStatus]).sort(), [
      ["streaming", "cut", "shutting_down", 200],
      ["waiting", "cut", "shutting_down", 503],
    ]);
  });

  it("stops at once when told twice; what was running shows as lost after the next start", async () => {
    const house = await start("60");
    upstream.behave(endless().behaviour);
    const streaming = await stream(house, "streaming");
    house.process.kill("SIGTERM");
    await until(() => house.said().includes("Stopping: 1 request may finish"), "it stops");
    assert.equal(await house.stop("SIGTERM"), 130);
    assert.equal(await streaming.ended, false);
    const next = await start("60", { folder: house.folder });
    await next.stop();
    const entries = await ledgerOf(next, "--request", "streaming");
    assert.deepEqual(
      entries.map(({ kind, status = null }) => [kind, status]),
      [
        ["decision", null],
        ["outcome", "lost"],
      ],
    );
  });
});
