import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { freehold, type HouseOptions, ledgerOf, newFolder, startHouse, tidy } from "../integration/house.ts";
import { startUpstream } from "../integration/upstream.ts";
import { chat } from "./asking.ts";

const estate = estateWith([{ name: "first", url: "http://127.0.0.1:9/v1", kind: "own" }]);

/** What it said when it would not start; a stack is no message, and the exit code says whose fault it is. */
async function refusal(options: HouseOptions): Promise<string> {
  const said = await startHouse({ charter, estate, ...options }).then(
    () => assert.fail("it started"),
    (error: Error) => error.message,
  );
  assert.match(said, /^freehold up ended with 2:\n/);
  assert.doesNotMatch(said, /^\s+at /m, "a stack is shown");
  return said;
}

describe("a start that cannot be", () => {
  after(tidy);

  it("of a second instance on one data folder is refused, and the first goes on", async () => {
    const upstream = await startUpstream();
    const first = await startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }]) });
    const said = await refusal({ folder: first.folder });
    assert.match(said, /^error: Another instance already uses this data folder\.$/m);
    assert.match(said, /next: Stop it, or give this one another --data\./);
    assert.equal((await chat(first)).status, 200);
    const status = await freehold(["status", "--data", first.data, "--json"]);
    assert.deepEqual([status.code, JSON.parse(status.out).ready], [0, true]);
    assert.equal((await ledgerOf(first)).filter(({ kind }) => kind === "start").length, 1);
    await first.stop();
    await upstream.close();
  });

  it("because of the port says so, and leaves the data folder free", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const folder = newFolder();
    const said = await refusal({ folder, arguments: ["--port", String(port)] });
    assert.match(said, new RegExp(`^error: Something else already listens on 127\\.0\\.0\\.1:${port}\\.$`, "m"));
    other.close();
    const house = await startHouse({ folder });
    assert.equal(await house.stop(), 0);
  });

  const rows: readonly [string, HouseOptions, RegExp][] = [
    ["a port that is none", { arguments: ["--port", "80a"] }, /^error: The port must be a number from 0 to 65535, not "80a"\.$/m],
    ["an address that is not this machine's", { arguments: ["--host", "203.0.113.1"] }, /^error: It cannot listen on 203\.0\.113\.1:0 \(EADDRNOTAVAIL\)\.$/m],
    ["a flag that there is not", { arguments: ["--prot", "1"] }, /unknown option '--prot'.*Did you mean --port\?/s],
    ["a charter that is not there", { arguments: ["--charter", "absent.yaml"] }, /^error: There is no file absent\.yaml, which --charter/m],
    ["an estate that is not there", { env: { FREEHOLD_ESTATE: "absent.yaml" } }, /^error: There is no file absent\.yaml/m],
    ["a short admin key", { env: { FREEHOLD_ADMIN_KEY: "short" } }, /^error: FREEHOLD_ADMIN_KEY must have 32 characters or more\.$/m],
    ["a log level that is none", { env: { FREEHOLD_LOG_LEVEL: "loud" } }, /^error: The log level must be one of debug, info, .*not "loud"\.$/m],
    ["a drain time that is none", { env: { FREEHOLD_DRAIN: "1h" } }, /^error: The drain time must be a whole number of seconds/m],
    ["another database", { env: { FREEHOLD_DATABASE_URL: "postgres://localhost/x" } }, /^error: This version keeps its data in SQLite/m],
    ["a faulty charter", { charter: charter.replace("country: DE", "country: Germany") }, /^charter\.yaml:2:\d+: error: organisation\.country: /m],
    ["a charter that is no YAML", { charter: "charter: [1" }, /^charter\.yaml:1:\d+: error: /m],
    ["a faulty estate", { estate: estate.replace("engine: openai", "engine: opena") }, /^estate\.yaml:\d+:\d+: error: backends\[0\]\.engine: /m],
    [
      "weights that are not there",
      { estate: estate.replace(/ {4}engine: openai\n {4}url: .*\n/, "    engine: llama.cpp\n").replace("served-as: served", 'weights: "/absent.gguf"') },
      /^estate\.yaml:\d+:\d+: error: .*absent\.gguf/m,
    ],
  ];
  for (const [name, options, expected] of rows) {
    it(`because of ${name} says so in a sentence`, async () => {
      assert.match(await refusal(options), expected);
    });
  }

  it("because of an estate or a data folder that cannot be read or written says so in a sentence", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "folder.yaml"));
    assert.match(await refusal({ folder, arguments: ["--estate", "folder.yaml"] }), /^folder\.yaml:1:1: error: the file cannot be read \(EISDIR\)$/m);
    writeFileSync(join(folder, "file"), "");
    assert.match(await refusal({ folder, arguments: ["--data", "file/data"] }), /^error: The data folder cannot be written/m);
  });

  it("because of a damaged ledger names it and changes nothing", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "ledger.db"), "not a database, by far not long enough to be one");
    assert.match(await refusal({ folder }), /^error: .*damaged/m);
  });

  it("is none because of a credential that is missing: it starts, and says what is not sent", async () => {
    const more = ["credential: env:ABSENT_KEY"];
    const house = await startHouse({ charter, estate: estateWith([{ name: "first", url: "http://127.0.0.1:9/v1", kind: "own", more }]) });
    assert.equal((await chat(house)).status, 502);
    await house.stop();
    assert.match(house.said(), /backend first: The credential env:ABSENT_KEY cannot be read\. Nothing is sent to it/);
  });
});
