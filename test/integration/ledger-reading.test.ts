import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chat } from "../operation/asking.ts";
import { charter, estateWith } from "./files.ts";
import { freehold, ledgerOf, startHouse, tidy } from "./house.ts";
import { startUpstream } from "./upstream.ts";

after(tidy);
const program = fileURLToPath(new URL("../../bin/freehold.js", import.meta.url));

test("the ledger is shown by time, as CSV, and followed while it grows", async () => {
  const upstream = await startUpstream();
  const house = await startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }]) });
  assert.equal((await chat(house)).status, 200);

  const follower = spawn(process.execPath, [program, "ledger", "show", "--follow", "--json", "--data", house.data]);
  let followed = "";
  follower.stdout.setEncoding("utf8").on("data", (text: string) => {
    followed += text;
  });
  const seen = (): readonly { readonly index: number }[] =>
    followed
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { readonly index: number });
  while (seen().length === 0) await delay(50);
  const before = seen().length;
  assert.equal((await chat(house)).status, 200);
  for (let round = 0; round < 100 && seen().length < before + 2; round += 1) await delay(50);
  assert.ok(seen().length >= before + 2, "what was written later was not shown");
  assert.deepEqual(
    seen().map(({ index }) => index),
    seen().map((_, at) => at),
    "an entry was shown twice, or left out",
  );
  follower.kill("SIGINT");
  await once(follower, "close");

  const entries = await ledgerOf(house);
  const csv = await freehold(["ledger", "show", "--csv", "--kind", "decision", "--data", house.data]);
  const [heading, ...rows] = csv.out.trim().split("\n");
  assert.match(heading ?? "", /^index,time,kind,requestId,decision,tenant,class,/);
  assert.equal(rows.length, entries.filter(({ kind }) => kind === "decision").length);
  const whole = rows[0]?.slice(rows[0].indexOf(',"{')).slice(2, -1).replaceAll('""', '"');
  assert.deepEqual(
    JSON.parse(whole ?? ""),
    entries.find(({ kind }) => kind === "decision"),
  );

  const last = String(entries.at(-1)?.time);
  assert.ok((await ledgerOf(house, "--since", last)).length >= 1);
  assert.deepEqual(await ledgerOf(house, "--until", "2020-01-01"), []);
  for (const flags of [
    ["--since", "yesterday"],
    ["--since", "2026-13-01"],
    ["--csv", "--json"],
    ["--follow", "--limit", "3"],
  ])
    assert.equal((await freehold(["ledger", "show", "--data", house.data, ...flags])).code, 2, flags.join(" "));
  await house.stop();
  await upstream.close();
});
