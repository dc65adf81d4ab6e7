import assert from "node:assert/strict";
import { test } from "node:test";
import { endpointOf } from "./destination.ts";
import { openDialler } from "./dialler.ts";

const timeouts = { connect: 1_000, firstByte: 1_000, betweenChunks: 1_000 };

test("a plain URL is taken apart as it is written", () => {
  const cases = [
    ["https://api.mistral.ai/v1", { origin: "https://api.mistral.ai", secure: true, host: "api.mistral.ai", port: 443, basePath: "/v1" }],
    ["http://10.0.0.7:8000/v1/", { origin: "http://10.0.0.7:8000", secure: false, host: "10.0.0.7", port: 8000, basePath: "/v1" }],
    ["http://[fd00::7]:8000", { origin: "http://[fd00::7]:8000", secure: false, host: "fd00::7", port: 8000, basePath: "" }],
    ["HTTPS://API.Mistral.AI/v1", { origin: "https://api.mistral.ai", secure: true, host: "api.mistral.ai", port: 443, basePath: "/v1" }],
    ["http://my_vllm:8000/a/b.c~d/e:f", { origin: "http://my_vllm:8000", secure: false, host: "my_vllm", port: 8000, basePath: "/a/b.c~d/e:f" }],
  ] as const;
  for (const [text, endpoint] of cases) {
    assert.deepEqual(endpointOf(text), endpoint);
    assert.deepEqual(endpointOf(new URL(text)), endpoint);
  }
});

/** Each reads like one host and is another, or is no HTTP destination at all. */
const confusing = [
  "http://good.example@evil.example",
  "http://good.example:80@evil.example/",
  "http://user:secret@good.example/",
  "http://good.example\\@evil.example/",
  "http://good.example\\.evil.example/",
  "http:\\\\good.example/",
  "http:good.example",
  "http:/good.example",
  "http:///good.example",
  "http://good.example#@evil.example/",
  "http://good.example?@evil.example/",
  "http://good.example/?x",
  "http://good.example/?",
  "http://good.example/#x",
  "http://%65vil.example/",
  "http://ｇood.example/",
  "http://gööd.example/",
  "http://good.example。evil.example/",
  "http://good\t.example/",
  "http://good.example\n.evil.example/",
  " http://good.example/",
  "http://good.example /",
  "http://0x7f.1/",
  "http://2130706433/",
  "http://0177.0.0.1/",
  "http://127.1/",
  "http://[::ffff:127.0.0.1]/",
  "http://[0:0::1]/",
  "http://[::1%25lo]/",
  "http://good.example./",
  "http://.example/",
  "http://good..example/",
  "http://good.example:0/",
  "http://good.example:99999/",
  "http://good.example:8o/",
  "http://good.example/a/../b",
  "http://good.example/a/%2e%2e/b",
  "http://good.example/a//b",
  "http://good.example//evil.example",
  "http://good.example/a\\b",
  "http://good.example/@evil.example",
  "http://good.example/a b",
  "ftp://good.example/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "ws://good.example/",
  "good.example",
  "//good.example/",
  "http://",
  "",
];

test("a URL that two readers could understand differently is refused before anything is opened", () => {
  assert.ok(confusing.length > 40);
  for (const url of confusing) {
    assert.throws(() => openDialler({ destinations: [{ name: "d", url, timeouts }] }), /^TypeError: destination d: /, JSON.stringify(url));
  }
});

test("a parsed URL with user info, a query, an odd path or another scheme is refused too", () => {
  for (const text of [
    "http://good.example@evil.example/",
    "http://good.example/?x=1",
    "http://good.example/#x",
    "http://good.example\\@evil.example/",
    "http://good.example/a%2fb",
    "http://good.example:0/",
    "http://good.example./",
    "ftp://good.example/",
  ]) {
    assert.throws(() => openDialler({ destinations: [{ name: "d", url: new URL(text), timeouts }] }), TypeError, text);
  }
});

test("a message about a refused URL does not repeat its password", () => {
  assert.throws(
    () => openDialler({ destinations: [{ name: "d", url: new URL("http://u:hunter2@good.example/"), timeouts }] }),
    (error: Error) => !error.message.includes("hunter2"),
  );
});

test("what cannot work is refused at the start: pins, certificates, timeouts, blocks, names twice", () => {
  const url = "https://good.example/";
  const bad = [
    { tls: { pins: ["sha256/short"] } },
    { tls: { pins: ["sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] } },
    { tls: { ca: "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n" } },
    { timeouts: { ...timeouts, firstByte: 0 } },
    { timeouts: { ...timeouts, connect: Number.NaN } },
    { addresses: ["everywhere"] },
  ];
  for (const wrong of bad)
    assert.throws(() => openDialler({ destinations: [{ name: "d", url, timeouts, ...wrong }] }), /destination d: /, JSON.stringify(wrong));
  assert.throws(
    () =>
      openDialler({
        destinations: [
          { name: "d", url, timeouts },
          { name: "d", url, timeouts },
        ],
      }),
    /two destinations/,
  );
});
