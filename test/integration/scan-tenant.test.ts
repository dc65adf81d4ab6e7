import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "./files.ts";
import { freehold, type House, ledgerOf, startHouse, tidy } from "./house.ts";

interface Answer {
  readonly class: string;
  readonly results: readonly {
    readonly class: string;
    readonly findings: readonly {
      readonly type: string;
      readonly subtype: string | null;
      readonly start: number;
      readonly end: number;
      readonly why: string;
    }[];
  }[];
}

const mail = "jane@example.org";
// In small letters, so that no detector takes it for a name.
const project = "kranichflug";

describe("POST /admin/api/scan, and freehold scan for a tenant", () => {
  let house: House;
  before(async () => {
    house = await startHouse({ charter, estate: estateWith([{ name: "first", url: "http://127.0.0.1:9", kind: "own" }]) });
    const file = join(house.folder, "projects.csv");
    writeFileSync(file, `${project}\nBergkristall\n`);
    assert.equal((await freehold(["tenant", "create", "acme", "--data", house.data])).code, 0);
    const added = await freehold(["known", "add", "projects", file, "--tenant", "acme", "--lines", "--data", house.data]);
    assert.equal(added.code, 0, added.err);
  });
  after(async () => {
    await house?.stop();
    await tidy();
  });

  const ask = (body: unknown): Promise<Response> => house.fetch("/admin/api/scan", { method: "POST", body: JSON.stringify(body) });
  const scanned = async (body: unknown): Promise<Answer> => {
    const response = await ask(body);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Answer;
  };

  it("answers one text, or several in order, with class, place and why, and without the values", async () => {
    const one = await scanned({ text: `to ${mail}` });
    assert.deepEqual(one.class, "sensitive");
    const [finding] = one.results[0]?.findings ?? [];
    assert.deepEqual([finding?.type, finding?.subtype, finding?.start, finding?.end], ["email", null, 3, 19]);
    assert.match(finding?.why ?? "", /RFC 5321/);
    const several = await scanned({ texts: ["nothing", mail, "NIP 5213467894"] });
    assert.deepEqual(
      several.results.map((result) => [result.class, result.findings.length]),
      [
        ["public", 0],
        ["sensitive", 1],
        ["public", 1],
      ],
    );
    assert.ok(!JSON.stringify([one, several]).includes("jane"));
  });

  it("takes a tenant's own lists, and nobody else's", async () => {
    const own = await scanned({ text: `about ${project}`, tenant: "acme" });
    assert.deepEqual(
      own.results[0]?.findings.map(({ type, subtype, why }) => [type, subtype, why]),
      [["known_value", "projects", "It stands on one of the tenant's own lists: on the list projects."]],
    );
    assert.deepEqual((await scanned({ text: `about ${project}` })).results[0]?.findings, []);
  });

  it("refuses what is no question, by name of the field", async () => {
    for (const [body, message] of [
      [{}, /either text or texts/],
      [{ text: "a", texts: ["b"] }, /either text or texts/],
      [{ texts: [] }, /texts/],
      [{ text: 7 }, /text/],
      [{ text: "x".repeat(1_000_001) }, /at most 1,000,000 characters/],
      [{ text: "x", language: "de" }, /Unknown field "language"/],
    ] as const) {
      const response = await ask(body);
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as { error: { message: string } }).error.message, message);
    }
    assert.equal((await ask({ text: "x", tenant: "nobody" })).status, 404);
  });

  it("is in the OpenAPI document", async () => {
    const document = (await (await house.fetch("/admin/api/openapi.json")).json()) as { paths: Record<string, { post?: { requestBody?: unknown } }> };
    assert.match(JSON.stringify(document.paths["/admin/api/scan"]?.post?.requestBody), /texts/);
  });

  it("neither log nor ledger holds anything of the texts", async () => {
    const canary = "canary.of.the.scan@example.org";
    await scanned({ text: canary, tenant: "acme" });
    assert.ok(!house.said().includes("canary"));
    assert.ok(!JSON.stringify(await ledgerOf(house)).includes("canary"));
  });

  it("freehold scan --tenant finds in files what the tenant registered", async () => {
    const { code, out } = await freehold(["scan", "-", "--json", "--tenant", "acme", "--data", house.data], { input: `about ${project}` });
    assert.equal(code, 1);
    const { findings } = JSON.parse(out) as { findings: readonly { type: string; rule: string }[] };
    assert.deepEqual(
      findings.map(({ type, rule }) => [type, rule]),
      [["known_value", "known.projects"]],
    );
    assert.equal((await freehold(["scan", "-", "--data", house.data], { input: `about ${project}` })).code, 0);
  });
});
