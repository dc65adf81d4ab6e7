import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { freehold, type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, endless, Reading } from "./asking.ts";

const stricter = charter.replaceAll(/may-go-to: \[own.*?\]/g, "may-go-to: []");

interface Report {
  readonly ok: boolean;
  readonly changed: boolean;
  readonly charter: string;
  readonly faults: readonly unknown[];
}

describe("reload", () => {
  let upstream: Upstream;
  let sibling: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    sibling = await startUpstream(answering("From the sibling."));
  });
  afterEach(async () => {
    await house?.stop();
    upstream.behave(answering());
  });
  after(async () => {
    await tidy();
    await upstream?.close();
    await sibling?.close();
  });

  const estate = (...more: readonly string[]): string => estateWith([{ name: "first", url: upstream.url, kind: "own", more }]);
  const both = (): string =>
    estateWith([
      { name: "second", url: sibling.url, kind: "own" },
      { name: "first", url: upstream.url, kind: "own" },
    ]);
  const rewrite = (name: "charter" | "estate", text: string): void => writeFileSync(join(house.folder, `${name}.yaml`), text);
  const reload = (...flags: readonly string[]) => freehold(["reload", "--data", house.data, ...flags], { cwd: house.folder });
  const reportOf = async (): Promise<Report> => JSON.parse((await reload("--json")).out) as Report;
  const reloadOverHttp = async (): Promise<Report> => (await (await house.fetch("/admin/api/reload", { method: "POST", body: "{}" })).json()) as Report;
  const backendOf = async (): Promise<string | null> => {
    const response = await chat(house);
    await response.arrayBuffer();
    return response.headers.get("x-freehold-backend");
  };

  it("takes a changed charter by SIGHUP: other decisions, under another digest, and an entry in the ledger", async () => {
    house = await startHouse({ charter, estate: estate() });
    assert.equal((await chat(house, {}, { "x-request-id": "before" })).status, 200);
    rewrite("charter", stricter);
    house.process.kill("SIGHUP");
    await until(() => house.said().includes("In force: charter sha256:"), "it says what is in force");
    assert.equal((await chat(house, {}, { "x-request-id": "after" })).status, 403);
    const entries = await ledgerOf(house);
    const digestOf = (id: string): unknown => entries.find(({ requestId, kind }) => requestId === id && kind === "decision")?.charter;
    assert.match(String(digestOf("before")), /^sha256:[0-9a-f]{64}$/);
    assert.notEqual(digestOf("before"), digestOf("after"));
    const [begun] = entries.filter(({ kind }) => kind === "start");
    const acts = entries.filter(({ kind }) => kind === "charter");
    assert.equal(begun?.charter, digestOf("before"));
    assert.deepEqual(
      acts.map((act) => [act.act, act.charterBefore, act.charter]),
      [["reload", digestOf("before"), digestOf("after")]],
    );
  });

  it("refuses a faulty charter, names file, line and column, and goes on with the old one", async () => {
    house = await startHouse({ charter, estate: estate() });
    rewrite("charter", charter.replace("zones:", "zone:"));
    const refused = await reload();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /charter\.yaml:7:1: error: .*zone/);
    assert.match(refused.err, /what was in force stays in force/);
    house.process.kill("SIGHUP");
    await until(() => house.said().includes("Refused: what was in force stays in force."), "the signal's refusal is told too");
    assert.match(house.said(), /charter\.yaml:7:1: /);
    assert.equal(await backendOf(), "first");
    assert.deepEqual(
      (await ledgerOf(house)).filter(({ kind }) => kind === "charter"),
      [],
      "what was refused is not recorded as a change",
    );
  });

  it("refuses an estate whose backend cannot be opened, without a word of change in the ledger", async () => {
    house = await startHouse({ charter, estate: estate() });
    rewrite("estate", estate("tls: { ca: /nowhere/ca.pem }"));
    const report = await reportOf();
    assert.deepEqual([report.ok, report.changed, report.faults.length], [false, false, 1]);
    assert.equal(await backendOf(), "first");
    assert.deepEqual(
      (await ledgerOf(house)).filter(({ kind }) => kind === "charter"),
      [],
    );
  });

  it("adds and removes backends; a stream on a removed one finishes", async () => {
    house = await startHouse({ charter, estate: estate() });
    const { behaviour, finish } = endless();
    upstream.behave(behaviour);
    const running = new Reading(await chat(house, { stream: true }));
    await until(() => running.text.includes("word"), "the stream has begun");
    rewrite("estate", both());
    assert.equal((await reportOf()).changed, true);
    assert.equal(await backendOf(), "second");
    rewrite("estate", estateWith([{ name: "second", url: sibling.url, kind: "own" }]));
    assert.equal((await reportOf()).changed, true);
    const { backends } = (await (await house.fetch("/admin/api/status")).json()) as { backends: { backend: string }[] };
    assert.deepEqual(
      backends.map(({ backend }) => backend),
      ["second"],
    );
    const soFar = running.text.length;
    await until(() => running.text.length > soFar, "the stream goes on");
    finish();
    assert.equal(await running.ended, true);
    assert.match(running.text, /the end.*\[DONE\]/s);
    assert.equal(await backendOf(), "second");
  });

  it("two at once: both answer, in turn, and the last state of the files is in force", async () => {
    house = await startHouse({ charter, estate: estate() });
    rewrite("charter", stricter);
    const reports = await Promise.all([reportOf(), reportOf(), reloadOverHttp()]);
    assert.deepEqual(reports.map(({ ok, changed }) => [ok, changed]).sort(), [
      [true, false],
      [true, false],
      [true, true],
    ]);
    assert.equal(new Set(reports.map((report) => report.charter)).size, 1);
    assert.equal((await chat(house)).status, 403);
  });

  it("under load loses no request and cuts none, although each reload replaces the backend's connections", async (test) => {
    house = await startHouse({ charter, estate: estate() });
    let going = true;
    let answered = 0;
    const wrong: string[] = [];
    const asking = Array.from({ length: 8 }, async (_empty, client) => {
      for (let number = 0; going; number += 1) {
        const stream = (client + number) % 2 === 0;
        const response = await chat(house, { stream });
        const text = await response.text();
        if (response.status !== 200 || (stream ? !text.endsWith("data: [DONE]\n\n") : !text.includes("Good day."))) wrong.push(`${response.status} ${text}`);
        else answered += 1;
      }
    });
    const rounds = 12;
    for (let round = 1; round <= rounds; round += 1) {
      rewrite("estate", estate(`timeouts: { connect: ${round}s }`));
      const report = await reloadOverHttp();
      assert.equal(report.changed, true);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    going = false;
    await Promise.all(asking);
    assert.deepEqual(wrong, []);
    assert.ok(answered > rounds, `${answered} answered`);
    const entries = await ledgerOf(house);
    const statuses = entries.filter(({ kind }) => kind === "outcome").map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)], ["ok"]);
    assert.equal(entries.filter(({ kind, act }) => kind === "charter" && act === "reload").length, rounds);
    test.diagnostic(`${answered} answers over ${rounds} reloads`);
  });
});
