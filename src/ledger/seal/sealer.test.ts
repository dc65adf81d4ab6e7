import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { LedgerFile } from "../ledger-file.ts";
import { openCheckpoint } from "../proof/checkpoint.ts";
import { tilesIn, verifyFolder } from "../proof/log-folder.ts";
import { consistencyProof, isConsistent } from "../proof/merkle.ts";
import { parseVerifierKey, signerFrom, type Verifier } from "../proof/note.ts";
import { verifyProofFile } from "../proof/proof-file.ts";
import { subtreeFrom } from "../proof/tiles.ts";
import { proveEntry } from "../prove.ts";
import { verifyLog } from "../verify.ts";
import { LogBroken, Sealer } from "./sealer.ts";

const scratch = mkdtempSync(join(tmpdir(), "freehold-seal-"));
after(() => rmSync(scratch, { recursive: true }));

const origin = "log.example/test";
const seed = Buffer.alloc(32, 3);
const key: Verifier = signerFrom(origin, seed);
let folders = 0;

interface Ledger {
  readonly folder: string;
  readonly file: LedgerFile;
  add(count: number): void;
}

function ledger(): Ledger {
  folders += 1;
  const folder = join(scratch, String(folders));
  const file = new LedgerFile(folder);
  assert.ok(file.open().ok);
  let next = 0;
  const add = (count: number): void => {
    const jsons = Array.from({ length: count }, (_, at) => JSON.stringify({ kind: "start", requestId: null, number: next + at, name: "Müller „x“" }));
    next += count;
    assert.ok(file.write({ jsons, times: jsons.map((_, at) => 1_700_000_000_000 + at), retried: 0, retriedFrom: 0 }).ok);
  };
  return { folder, file, add };
}

const sealed = (folder: string): number => {
  const sealer = new Sealer({ folder, origin, seed });
  try {
    return sealer.seal();
  } finally {
    sealer.close();
  }
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));

test("a log of any size verifies from its files alone, in whatever portions it grew, with proofs of its entries and of its growth", () => {
  const { folder, file, add } = ledger();
  let size = 0;
  let older: { readonly note: Buffer; readonly size: number } | undefined;
  for (const count of [1, 1, 2, 251, 1, 1, 255, 257, 5000, 60_000]) {
    add(count);
    size += count;
    assert.equal(sealed(folder), size);
    const log = join(folder, "ledger");
    const report = verifyLog({ folder, key });
    assert.deepEqual([report.ok, report.size, report.faults], [true, size, []]);
    const note = readFileSync(join(log, "checkpoint"));
    const checkpoint = openCheckpoint(note, key) ?? assert.fail("no checkpoint");
    for (const index of [0, size - 1, Math.floor(size / 2), Math.floor(size / 3)]) {
      const proof = proveEntry(folder, index);
      assert.ok(proof.ok);
      const proven = verifyProofFile(proof.value, key);
      assert.ok(typeof proven === "object", String(proven));
      assert.equal((JSON.parse(proven.entry.toString()) as { index: number }).index, index);
      assert.equal(typeof verifyProofFile(proof.value, key, Buffer.from("another entry")), "string");
    }
    if (older !== undefined) {
      const before = openCheckpoint(older.note, key) ?? assert.fail("no checkpoint");
      const path = consistencyProof(before.size, size, subtreeFrom(tilesIn(log), size));
      assert.ok(isConsistent(before.size, size, path, before.root, checkpoint.root));
      assert.ok(verifyFolder(log, key, before).ok);
    }
    older = { note, size };
  }
  file.close();
});

test("an entry of the tree is the line that show prints, so that what is read is what was signed", () => {
  const { folder, file, add } = ledger();
  add(3);
  sealed(folder);
  file.close();
  const proof = proveEntry(folder, 1);
  const proven = verifyProofFile(proof.ok ? proof.value : "", key);
  assert.equal(
    typeof proven === "object" && proven.entry.toString("utf8"),
    '{"index":1,"time":"2023-11-14T22:13:20.001Z","kind":"start","requestId":null,"number":1,"name":"Müller „x“"}',
  );
});

test("one flipped bit in any file is found, and the file is named", () => {
  const { folder, file, add } = ledger();
  add(700);
  sealed(folder);
  file.close();
  const log = join(folder, "ledger");
  const named = filesBelow(log).filter((path) => !path.endsWith("/key"));
  // What stands there for the next smaller checkpoints is not part of this one.
  assert.ok(named.length >= 8, String(named.length));
  for (const path of named) {
    const good = readFileSync(path);
    const step = Math.max(1, Math.floor(good.length / 40));
    for (let at = 0; at < good.length; at += step) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(path, bad);
      const report = verifyLog({ folder, key });
      assert.equal(report.ok, false, `${path} at ${at}`);
      const relative = path.slice(log.length + 1);
      const says = report.faults.join("\n");
      assert.ok(relative.startsWith("tile/entries") ? says.includes("tile/") : says.includes(relative), `${relative}: ${says}`);
    }
    writeFileSync(path, good);
  }
  for (const path of named) {
    const good = readFileSync(path);
    for (const length of [0, good.length - 1]) {
      writeFileSync(path, good.subarray(0, length));
      assert.equal(verifyLog({ folder, key }).ok, false, `${path} cut to ${length}`);
    }
    rmSync(path);
    assert.equal(verifyLog({ folder, key }).ok, false, `${path} missing`);
    writeFileSync(path, good);
  }
  assert.ok(verifyLog({ folder, key }).ok);
});

