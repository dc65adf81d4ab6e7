import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chat } from "../operation/asking.ts";
import { charter, estateWith } from "./files.ts";
import { freehold, type House, ledgerOf, newFolder, startHouse, tidy } from "./house.ts";
import { startUpstream } from "./upstream.ts";

after(tidy);

const text = async (house: House, path: string, init: RequestInit = {}) => {
  const response = await fetch(`${house.address}/ledger/${path}`, init);
  return { status: response.status, type: response.headers.get("content-type"), body: Buffer.from(await response.arrayBuffer()) };
};

/** Waits until the checkpoint covers so many entries. */
async function sealed(house: House, size: number): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    if (Number((await text(house, "checkpoint")).body.toString().split("\n")[1]) >= size) return;
    await delay(100);
  }
  assert.fail("the checkpoint did not come");
}

const verifierFile = (): string => {
  const folder = newFolder();
  const file = join(folder, "ledger-verifier.mjs");
  execFileSync(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    fileURLToPath(new URL("../../packaging/build-verifier.mjs", import.meta.url)),
    file,
  ]);
  return file;
};

test("a running instance serves its log, proves its entries, and the copied folder verifies without Freehold", async () => {
  const upstream = await startUpstream();
  const house = await startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }]) });
  for (let round = 0; round < 3; round += 1) assert.equal((await chat(house)).status, 200);
  const entries = await ledgerOf(house);
  await sealed(house, entries.length);

  const key = (await text(house, "key")).body.toString().trim();
  assert.match(key, /^freehold\/[a-z0-9-]+\/[a-z0-9-]+\+[0-9a-f]{8}\+A[A-Za-z0-9+/=]+$/);
  const checkpoint = await text(house, "checkpoint");
  assert.deepEqual([checkpoint.status, checkpoint.type], [200, "text/plain; charset=utf-8"]);
  const width = Number(checkpoint.body.toString().split("\n")[1]);
  assert.equal((await text(house, `tile/0/000.p/${width}`)).body.length, width * 32);

  // Hashes tell nobody anything; the entries name tenants and keys.
  assert.equal((await text(house, `tile/entries/000.p/${width}`)).status, 401);
  const bundle = await house.fetch(`/ledger/tile/entries/000.p/${width}`);
  assert.equal(bundle.status, 200);
  assert.ok(Buffer.from(await bundle.arrayBuffer()).includes(String(entries[0]?.requestId ?? "start")));
  for (const path of [
    "tile/0/001",
    "tile/0/000.p/0",
    "tile/64/000",
    "..%2ffreehold.db",
    "../freehold.db",
    "tile/0/../../../freehold.db",
    "",
    "key/",
    "Checkpoint",
  ])
    assert.equal((await text(house, path)).status, 404, path);

  const live = await freehold(["ledger", "verify", "--data", house.data, "--key", key, "--json"]);
  assert.deepEqual([live.code, JSON.parse(live.out).ok, JSON.parse(live.out).size], [0, true, width]);

  const proof = join(house.folder, "entry.tlog-proof");
  assert.equal((await freehold(["ledger", "prove", "1", "--data", house.data, "--out", proof])).code, 0);
  const proven = await freehold(["ledger", "verify", proof, "--key", key]);
  assert.equal(proven.code, 0);
  assert.deepEqual(JSON.parse(proven.out), entries[1]);
  assert.equal((await freehold(["ledger", "prove", "100000", "--data", house.data])).code, 2);

  const kept = join(house.folder, "kept-checkpoint");
  writeFileSync(kept, checkpoint.body);
  await house.stop();
  const copied = join(newFolder(), "copied");
  mkdirSync(copied);
  cpSync(join(house.data, "ledger"), copied, { recursive: true });
  const alone = (...given: readonly string[]) => spawnSync(process.execPath, [verifier, ...given], { encoding: "utf8", env: {}, cwd: copied });
  const verifier = verifierFile();
  assert.doesNotMatch(readFileSync(verifier, "utf8"), /from "(?!node:(crypto|fs|path))/, "the verifier needs more than node:crypto and files");
  const accepted = alone(copied, "--key", key, "--checkpoint", kept);
  assert.deepEqual([accepted.status, accepted.stderr], [0, ""]);
  assert.match(accepted.stdout, /^verified: [0-9]+ entries of freehold\//);
  assert.equal(alone(proof, "--key", key).status, 0);

  const size = readFileSync(join(copied, "checkpoint"), "utf8").split("\n")[1];
  const victim = join(copied, "tile", "entries", `000.p`, String(size));
  const bytes = readFileSync(victim);
  writeFileSync(victim, Buffer.from(bytes.toString("latin1").replace('"verdict":"allow"', '"verdict":"deny!"'), "latin1"));
  const refused = alone(copied, "--key", key);
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /tile\/0\/000.*does not match the entries from entry/);
  await upstream.close();
});

test("a data folder whose database was set back behind its checkpoint does not start, and says what to do", async () => {
  const upstream = await startUpstream();
  const house = await startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }]) });
  await house.stop();
  const early = join(newFolder(), "early");
  cpSync(house.data, early, { recursive: true });
  const again = await startHouse({ folder: house.folder });
  assert.equal((await chat(again)).status, 200);
  await again.stop();
  for (const name of ["ledger.db-wal", "ledger.db-shm"]) rmSync(join(house.data, name), { force: true });
  cpSync(join(early, "ledger.db"), join(house.data, "ledger.db"));
  await assert.rejects(startHouse({ folder: house.folder }), /freehold up ended with 2:\n(.*\n)*error: .*set back.*\n {2}next: /);
  await upstream.close();
});
