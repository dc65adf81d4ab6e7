import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { charter, charterWithPseudonyms, estateWith } from "./files.ts";
import { freehold, type House, ledgerOf, newFolder, startHouse, tidy } from "./house.ts";
import { answering, startUpstream, type Upstream } from "./upstream.ts";

/** Each occurs nowhere else, so that a leak tells where it came from. */
const canary = { project: "Nachtfalke", customer: "Zacharias Quendelmayr", number: "QX-90417", pattern: "ZUGVOGEL" } as const;
const supportMail = "support@own-house.example";

type Body = Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

describe("a tenant's own values", () => {
  let upstream: Upstream;
  let house: House;
  const keys = new Map<string, string>();
  before(async () => {
    upstream = await startUpstream(answering("Good day."));
    house = await startHouse({
      charter: charterWithPseudonyms,
      estate: estateWith([{ name: "far", url: upstream.url, kind: "european" }]),
      env: { FREEHOLD_LOG_LEVEL: "debug" },
    });
    for (const tenant of ["acme", "other"]) {
      await admin("POST", "tenants", { id: tenant });
      keys.set(tenant, ((await admin("POST", "keys", { tenant, origin: "DE" })).body as { key: string }).key);
    }
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  async function admin(method: string, path: string, body?: Body): Promise<Answer> {
    const response = await house.fetch(`/admin/api/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }

  async function ask(
    tenant: string,
    content: string,
    more: Record<string, string> = {},
  ): Promise<Answer & { readonly sent: string; readonly class: string | null }> {
    const received = upstream.received.length;
    const response = await house.fetch("/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify({ model: "assistant", messages: [{ role: "user", content }] }),
      headers: { authorization: `Bearer ${keys.get(tenant) ?? ""}`, ...more },
    });
    const body = (await response.json()) as Body;
    const sent = upstream.received.slice(received).map(({ raw, headers }) => `${JSON.stringify(headers)}${raw.toString()}`);
    return { status: response.status, headers: response.headers, body, sent: sent.join("\n"), class: response.headers.get("x-freehold-class") };
  }

  const lists = "tenants/acme/known/lists";

  it("a code name goes to the backend in clear until it is registered, and never again after that, in any form", async () => {
    const text = `How is ${canary.project} doing?`;
    assert.match((await ask("acme", text)).sent, /Nachtfalke/);
    const added = await admin("POST", lists, { name: "projects", inflected: true, languages: ["de"], values: [canary.project] });
    assert.deepEqual([added.status, added.body.count, added.body.added], [200, 1, 1]);
    for (const form of [canary.project, canary.project.toUpperCase(), `${canary.project}n`, `the_${canary.project.toLowerCase()}_repo`, "Nacht\u200bfalke"]) {
      const answer = await ask("acme", `How is ${form} doing?`);
      assert.equal(answer.status, 200);
      assert.equal(answer.class, "sensitive");
      assert.doesNotMatch(answer.sent, /falke/i, form);
    }
  });

  it("the same text of another tenant is not touched", async () => {
    const answer = await ask("other", `How is ${canary.project} doing?`);
    assert.equal(answer.class, "public");
    assert.match(answer.sent, /Nachtfalke/);
  });

  it("a request named after a registered value is given another name", async () => {
    const named = await ask("acme", "Hello", { "x-request-id": canary.project });
    assert.notEqual(named.headers.get("x-request-id"), canary.project);
    assert.doesNotMatch(named.sent, /Nachtfalke/);
    assert.equal((await ask("other", "Hello", { "x-request-id": "an-id-of-mine" })).headers.get("x-request-id"), "an-id-of-mine");
  });

  it("a list beats a detector: the finding is of the list's type and class", async () => {
    const explained = async (): Promise<unknown> =>
      (await admin("POST", "explain", { model: "assistant", origin: "DE", tenant: "acme", text: "pay 4111 1111 1111 1111 now" })).body.detected;
    assert.deepEqual(await explained(), [{ type: "card", count: 1 }]);
    await admin("POST", lists, { name: "accounts", type: "business_id", class: "secret", values: ["4111 1111 1111 1111"] });
    assert.deepEqual(await explained(), [{ type: "business_id", count: 1 }]);
    const refused = await ask("acme", "pay 4111 1111 1111 1111 now");
    assert.deepEqual([refused.status, (refused.body.error as Body).code, refused.sent], [403, "secret_detected", ""]);
  });

  it("an allow-list lets the house's own address go as public", async () => {
    assert.equal((await ask("acme", `Write to ${supportMail}.`)).class, "sensitive");
    await admin("POST", "tenants/acme/known/allowed", { name: "own", values: [supportMail] });
    const answer = await ask("acme", `Write to ${supportMail}.`);
    assert.equal(answer.class, "public");
    assert.match(answer.sent, /support@own-house\.example/);
    assert.equal((await ask("acme", `Write to not.${supportMail}.`)).class, "sensitive");
    assert.equal((await ask("other", `Write to ${supportMail}.`)).class, "sensitive");
  });

  it("a pattern finds its shape, and one that cannot be searched for in linear time is refused at its place", async () => {
    const path = "tenants/acme/known/patterns";
    const refused = await admin("POST", path, { name: "files", pattern: `${canary.pattern}(?=x)` });
    assert.deepEqual([refused.status, (refused.body.error as Body).param], [400, "pattern"]);
    assert.match(String((refused.body.error as Body).message), /^position 9: Look-around/);
    assert.equal((await admin("POST", path, { name: "files", pattern: `${canary.pattern}-\\d{4}` })).status, 200);
    const answer = await ask("acme", `File ${canary.pattern}-1234 is closed.`);
    assert.equal(answer.class, "sensitive");
    assert.doesNotMatch(answer.sent, /ZUGVOGEL/);
    assert.equal((await ask("acme", `File ${canary.pattern}-12 is closed.`)).class, "public");
  });

  it("a CSV by the command line, through the running instance: names in both orders, and a removal counts at once", async () => {
    const file = join(newFolder(), "customers.csv");
    writeFileSync(file, `Vorname;Nachname;Kundennummer\nZacharias;Quendelmayr;${canary.number}\nIm;Fo;77\n`);
    const at = ["--tenant", "acme", "--data", house.data, "--json"];
    const added = await freehold(["known", "add", "customers", file, "--type", "person", ...at]);
    assert.equal(added.code, 0, added.err);
    const change = JSON.parse(added.out) as Body;
    assert.deepEqual([change.type, change.skipped], ["person", 3]);
    for (const text of [canary.customer, "Quendelmayr, Zacharias", "QUENDELMAYR ZACHARIAS", `number ${canary.number}`]) {
      const answer = await ask("acme", `Dear ${text}!`);
      assert.equal(answer.class, "sensitive");
      assert.doesNotMatch(answer.sent, /Quendelmayr|90417/i, text);
    }
    const one = join(newFolder(), "one.txt");
    writeFileSync(one, `${canary.number}\n`);
    assert.equal((await freehold(["known", "remove", "customers", one, ...at])).code, 0);
    assert.match((await ask("acme", `number ${canary.number}`)).sent, /90417/);
    assert.doesNotMatch((await ask("acme", canary.customer)).sent, /Quendelmayr/);
    assert.equal((await freehold(["known", "remove", "customers", ...at])).code, 0);
    assert.equal((await admin("GET", "tenants/acme/known/customers")).status, 404);
    await freehold(["known", "add", "customers", file, "--type", "person", ...at]);
  });

  it("a file with a fault is told with line and column and stores nothing", async () => {
    const file = join(newFolder(), "bad.csv");
    writeFileSync(file, `name,e-mail\n${canary.customer},a@b.example\n${canary.project},"open\n`);
    const bad = await freehold(["known", "add", "staff", file, "--tenant", "acme", "--data", house.data]);
    assert.equal(bad.code, 2);
    assert.equal(bad.err.trim(), `${file}:3:12: error: the quotation mark that opens here is never closed`);
    const posted = await admin("POST", lists, { name: "staff", csv: readFileSync(file, "utf8") });
    assert.deepEqual([posted.status, (posted.body.error as Body).code], [400, "file_invalid"]);
    assert.match(String((posted.body.error as Body).message), /^line 3, column 12: /);
    assert.equal((await admin("GET", "tenants/acme/known/staff")).status, 404);
  });

  it("listing shows counts, revealing shows values and is recorded, and nobody reaches another tenant's", async () => {
    const listed = await admin("GET", "tenants/acme/known");
    const names = (listed.body as unknown as Body[]).map(({ name }) => name);
    assert.deepEqual(names, ["accounts", "customers", "files", "own", "projects"]);
    assert.doesNotMatch(JSON.stringify(listed.body), /Quendelmayr|Nachtfalke|ZUGVOGEL/);
    assert.deepEqual((await admin("GET", "tenants/acme/known/projects?reveal=true")).body.values, [canary.project]);
    const acts = (await ledgerOf(house, "--kind", "known")).map(({ act, name }) => `${act} ${name}`);
    assert.equal(acts.at(-1), "reveal projects");
    assert.deepEqual((await admin("GET", "tenants/other/known")).body, []);
    assert.equal((await admin("GET", "tenants/other/known/projects")).status, 404);
    assert.equal((await admin("GET", "tenants/nobody/known")).status, 404);
    const client = await house.fetch("/admin/api/tenants/acme/known", { headers: { authorization: `Bearer ${keys.get("acme") ?? ""}` } });
    assert.equal(client.status, 403);
  });

  it("values stand in clear in no log, no metric, no ledger entry and no file of the data folder", async () => {
    const places: [string, string | Buffer][] = [
      ["log", house.said()],
      ["metrics", await (await house.fetch("/metrics")).text()],
      ["ledger", JSON.stringify(await ledgerOf(house))],
      ["status", JSON.stringify((await admin("GET", "status")).body)],
    ];
    const files = readdirSync(house.data, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(house.data, name)).isFile());
    assert.ok(files.includes("freehold.db") && files.some((name) => name.startsWith("ledger")));
    for (const name of files) places.push([name, readFileSync(join(house.data, name))]);
    for (const [where, content] of places) {
      for (const value of ["Nachtfalke", "Quendelmayr", "90417", "ZUGVOGEL"]) assert.equal(content.includes(value), false, `${where} holds ${value}`);
    }
  });

  it("what was registered is in force again after a kill -9", async () => {
    const { folder } = house;
    await admin("POST", lists, { name: "projects", values: ["Wintergoldhaehnchen"] });
    await house.stop("SIGKILL");
    house = await startHouse({ folder });
    assert.doesNotMatch((await ask("acme", "Is Wintergoldhaehnchen ready?")).sent, /Wintergold/);
    assert.doesNotMatch((await ask("acme", canary.project)).sent, /Nachtfalke/);
  });

  it("values that were changed by other hands refuse the tenant's requests, and no other tenant's", async () => {
    const { folder, data } = house;
    await house.stop();
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(join(data, "freehold.db"));
    database.exec("UPDATE known_values SET sealed = zeroblob(length(sealed)) WHERE name = 'projects'");
    database.close();
    house = await startHouse({ folder });
    const answer = await ask("acme", "Hello");
    assert.deepEqual([answer.status, answer.sent], [500, ""]);
    assert.equal((await ask("other", "Hello")).status, 200);
  });
});

describe("classes by type and the class of the unreadable", () => {
  let upstream: Upstream;
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  it("the charter gives what cannot be read its class, a tenant raises it and the class of a type, and the decision says why", async () => {
    upstream = await startUpstream(answering());
    const house = await startHouse({
      charter: `${charter}unreadable: public\n`,
      estate: estateWith([
        { name: "near", url: upstream.url, kind: "own" },
        { name: "far", url: upstream.url, kind: "european" },
      ]),
    });
    const content = [{ type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(200)}` } }];
    const ask = async (body: unknown, key?: string): Promise<string | null> => {
      const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const headers = { "x-freehold-origin": "DE", ...authorization };
      const response = await house.fetch("/v1/chat/completions", {
        method: "POST",
        headers,
        body: JSON.stringify({ model: "assistant", messages: [{ role: "user", content: body }] }),
      });
      await response.arrayBuffer();
      return response.headers.get("x-freehold-class");
    };
    assert.equal(await ask(content), "public");
    const run = (...args: readonly string[]) => freehold([...args, "--data", house.data]);
    assert.equal((await run("tenant", "create", "strict", "--class", "other=sensitive", "--class", "business_id=sensitive")).code, 0);
    const { key } = JSON.parse((await run("key", "create", "--tenant", "strict", "--origin", "DE", "--json")).out) as { key: string };
    assert.equal(await ask(content, key), "sensitive");
    const explained = await house.fetch("/admin/api/explain", {
      method: "POST",
      body: JSON.stringify({ model: "assistant", origin: "DE", tenant: "strict", text: "VAT DE136695976" }),
    });
    const decision = (await explained.json()) as { class: string; classReasons: { from: string; message: string }[] };
    assert.equal(decision.class, "sensitive");
    assert.deepEqual(
      decision.classReasons.map(({ message }) => message),
      ["found business_id ×1", "the tenant gives business_id the class sensitive"],
    );
    const lowering = await run("tenant", "classes", "strict", "person=public");
    assert.equal(lowering.code, 2);
    assert.equal((await run("tenant", "classes", "strict")).code, 0);
    assert.equal(await ask(content, key), "public");
  });
});
