import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { type House, newFolder, startHouse, tidy } from "../integration/house.ts";
import { answering, chunk, done, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, errorOf } from "../operation/asking.ts";
import { requirement } from "../requirements.ts";

const linux = process.platform === "linux";
const mayMount = linux && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const needsMount = requirement("leave to mount a small disk", mayMount, "run as root, with unshare and mount of util-linux");
const needsCompiler = requirement("a C compiler", linux && spawnSync("cc", ["--version"]).status === 0, "install cc (Debian: gcc, libc6-dev)");

type Entry = Readonly<Record<string, unknown>>;

/** Over HTTP, since the data folder may be visible to that process alone. */
async function entriesOf(house: House): Promise<Entry[]> {
  const text = await (await house.fetch("/admin/api/ledger")).text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Entry);
}

async function gauge(house: House, name: string): Promise<number> {
  const text = await (await house.fetch("/metrics")).text();
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1]);
}

describe("a disk that does not take what is written", () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream(answering());
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  const estate = (): string => estateWith([{ name: "first", url: upstream.url, kind: "own" }]);

  /** While nothing can be recorded: refused in the right words, nothing at the backend, acts of administration refused too. */
  async function assertNothingLeaves(house: House): Promise<void> {
    const received = upstream.received.length;
    for (let number = 0; number < 10; number += 1) {
      const refused = await chat(house, { stream: number % 2 === 0 }, { "x-request-id": `refused-${number}` });
      assert.deepEqual([refused.status, (await errorOf(refused)).code, Number(refused.headers.get("retry-after")) >= 1], [503, "ledger_unavailable", true]);
    }
    assert.equal(upstream.received.length, received, "nothing left while nothing could be recorded");
    const notReady = await house.fetch("/readyz");
    assert.equal(notReady.status, 503);
    assert.equal(((await notReady.json()) as { checks: { record: boolean } }).checks.record, false);
    assert.equal((await fetch(`${house.address}/healthz`)).status, 200, "it is alive all the same");
    assert.equal(await gauge(house, "freehold_ledger_writable"), 0);
    assert.equal((await house.fetch("/admin/api/keys", { method: "POST", body: "{}" })).status, 503);
    await until(() => /"msg":"the ledger cannot be written; nothing leaves until it can"/.test(house.said()), "the log tells why");
  }

  async function assertRecovers(house: House): Promise<void> {
    await until(async () => (await house.fetch("/readyz")).status === 200, "it is ready again without a restart and without a request");
    assert.equal((await chat(house, {}, { "x-request-id": "afterwards" })).status, 200);
    assert.equal((await house.fetch("/admin/api/keys", { method: "POST", body: "{}" })).status, 201);
    await until(async () => (await gauge(house, "freehold_ledger_pending")) === 0, "what waited is written");
  }

  /** Each request that the backend received is in the ledger as allowed, with exactly one outcome. */
  async function assertAllRecorded(house: House): Promise<number> {
    const entries = await entriesOf(house);
    assert.deepEqual(
      entries.map(({ index }) => index),
      entries.map((_entry, position) => position),
    );
    const decided = new Map(
      entries.filter(({ kind, verdict }) => kind === "decision" && verdict === "allow").map(({ requestId, decision }) => [requestId, decision]),
    );
    const outcomes = Map.groupBy(
      entries.filter(({ kind }) => kind === "outcome"),
      ({ decision }) => decision,
    );
    const received = upstream.received.map(({ headers }) => headers["x-request-id"]);
    assert.deepEqual(
      received.filter((id) => outcomes.get(decided.get(id))?.length !== 1),
      [],
      "received by the backend, and not recorded with one outcome",
    );
    return received.length;
  }

  /** Asks one request after the other, under ids of their own, until so many in a row were refused because nothing could be recorded. */
  async function askUntilRefused(house: House, inRow: number): Promise<void> {
    let refused = 0;
    for (let number = 0; refused < inRow; number += 1) {
      assert.ok(number < 5000, "the disk never filled");
      const response = await chat(house, {}, { "x-request-id": `filling-${number}` });
      await response.arrayBuffer();
      assert.ok([200, 503].includes(response.status), `status ${response.status}`);
      refused = response.status === 503 ? refused + 1 : 0;
    }
  }

  it("full: 503, nothing leaves; when space returns it recovers by itself, and every request that left is on record", { skip: needsMount }, async (test) => {
    upstream.received.length = 0;
    const folder = newFolder();
    const data = join(folder, "data");
    mkdirSync(data);
    const under = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=3m tmpfs "$0" && exec "$@"', data];
    const house = await startHouse({ folder, charter, estate: estate(), under });
    // A stream that began before the disk was full, and ends while it is: its outcome must wait.
    let finish: () => void = () => undefined;
    upstream.behave((_received, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("Half, "));
      finish = () => response.end(chunk("whole.") + done);
    });
    const streaming = await chat(house, { stream: true }, { "x-request-id": "streaming" });
    upstream.behave(answering());

    const filler = `/proc/${house.process.pid}/root${data}/filler`;
    const descriptor = openSync(filler, "w");
    assert.throws(() => {
      for (;;) writeSync(descriptor, Buffer.alloc(4096, 1));
    }, /ENOSPC/);
    // The ledger itself uses up the rest.
    ftruncateSync(descriptor, fstatSync(descriptor).size - 768 * 1024);
    closeSync(descriptor);
    await askUntilRefused(house, 10);
    finish();
    assert.match(await streaming.text(), /whole\.".*\[DONE\]/s);
    await assertNothingLeaves(house);
    assert.equal(
      (await entriesOf(house)).some(({ kind, requestId }) => kind === "outcome" && requestId === "streaming"),
      false,
    );

    rmSync(filler);
    await assertRecovers(house);
    const received = await assertAllRecorded(house);
    assert.ok(received > 10, `${received} received`);
    test.diagnostic(`${received} requests at the backend, all on record`);
    assert.equal(await house.stop(), 0);
  });

  it("fsync fails: no request is let through on its word, and recovery follows by itself, over a restart too", { skip: needsCompiler }, async (test) => {
    upstream.received.length = 0;
    const folder = newFolder();
    const library = join(folder, "switched-sync.so");
    const compiled = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", library, join(import.meta.dirname, "switched-sync.c"), "-ldl"], {
      encoding: "utf8",
    });
    assert.equal(compiled.status, 0, compiled.stderr);
    const failing = join(folder, "failing");
    const options = { folder, charter, estate: estate(), env: { LD_PRELOAD: library, FAIL_SYNC_WHILE: failing } };
    const house = await startHouse(options);
    assert.equal((await chat(house, {}, { "x-request-id": "before" })).status, 200);
    for (let round = 0; round < 3; round += 1) {
      // Under load, so that the failure meets commits of several requests.
      let going = true;
      const statuses = new Set<number>();
      const asking = Array.from({ length: 4 }, async (_empty, client) => {
        for (let number = 0; going; number += 1) {
          const response = await chat(house, {}, { "x-request-id": `load-${round}-${client}-${number}` });
          statuses.add(response.status);
          await response.arrayBuffer();
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      writeFileSync(failing, "");
      await until(() => statuses.has(503), "requests are refused");
      going = false;
      await Promise.all(asking);
      assert.deepEqual([...statuses].sort(), [200, 503]);
      await assertNothingLeaves(house);
      rmSync(failing);
      await assertRecovers(house);
    }
    const received = await assertAllRecorded(house);
    assert.ok(received > 10, `${received} received`);
    writeFileSync(failing, "");
    await until(async () => (await chat(house)).status === 503, "refused again");
    await house.stop("SIGKILL");
    await assert.rejects(startHouse(options), /The data folder cannot be written/, "it does not start on a disk that takes nothing");
    rmSync(failing);
    const next = await startHouse(options);
    await assertAllRecorded(next);
    assert.equal(await next.stop(), 0);
    test.diagnostic(`${received} requests at the backend, all on record`);
  });
});
