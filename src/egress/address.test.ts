import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AddressKind, addressKind, addressPolicy } from "./address.ts";

const kinds: readonly (readonly [AddressKind, readonly string[]])[] = [
  ["public", ["8.8.8.8", "93.184.216.34", "2a01:4f8::1", "2606:4700::6810:84e5", "::ffff:8.8.8.8", "64:ff9b::808:808", "172.32.0.1", "223.255.255.255"]],
  [
    "private",
    ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fd00::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"],
  ],
  ["loopback", ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1"]],
  [
    "reserved",
    ["169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"],
  ],
  ["reserved", ["168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"]],
  [
    "reserved",
    [
      "ff02::1",
      "2001:db8::1",
      "2002:7f00:1::",
      "2001:0:7f00:1::",
      "64:ff9b:1::7f00:1",
      "::7f00:1",
      "::ffff:5",
      "fec0::1",
      "localhost",
      "",
      "0x7f.1",
      "2130706433",
    ],
  ],
];

test("every spelling of a loopback, private, metadata or reserved address is recognised", () => {
  for (const [kind, addresses] of kinds) for (const address of addresses) assert.equal(addressKind(address), kind, address);
});

test("an IPv4 address and the same address mapped into IPv6 are always of one kind", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const form of [`::ffff:${address}`, `::FFFF:${hex}`, `0:0:0:0:0:ffff:${hex}`, `64:ff9b::${hex}`])
        assert.equal(addressKind(form), addressKind(address), form);
    }),
  );
});

test("no IPv6 address outside 2000::/3 counts as public unless it carries a public IPv4 address", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      if (addressKind(address) !== "public") return;
      const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
      assert.match(canonical, /^([23][0-9a-f]{3}:|::ffff:|64:ff9b::)/);
    }),
  );
});

test("a name may resolve to public addresses alone", () => {
  const policy = addressPolicy("api.example", false, undefined);
  assert.equal(policy.admits("8.8.8.8"), true);
  for (const address of ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%lo"])
    assert.equal(policy.admits(address), false, address);
});

test("a name on the estate's own network may be private, yet never the metadata service", () => {
  const policy = addressPolicy("vllm.keller", true, undefined);
  for (const address of ["10.0.0.7", "fd00::7", "127.0.0.1", "8.8.8.8"]) assert.equal(policy.admits(address), true, address);
  for (const address of ["169.254.169.254", "fd00:ec2::254", "0.0.0.0", "fe80::1"]) assert.equal(policy.admits(address), false, address);
});

test("localhost is loopback and nothing else, whatever a name server says", () => {
  for (const host of ["localhost", "api.localhost"]) {
    const policy = addressPolicy(host, true, undefined);
    assert.equal(policy.admits("::1"), true);
    assert.equal(policy.admits("8.8.8.8"), false);
    assert.equal(policy.admits("10.0.0.1"), false);
  }
});

test("a literal is reached at itself alone", () => {
  const policy = addressPolicy("10.0.0.7", false, undefined);
  assert.equal(policy.admits("10.0.0.7"), true);
  assert.equal(policy.admits("::ffff:10.0.0.7"), true);
  assert.equal(policy.admits("10.0.0.8"), false);
  assert.equal(addressPolicy("fd00::7", false, undefined).admits("fd00:0:0::7"), true);
});

test("a list of addresses outranks every other rule", () => {
  const policy = addressPolicy("api.example", true, ["203.0.113.0/24", "fd00::/8"]);
  for (const address of ["203.0.113.9", "fd12::1", "::ffff:203.0.113.9"]) assert.equal(policy.admits(address), true, address);
  for (const address of ["8.8.8.8", "10.0.0.1", "fe80::1", "nonsense"]) assert.equal(policy.admits(address), false, address);
});

test("a list that is not CIDR, or that leaves the literal host out, is refused at the start", () => {
  for (const block of ["10.0.0.0/33", "10.0.0/8", "example.org", "10.0.0.0/8/9", "10.0.0.0/", "::/129", "10.0.0.0/-1"]) {
    assert.throws(() => addressPolicy("api.example", false, [block]), TypeError, block);
  }
  assert.throws(() => addressPolicy("10.0.0.7", false, ["10.0.1.0/24"]), /outside/);
});
