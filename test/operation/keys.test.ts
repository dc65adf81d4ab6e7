import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "../integration/files.ts";
import { freehold, type House, ledgerOf, type Run, startHouse, tidy } from "../integration/house.ts";
import { startUpstream, type Upstream, until } from "../integration/upstream.ts";
import { chat, errorOf } from "./asking.ts";

interface Created {
  readonly id: string;
  readonly key: string;
  readonly tenant: string;
}

describe("keys", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    const models = "{ assistant: { served-as: served }, expert: { served-as: served-expert } }";
    house = await startHouse({
      charter,
      estate: estateWith([
        { name: "first", url: upstream.url, kind: "own", models },
        { name: "abroad", url: upstream.url, kind: "european", models: "{ traveller: { served-as: served } }" },
      ]),
    });
  });
  after(async () => {
    await house?.stop();
    await tidy();
    await upstream?.close();
  });

  const command = (...args: readonly string[]): Promise<Run> => freehold([...args, "--data", house.data], { cwd: house.folder });
  const create = async (...flags: readonly string[]): Promise<Created> => {
    const run = await command("key", "create", "--json", ...flags);
    assert.equal(run.code, 0, run.err);
    return JSON.parse(run.out) as Created;
  };
  const statesOf = async (): Promise<Map<unknown, unknown>> => {
    const run = await command("key", "list", "--json");
    assert.equal(run.code, 0, run.err);
    const rows = run.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    return new Map(rows.map(({ id, state }) => [id, state]));
  };
  const bearer = ({ key }: Created): Record<string, string> => ({ authorization: `Bearer ${key}` });
  const ask = (key: Created, extra: Record<string, unknown> = {}, headers: Record<string, string> = {}) => chat(house, extra, { ...bearer(key), ...headers });
  const codeOf = async (response: Response): Promise<string | null> => {
    if (!response.ok) return (await errorOf(response)).code;
    await response.arrayBuffer();
    return null;
  };

  it("are created, listed and revoked by the command, and a revoked one is refused at once", async () => {
    const created = await create("--origin", "DE", "--label", "for the test");
    assert.deepEqual(Object.keys(created), ["id", "key", "tenant"]);
    assert.match(created.id, /^key_[0-9A-Za-z]{8}$/);
    assert.match(created.key, /^fh_[0-9A-Za-z]{36}$/);
    assert.equal(created.tenant, "default");
    assert.equal((await ask(created)).status, 200);
    assert.equal((await statesOf()).get(created.id), "active");
    const revoked = await command("key", "revoke", created.id, "--json");
    assert.equal(revoked.code, 0, revoked.err);
    const refused = await ask(created);
    assert.deepEqual([refused.status, await codeOf(refused)], [401, "invalid_api_key"]);
    assert.equal((await statesOf()).get(created.id), "revoked");
    assert.equal((await command("key", "revoke", "key_nobody00")).code, 2);
    const acts = (await ledgerOf(house)).filter(({ kind, key }) => kind === "key" && key === created.id);
    assert.deepEqual(
      acts.map(({ act, tenant }) => [act, tenant]),
      [
        ["create", "default"],
        ["revoke", "default"],
      ],
    );
  });

  it("are revoked over HTTP too, in the middle of a conversation on one connection", async () => {
    const created = await create("--origin", "DE");
    assert.equal((await ask(created)).status, 200);
    assert.equal((await house.fetch(`/admin/api/keys/${created.id}`, { method: "DELETE" })).status, 200);
    assert.equal((await ask(created)).status, 401);
  });

  it("end by themselves at the time that they were given", async () => {
    const at = new Date(Date.now() + 2500).toISOString();
    const created = await create("--origin", "DE", "--expires", at);
    assert.equal((await ask(created)).status, 200);
    await until(async () => (await ask(created)).status === 401, "it has expired");
    assert.ok(Date.now() >= Date.parse(at));
    assert.equal((await statesOf()).get(created.id), "expired");
    const past = await command("key", "create", "--expires", "2020-01-01T00:00:00Z");
    assert.equal(past.code, 2);
    assert.match(past.err, /already passed/);
  });

  it("see and use only the models that they were given", async () => {
    const created = await create("--origin", "DE", "--model", "expert");
    const listed = (await (await house.fetch("/v1/models", { headers: bearer(created) })).json()) as { data: { id: string }[] };
    assert.deepEqual(
      listed.data.map(({ id }) => id),
      ["expert"],
    );
    assert.equal((await house.fetch("/v1/models/expert", { headers: bearer(created) })).status, 200);
    const hidden = await house.fetch("/v1/models/assistant", { headers: bearer(created) });
    assert.deepEqual([hidden.status, await codeOf(hidden)], [404, "model_not_found"]);
    assert.equal((await ask(created, { model: "expert" })).status, 200);
    const barred = await ask(created);
    assert.deepEqual([barred.status, await codeOf(barred)], [403, "not_entitled"]);
    const unknown = await ask(created, { model: "nobody" });
    assert.deepEqual([unknown.status, await codeOf(unknown)], [404, "model_not_found"]);
    assert.equal((await command("key", "create", "--model", "nobody")).code, 2);
  });

  it("say where their people are; a header is believed only from a key that may assert it", async () => {
    const german = await create("--origin", "DE");
    const british = await create("--origin", "GB");
    const nowhere = await create();
    const gate = await create("--assert-origin");
    const jurisdictionOf = async (key: Created, origin?: string): Promise<string | null> => {
      const response = await house.fetch("/v1/chat/completions", {
        method: "POST",
        body: JSON.stringify({ model: "traveller", messages: [{ role: "user", content: "Hello" }] }),
        headers: { ...bearer(key), ...(origin !== undefined && { "x-freehold-origin": origin }) },
      });
      const code = await codeOf(response);
      return `${response.headers.get("x-freehold-jurisdiction")} ${code}`;
    };
    assert.equal(await jurisdictionOf(german), "eu null");
    assert.equal(await jurisdictionOf(british), "uk no_permitted_backend");
    assert.equal(await jurisdictionOf(british, "DE"), "uk no_permitted_backend", "a header of the client's own changes nothing");
    assert.equal(await jurisdictionOf(nowhere), "null unknown_origin");
    assert.equal(await jurisdictionOf(nowhere, "DE"), "null unknown_origin");
    assert.equal(await jurisdictionOf(gate, "DE"), "eu null");
    assert.equal(await jurisdictionOf(gate, "GB"), "uk no_permitted_backend");
  });

  it("belong to a tenant, whose floor, origin and models hold for them", async () => {
    const made = await command(
      "tenant",
      "create",
      "clinic",
      "--origin",
      "DE",
      "--floor",
      "sensitive",
      "--model",
      "assistant",
      "--model",
      "traveller",
      "--json",
    );
    assert.equal(made.code, 0, made.err);
    const created = await create("--tenant", "clinic");
    assert.equal(created.tenant, "clinic");
    const headers = bearer(created);
    const send = (model: string, extra: Record<string, string> = {}) =>
      house.fetch("/v1/chat/completions", {
        method: "POST",
        body: JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] }),
        headers: { ...headers, ...extra },
      });
    const answered = await send("assistant", { "x-freehold-class": "public" });
    assert.deepEqual([answered.status, answered.headers.get("x-freehold-class"), answered.headers.get("x-freehold-jurisdiction")], [200, "sensitive", "eu"]);
    const abroad = await send("traveller");
    assert.deepEqual([abroad.status, await codeOf(abroad)], [403, "no_permitted_backend"]);
    assert.equal(await codeOf(await send("expert")), "not_entitled");
    assert.equal((await command("key", "create", "--tenant", "nobody")).code, 2);
    assert.equal((await command("tenant", "create", "clinic")).code, 2);
  });

  it("that administer open the admin API, and others do not", async () => {
    const admin = await create("--admin");
    const other = await create();
    assert.equal((await house.fetch("/admin/api/status", { headers: bearer(admin) })).status, 200);
    assert.equal((await house.fetch("/admin/api/status", { headers: bearer(other) })).status, 403);
  });

  it("are made and revoked without a running instance too, are in force after the next start, and lie nowhere as they are", async () => {
    await house.stop();
    const kept = await create("--origin", "DE");
    const dropped = await create("--origin", "DE");
    assert.equal((await command("key", "revoke", dropped.id)).code, 0);
    assert.deepEqual([(await statesOf()).get(kept.id), (await statesOf()).get(dropped.id)], ["active", "revoked"]);
    house = await startHouse({ folder: house.folder });
    assert.deepEqual([(await ask(kept)).status, (await ask(dropped)).status], [200, 401]);
    const acts = (await ledgerOf(house)).filter(({ kind, key }) => kind === "key" && (key === kept.id || key === dropped.id));
    assert.deepEqual(
      acts.map(({ act }) => act),
      ["create", "create", "revoke"],
    );
    const files = readdirSync(house.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 2);
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      for (const { key } of [kept, dropped]) {
        assert.equal(bytes.includes(key), false, name);
        assert.equal(bytes.includes(key.slice(11)), false, `${name} holds the secret part`);
      }
    }
  });
});
