import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { openGeoIp } from "./geoip.ts";

const text = (value: string): Buffer => Buffer.concat([Buffer.from([(2 << 5) | value.length]), Buffer.from(value)]);
const map = (entries: Record<string, Buffer>): Buffer =>
  Buffer.concat([Buffer.from([(7 << 5) | Object.keys(entries).length]), ...Object.entries(entries).flatMap(([key, value]) => [text(key), value])]);
const number = (value: number): Buffer => Buffer.from([(6 << 5) | 4, value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
/** Extended type 9, a 64-bit integer of no bytes: zero. */
const zero64 = Buffer.from([0, 2]);
/** Extended type 11, an empty array. */
const empty = Buffer.from([0, 4]);

/** A MaxMind DB (format 2.0) for IPv4 that knows the country of each given address and of no other. */
function database(countries: Readonly<Record<string, string>>): Buffer {
  const nodes: [number, number][] = [[-1, -1]];
  const data: Buffer[] = [];
  const leaves: { readonly node: number; readonly side: 0 | 1; readonly offset: number }[] = [];
  for (const [address, code] of Object.entries(countries)) {
    const bits = address.split(".").flatMap((part) => Array.from({ length: 8 }, (_empty, index) => ((Number(part) >> (7 - index)) & 1) as 0 | 1));
    let node = 0;
    for (const [index, side] of bits.entries()) {
      const at = nodes[node];
      assert.ok(at);
      if (index === 31) {
        leaves.push({ node, side, offset: Buffer.concat(data).length });
        data.push(map({ country: map({ iso_code: text(code) }) }));
      } else {
        if (at[side] === -1) at[side] = nodes.push([-1, -1]) - 1;
        node = at[side];
      }
    }
  }
  for (const { node, side, offset } of leaves) {
    const at = nodes[node];
    assert.ok(at);
    at[side] = nodes.length + 16 + offset;
  }
  const tree = Buffer.concat(
    nodes.flat().map((record) => {
      const value = record === -1 ? nodes.length : record;
      return Buffer.from([value >>> 16, (value >>> 8) & 255, value & 255]);
    }),
  );
  const metadata = map({
    node_count: number(nodes.length),
    record_size: number(24),
    ip_version: number(4),
    database_type: text("Country"),
    languages: empty,
    binary_format_major_version: number(2),
    binary_format_minor_version: number(0),
    build_epoch: zero64,
    description: map({}),
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from([0xab, 0xcd, 0xef]), Buffer.from("MaxMind.com"), metadata]);
}

describe("openGeoIp", () => {
  const folder = mkdtempSync(join(tmpdir(), "freehold-geoip-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = (bytes: Buffer): string => {
    const path = join(folder, `${Math.abs(bytes.readInt32LE(0))}-${bytes.length}.mmdb`);
    writeFileSync(path, bytes);
    return path;
  };

  it("tells the country of an address that the file knows, and nothing of others", () => {
    const opened = openGeoIp(file(database({ "192.0.2.7": "FR", "198.51.100.1": "GB" })));
    assert.ok(opened.ok);
    assert.equal(opened.value("192.0.2.7"), "FR");
    assert.equal(opened.value("::ffff:198.51.100.1"), "GB");
    assert.equal(opened.value("192.0.2.8"), undefined);
  });

  it("names the file when it is no such database", () => {
    const opened = openGeoIp(file(Buffer.from("not a database at all")));
    assert.ok(!opened.ok);
    assert.match(opened.error.message, /\.mmdb, which geoip names/);
    assert.equal(openGeoIp(join(folder, "absent")).ok, false);
  });
});
