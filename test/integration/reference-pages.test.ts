import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { definitionOf, errorCodes } from "#kernel";
import { inCode, sectionsOf, tableRows } from "../guards/reference-pages.ts";
import { charter, estateWith } from "./files.ts";
import { type House, ledgerOf, startHouse, tidy } from "./house.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

const page = (name: string): string => readFileSync(`docs/reference/${name}.md`, "utf8");
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

/** Names in the first cell of each row. */
const rowNames = (text: string): readonly string[] => sorted(tableRows(text).flatMap(([cell = ""]) => inCode(cell)));

/** What the pages say of a running instance, held against one. */
describe("the reference of a running instance", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter, estate: estateWith([{ name: "first", url: upstream.url, kind: "own" }]) });
  });
  after(async () => {
    await house?.stop();
    await upstream?.close();
    await tidy();
  });

  const ask = (more: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    house.fetch("/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify({ model: "assistant", messages: [{ role: "user", content: "Hello" }], ...more }),
      headers: { "x-freehold-origin": "DE", ...headers },
    });

  it("ledger.md names the fields of each kind of entry, and no others", async () => {
    assert.equal((await ask({})).status, 200);
    const entries = await ledgerOf(house);
    const common = ["index", "time", "kind", "requestId"];
    /** Told by the page for requests with pseudonyms alone, which this one is not. */
    const onlySometimes = new Set(["unresolvedPseudonyms"]);
    for (const kind of ["decision", "outcome"]) {
      const entry = entries.find((row) => row.kind === kind);
      assert.ok(entry !== undefined, kind);
      const own = Object.keys(entry).filter((field) => !common.includes(field));
      const told = rowNames(sectionsOf(page("ledger")).get(kind) ?? "").filter((field) => field !== "requestId" && !onlySometimes.has(field));
      assert.deepEqual(told, sorted(own), kind);
    }
    const acts = new Map(tableRows(sectionsOf(page("ledger")).get("Acts") ?? "").map(([kinds = "", , fields = ""]) => [inCode(kinds), inCode(fields)]));
    const start = entries.find((row) => row.kind === "start");
    assert.ok(start !== undefined);
    const told = [...acts].find(([kinds]) => kinds.includes("start"))?.[1] ?? [];
    assert.deepEqual(sorted(told), sorted(Object.keys(start).filter((field) => !common.includes(field))));
  });

  it("decision.md names the fields of a decision and every code of a refusal, and no other field", async () => {
    const refused = await ask({}, { "x-freehold-class": "secret" });
    assert.equal(refused.status, 403);
    const { error } = (await refused.json()) as { error: { decision: Record<string, unknown> } };
    const fields = page("decision").split("## Refusal codes")[0] ?? "";
    assert.deepEqual(rowNames(fields), sorted(Object.keys(error.decision)));
    for (const code of errorCodes.filter((name) => definitionOf(name).kind === "refused")) assert.ok(page("decision").includes(`\`${code}\``), code);
  });

  it("metrics.md has a row for each metric with its type, and none for another", async () => {
    const text = await (await house.fetch("/metrics")).text();
    const metrics = [...text.matchAll(/^# TYPE (freehold_\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    assert.ok(metrics.length > 15, `${metrics.length} metrics`);
    assert.deepEqual(sorted(tableRows(page("metrics")).map(([name = "", type]) => `${inCode(name)[0]} ${type}`)), sorted(metrics));
  });

  it("http.md names the fields that are refused, each and no other", async () => {
    const section = page("http").split("### Fields that are refused")[1]?.split("\n#")[0]?.split("; and a tool")[0] ?? "";
    const told = inCode(section).filter((name) => name !== "destination_override");
    const list = /const destinationFields[^[]*\[([^\]]+)\]/.exec(readFileSync("src/gateway/wire.ts", "utf8"))?.[1] ?? "";
    assert.ok(told.length > 20, `${told.length} fields`);
    assert.deepEqual(sorted(told), sorted([...list.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? "")));
    for (const field of told) {
      const answer = await ask({ [field]: "x" });
      assert.equal(((await answer.json()) as { error: { code: string } }).error.code, "destination_override", field);
    }
  });

  it("http.md names endpoints that are there", async () => {
    const rows = tableRows(sectionsOf(page("http")).get("Endpoints") ?? "").flatMap(([cell = ""]) => inCode(cell));
    assert.ok(rows.length >= 9, rows.join(", "));
    for (const row of rows.filter((name) => !name.includes("…"))) {
      const [method = "", path = ""] = row.split(" ");
      const answer = await house.fetch(path.replace("NAME", "assistant"), { method, ...(method === "POST" && { body: "{}" }) });
      assert.notEqual(answer.status, 404, row);
      assert.notEqual(answer.status, 405, row);
      await answer.body?.cancel();
    }
  });
});
