import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Appender, assertHolds, assertRecovers, assertSound, environment, programs, storedIn } from "../../test/ledger/appender-process.ts";
import { requirement } from "../../test/requirements.ts";
import type { StoredEntry } from "./entry.ts";

let scratch = "";
before(() => {
  scratch = mkdtempSync(join(tmpdir(), "freehold-disk-"));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

const mayMount = process.platform === "linux" && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

test("a full disk refuses what would leave, keeps what must not be lost, and recovers by itself when space returns", {
  skip: requirement("leave to mount a small disk", mayMount, "run as root, with unshare and mount of util-linux"),
}, () => {
  const mount = mkdtempSync(join(scratch, "small-"));
  const script = 'mount -t tmpfs -o size=512k tmpfs "$1" && exec "$2" "$3" "$1"';
  const ended = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", mount, process.execPath, join(programs, "full-disk.ts")], {
    encoding: "utf8",
    env: environment,
  });
  assert.equal(ended.status, 0, ended.stderr);
  const report = JSON.parse(ended.stdout);
  assert.ok(report.acknowledged.length > 10);
  assert.deepEqual(report.whileFull, {
    writable: false,
    size: report.acknowledged.length - 1,
    pending: report.acknowledged.length - 1,
    lastFault: "database or disk is full",
    refused: 6,
  });
  for (const { code, retryAfter } of report.refused) assert.deepEqual([code, retryAfter], ["ledger_unavailable", 1]);
  assert.equal(report.nextWorked, true);
  assert.deepEqual(report.afterwards, { writable: true, size: report.stored.length, pending: 0 });
  assertSound(report.stored);
  assertHolds(report.stored, report.acknowledged);
  assert.equal(report.stored.filter(({ kind }: StoredEntry) => kind === "outcome").length, report.acknowledged.length - 1);
  assert.equal(report.integrity, "ok");
});

const compiles = process.platform === "linux" && spawnSync("cc", ["--version"]).status === 0;
const needsCompiler = requirement("a C compiler", compiles, "install cc (Debian: gcc, libc6-dev)");

/** The model of a disk under a folder whose fsync fails when it is told to, and that keeps apart what a power failure would leave. */
function failingDisk(folder: string, at: number, times: number): Readonly<Record<string, string>> {
  const library = join(scratch, "failing-disk.so");
  if (!existsSync(library)) {
    const compiled = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", library, join(programs, "failing-disk.c"), "-ldl"], { encoding: "utf8" });
    assert.equal(compiled.status, 0, compiled.stderr);
  }
  mkdirSync(folder, { recursive: true });
  mkdirSync(`${folder}.durable`, { recursive: true });
  return { LD_PRELOAD: library, DISK_FOLDER: folder, FAIL_SYNC_AT: String(at), FAIL_SYNC_TIMES: String(times) };
}

test("each fsync of a run failing once refuses what it would have made durable, and the run goes on", { skip: needsCompiler, timeout: 120_000 }, async () => {
  let refused = 0;
  let recovered = 0;
  for (let at = 1; at <= 14; at += 1) {
    const folder = join(scratch, `failed-once-${at}`);
    const appender = new Appender(folder, 1, 8, failingDisk(folder, at, 1));
    await appender.ended();
    const acknowledged = appender.said("acknowledged");
    const faults = appender.said("fault");
    if (appender.said("not-opened").length > 0) assert.deepEqual(appender.said("not-opened"), ["data_unwritable"]);
    else assert.deepEqual([acknowledged.length + appender.said("refused-ledger_unavailable").length, appender.said("closed")], [8, ["0"]]);
    assert.deepEqual(faults, faults.length === 0 ? [] : ["disk I/O error", "none"], `fsync ${at}`);
    refused += appender.said("refused-ledger_unavailable").length;
    recovered += faults.length / 2;
    const entries = storedIn(folder);
    assertSound(entries);
    assertHolds(entries, acknowledged);
    assertHolds(await assertRecovers(folder), acknowledged);
  }
  assert.ok(refused >= 2 && recovered >= 4, `${refused} refused, ${recovered} recovered: the fault was hardly ever met`);
});

test("a disk whose fsync fails for a while, then a kill -9, a new start and a power failure: nothing acknowledged is lost, no outcome doubled", {
  skip: needsCompiler,
  timeout: 120_000,
}, async () => {
  let faults = 0;
  for (const [round, times] of [1, 2, 3, 5, 8, 1000].entries()) {
    const folder = join(scratch, `failed-often-${round}`);
    const acknowledged: string[] = [];
    for (const at of [12 + round, 0]) {
      const appender = new Appender(folder, 3, undefined, failingDisk(folder, at, times));
      const enough = (): boolean => (at > 0 ? appender.said("fault").length > 0 : appender.said("acknowledged").length >= 30);
      for (let waited = 0; waited < 10_000 && !enough(); waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
      if (times < 1000) await new Promise((resolve) => setTimeout(resolve, 100));
      await appender.kill();
      faults += appender.said("fault").length;
      acknowledged.push(...appender.said("acknowledged"));
      const entries = storedIn(folder);
      assertSound(entries);
      assertHolds(entries, acknowledged);
    }
    assert.ok(acknowledged.length >= 30);
    const survived = storedIn(`${folder}.durable`);
    assertSound(survived);
    assertHolds(survived, acknowledged);
    assertHolds(await assertRecovers(`${folder}.durable`), acknowledged);
    assertHolds(await assertRecovers(folder), acknowledged);
  }
  assert.ok(faults >= 6, `${faults} faults: the failing disk was hardly ever met`);
});

test("what a process acknowledges on top of a commit whose fsync failed in the process before it survives a power failure in the same instant", {
  skip: needsCompiler,
  timeout: 60_000,
}, async () => {
  for (const round of [1, 2, 3, 4]) {
    const folder = join(scratch, `built-on-sand-${round}`);
    const failing = new Appender(folder, 3, undefined, failingDisk(folder, 12 + round, 1000));
    for (let waited = 0; waited < 10_000 && failing.said("fault").length === 0; waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
    await failing.kill();
    const dying = new Appender(folder, 1, "die", failingDisk(folder, 0, 0));
    await dying.ended();
    const acknowledged = [...failing.said("acknowledged"), ...dying.said("acknowledged")];
    assert.equal(dying.said("acknowledged").length, 1);
    assertHolds(storedIn(`${folder}.durable`), acknowledged);
    assertHolds(await assertRecovers(`${folder}.durable`), acknowledged);
  }
});
