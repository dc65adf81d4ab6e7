import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Appender, assertHolds, assertRecovers, assertSound, storedIn } from "../../test/ledger/appender-process.ts";

const rounds = Number(process.env.FREEHOLD_TEST_KILL_ROUNDS ?? 40);
let scratch = "";
before(() => {
  scratch = mkdtempSync(join(tmpdir(), "freehold-crash-"));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

test(`kill -9 at a random instant, ${rounds} times on one folder, loses no acknowledged entry`, { timeout: rounds * 5000 }, async () => {
  assert.ok(rounds > 0);
  const folder = join(scratch, "killed");
  const acknowledged: string[] = [];
  let lost = 0;
  let early = 0;
  for (let round = 0; round < rounds; round += 1) {
    const appender = new Appender(folder, 1 + (round % 8));
    // Every fourth round dies while it starts and recovers, the others while they append.
    if (round % 4 !== 3) while (appender.said("acknowledged").length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * (round % 4 === 3 ? 200 : 60)));
    await appender.kill();
    const said = appender.said("acknowledged");
    if (said.length === 0) early += 1;
    acknowledged.push(...said);
    const entries = storedIn(folder);
    assertSound(entries);
    assertHolds(entries, acknowledged);
    lost = entries.filter(({ status }) => status === "lost").length;
  }
  assertHolds(await assertRecovers(folder), acknowledged);
  assert.ok(acknowledged.length > rounds, `${acknowledged.length} acknowledged`);
  assert.ok(lost > 0, "no round left an open decision, so recovery was not tried");
  assert.ok(early < rounds / 2, "too few rounds appended anything");
});
