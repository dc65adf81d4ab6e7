import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { lockInstance } from "./instance-lock.ts";

const program = resolve(import.meta.dirname, "..", "..", "..", "test", "store", "lock-holder.ts");

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-lock-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a process that asks for the lock, and waits for what it says. */
async function ask(context: TestContext, folder: string): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
  context.after(() => child.kill("SIGKILL"));
  assert.ok(child.stdout);
  const [piece] = await once(child.stdout, "data");
  return { child, said: String(piece).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a second instance on the same folder is refused, in another process and in this one, until the first is killed with -9", async (context) => {
  const folder = newFolder(context);
  const first = await ask(context, folder);
  assert.equal(first.said, "held");
  assert.equal((await ask(context, folder)).said, "instance_running");
  const refused = lockInstance(folder);
  assert.deepEqual(refused.ok ? undefined : [refused.error.code, refused.error.param], ["instance_running", folder]);
  await kill(first.child);

  const second = lockInstance(folder);
  assert.ok(second.ok, "the kernel gave the lock back");
  assert.equal((await ask(context, folder)).said, "instance_running");
  assert.equal(lockInstance(folder).ok, false);
  second.value.release();
  assert.equal((await ask(context, folder)).said, "held");
  assert.deepEqual(readdirSync(folder), ["instance.lock"]);
});

test("a lock on one folder does not hold another", (context) => {
  const one = lockInstance(newFolder(context));
  const other = lockInstance(join(newFolder(context), "made", "on", "the", "way"));
  assert.ok(one.ok && other.ok);
  one.value.release();
  other.value.release();
});

test("a folder that cannot be made is told as a fault", (context) => {
  const file = join(newFolder(context), "file");
  writeFileSync(file, "");
  const lock = lockInstance(join(file, "data"));
  assert.equal(lock.ok ? undefined : lock.error.code, "data_unwritable");
});