test("an entry that was changed in the database is named, and no new checkpoint is signed over it after a loss of the tiles", () => {
  const { folder, file, add } = ledger();
  add(300);
  sealed(folder);
  file.close();
  const database = new DatabaseSync(join(folder, "ledger.db"));
  database.exec(`DROP TRIGGER ledger_stands; UPDATE ledger SET json = replace(json, '"number":7', '"number":8') WHERE "index" = 7`);
  database.close();
  const report = verifyLog({ folder, key });
  assert.deepEqual(report.faults, ["ledger.db: entry 7 is not the one that was signed"]);
  rmSync(join(folder, "ledger", "tile"), { recursive: true });
  assert.throws(() => new Sealer({ folder, origin, seed }), LogBroken);
});

test("tiles that were lost are made again out of the entries, and lead to the same root", () => {
  const { folder, file, add } = ledger();
  add(600);
  sealed(folder);
  const before = readFileSync(join(folder, "ledger", "checkpoint"), "utf8");
  rmSync(join(folder, "ledger"), { recursive: true });
  assert.equal(sealed(folder), 600);
  assert.equal(readFileSync(join(folder, "ledger", "checkpoint"), "utf8"), before);
  assert.ok(verifyLog({ folder, key }).ok);
  file.close();
});

test("a database that was set back behind the published checkpoint is refused, not signed again with another history", () => {
  const { folder, file, add } = ledger();
  add(10);
  sealed(folder);
  file.close();
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  const later = new LedgerFile(folder);
  assert.ok(later.open().ok);
  assert.ok(later.write({ jsons: ['{"kind":"stop","requestId":null}'], times: [1_700_000_001_000], retried: 0, retriedFrom: 0 }).ok);
  sealed(folder);
  later.close();
  const kept = openCheckpoint(readFileSync(join(folder, "ledger", "checkpoint")), key) ?? assert.fail();
  cpSync(join(folder, "ledger"), join(copy, "ledger"), { recursive: true });
  assert.throws(() => new Sealer({ folder: copy, origin, seed }), /set back/);
  // With the whole folder set back only a checkpoint that was kept elsewhere can tell.
  const set = `${folder}-set`;
  cpSync(copy, set, { recursive: true });
  rmSync(join(set, "ledger"), { recursive: true });
  assert.equal(sealed(set), 10);
  assert.ok(verifyLog({ folder: set, key }).ok);
  assert.match(verifyLog({ folder: set, key, older: kept }).faults.join(), /rolled back/);
});

test("two writers cannot go on from one head: the second is refused, and the log stays one", () => {
  const { folder, file, add } = ledger();
  add(5);
  const one = new Sealer({ folder, origin, seed });
  const two = new Sealer({ folder, origin, seed });
  assert.equal(one.seal(), 5);
  assert.throws(() => two.seal(), LogBroken);
  add(5);
  assert.throws(() => two.seal(), LogBroken);
  assert.equal(one.seal(), 10);
  one.close();
  two.close();
  assert.ok(verifyLog({ folder, key }).ok);
  file.close();
});

test("another key is refused before it signs anything, and so is a checkpoint that the key did not sign", () => {
  const { folder, file, add } = ledger();
  add(5);
  sealed(folder);
  assert.throws(() => new Sealer({ folder, origin, seed: Buffer.alloc(32, 4) }), /not signed with this log's key/);
  assert.throws(() => new Sealer({ folder, origin: "other", seed }), /not signed with this log's key/);
  const stranger = parseVerifierKey(`${readFileSync(join(folder, "ledger", "key"), "utf8")}`);
  assert.equal(stranger?.name, origin);
  assert.equal(verifyLog({ folder, key: signerFrom(origin, Buffer.alloc(32, 4)) }).ok, false);
  file.close();
});

test("no partial tile outlives the full one by much, and no temporary file stays", () => {
  const { folder, file, add } = ledger();
  for (let round = 0; round < 30; round += 1) {
    add(100);
    sealed(folder);
  }
  const left = filesBelow(join(folder, "ledger"));
  assert.deepEqual(
    left.filter((path) => path.endsWith(".new")),
    [],
  );
  assert.ok(left.length < 60, String(left.length));
  assert.ok(left.every((path) => statSync(path).size > 0));
  file.close();
});
