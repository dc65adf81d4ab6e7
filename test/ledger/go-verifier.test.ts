import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { openLedger } from "#ledger";
import { requirement } from "../requirements.ts";
import { decisionEntry } from "./entries.ts";

const sources = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog";
const there = existsSync(sources) && spawnSync("go", ["version"]).status === 0;
const skip = requirement("Go and its module packages", there, "Debian: golang-go golang-golang-x-mod-dev");

const entries = 50_000;

/** Verification by others: Go's code for its own checksum database, and OpenSSL for the signature. */
describe("a ledger of 50,000 entries", { skip }, () => {
  const scratch = mkdtempSync(join(tmpdir(), "freehold-go-"));
  const data = join(scratch, "data");
  const log = join(data, "ledger");
  const program = join(scratch, "verify-log");
  const kept = join(scratch, "kept-checkpoint");
  let key = "";
  const verify = (...more: readonly string[]) => spawnSync(program, [log, key, ...more], { encoding: "utf8" });

  before(async () => {
    for (const count of [entries / 2, entries / 2]) {
      const opened = await openLedger({ folder: data, clock: { now: () => Date.now() }, recover: false });
      assert.ok(opened.ok);
      const ledger = opened.value;
      const identity = { origin: "log.example/go", seed: Buffer.alloc(32, 9) };
      assert.ok((await ledger.seal(identity)).ok);
      for (let at = 0; at < count; at += 1000) {
        const some = Array.from({ length: 1000 }, () => decisionEntry({ verdict: "refuse", code: "unknown_origin" }));
        for (const result of await Promise.all(some.map((entry) => ledger.append(entry, entry)))) assert.ok(result.ok);
      }
      await ledger.close();
      if (!existsSync(kept)) writeFileSync(kept, readFileSync(join(log, "checkpoint")));
    }
    key = readFileSync(join(log, "key"), "utf8").trim();
    execFileSync("go", ["build", "-o", program, fileURLToPath(new URL("verify-log.go", import.meta.url))], {
      env: { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOCACHE: join(scratch, "cache"), GOFLAGS: "", HOME: scratch },
    });
  });
  after(() => rmSync(scratch, { recursive: true }));

  it("is accepted by Go's own verifier, entry by entry, and as the continuation of an older checkpoint", () => {
    const { status, stdout } = verify(kept);
    assert.deepEqual([status, stdout], [0, `verified: ${entries} entries of log.example/go\n`]);
  });

  const mutations: readonly (readonly [string, string, (bytes: Buffer) => Buffer])[] = [
    ["an entry", "tile/entries/007", (bytes) => Buffer.from(bytes.toString("latin1").replace("unknown_origin", "secret_detecte"), "latin1")],
    ["a hash of a tile", "tile/0/011", (bytes) => flipped(bytes, 100)],
    ["a hash of a tile above", "tile/1/000.p/195", (bytes) => flipped(bytes, 40)],
    ["the checkpoint's size", "checkpoint", (bytes) => Buffer.from(bytes.toString().replace("50000", "49999"))],
    ["the checkpoint's signature", "checkpoint", (bytes) => flipped(bytes, bytes.length - 20)],
    ["an entry that is missing", "tile/entries/100", (bytes) => bytes.subarray(2 + bytes.readUInt16BE(0))],
  ];
  for (const [name, path, change] of mutations) {
    it(`is refused with a change: ${name}`, () => {
      const file = join(log, path);
      const good = readFileSync(file);
      const bad = change(good);
      assert.ok(!bad.equals(good), "nothing was changed");
      writeFileSync(file, bad);
      const { status, stdout } = verify(kept);
      writeFileSync(file, good);
      assert.equal(status, 1, stdout);
      assert.match(stdout, /^refused: /);
    });
  }

  it("has a checkpoint whose signature OpenSSL verifies, and refuses when a digit is changed", () => {
    const note = readFileSync(join(log, "checkpoint"), "utf8");
    const text = note.slice(0, note.indexOf("\n\n") + 1);
    const signature = Buffer.from(note.trimEnd().split(" ").at(-1) ?? "", "base64").subarray(4);
    const publicKey = Buffer.from(key.split("+").slice(2).join("+"), "base64").subarray(1);
    const file = (name: string, bytes: Uint8Array | string): string => {
      writeFileSync(join(scratch, name), bytes);
      return join(scratch, name);
    };
    const der = file("key.der", Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]));
    const signed = file("signature", signature);
    const openssl = (body: string): number | null =>
      spawnSync("openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", der, "-keyform", "DER", "-rawin", "-in", file("text", body), "-sigfile", signed]).status;
    assert.equal(openssl(text), 0);
    assert.notEqual(openssl(text.replace("50000", "50001")), 0);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const bad = Buffer.from(bytes);
  bad[at] = (bad[at] ?? 0) ^ 1;
  return bad;
}
