import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type CharterAndEstate, compose, type FoundBackend, type InitAnswers, type StarterKind, starterKinds, weightsNamed } from "./compose.ts";
import { parseCharter } from "./parse-charter.ts";
import { parseEstate } from "./parse-estate.ts";

const read = (path: string): string => readFileSync(new URL(`../../../starters/${path}`, import.meta.url), "utf8");
const starter = (kind: StarterKind): CharterAndEstate => ({ charter: read(`${kind}/charter.yaml`), estate: read(`${kind}/estate.yaml`) });

const schemas = { charter: "./charter.schema.json", estate: "./estate.schema.json" };
const answers = (kind: StarterKind, more: Partial<InitAnswers> = {}): InitAnswers => ({
  organisation: 'Müller & "Söhne": #1, [GmbH]',
  country: "AT",
  kind,
  backends: [],
  today: "2026-12-01",
  schemas,
  ...more,
});

const ollama: FoundBackend = {
  kind: "ollama",
  url: "http://127.0.0.1:11434/v1",
  models: [{ name: "nomic-embed-text:latest" }, { name: "qwen3:32b", model: "qwen3-32b" }, { name: "assistant" }],
};
const vllm: FoundBackend = { kind: "vllm", url: "http://127.0.0.1:8000/v1", models: [{ name: "a" }], hardware: ["nvidia"] };

function composed(input: InitAnswers) {
  const texts = compose(input, starter(input.kind));
  const charter = parseCharter(texts.charter, "charter.yaml");
  const estate = parseEstate(texts.estate, "estate.yaml");
  assert.ok(charter.ok && estate.ok, JSON.stringify([charter, estate]));
  return { texts, charter: charter.value.charter, estate: estate.value.estate };
}

const comments = (text: string): readonly string[] => [...text.matchAll(/# .*/g)].map(([comment]) => comment).slice(1);

describe("compose", () => {
  for (const kind of starterKinds) {
    it(`${kind}: what it writes parses, names the organisation and keeps every comment`, () => {
      const input = answers(kind);
      const { texts, charter, estate } = composed(input);
      assert.equal(charter.organisation.name, input.organisation);
      assert.equal(charter.organisation.country, "AT");
      assert.deepEqual([estate.parties[0]?.name, estate.parties[0]?.country, estate.parties[0]?.asOf], [input.organisation, "AT", "2026-12-01"]);
      assert.ok(estate.parties.every(({ self }) => self));
      assert.ok(charter.acceptedRisks.every(({ until }) => until === "2027-06-01"));
      assert.equal(texts.charter.split("\n")[0], "# yaml-language-server: $schema=./charter.schema.json");
      assert.equal(texts.estate.split("\n")[0], "# yaml-language-server: $schema=./estate.schema.json");
      assert.deepEqual(
        comments(texts.charter),
        comments(starter(kind).charter).map((comment) => (comment.includes("$schema") ? "" : comment)),
      );
      assert.deepEqual(comments(texts.estate), comments(starter(kind).estate));
    });

    it(`${kind}: servers that were found replace the site's examples and nothing else`, () => {
      const { estate: before } = composed(answers(kind));
      const { estate, texts } = composed(answers(kind, { backends: [ollama, vllm, { ...ollama, url: "http://127.0.0.1:1/v1" }] }));
      const examples = before.backends.filter(({ engine, site }) => engine === "openai" && site === before.sites[0]?.name);
      assert.equal(examples.length, 1);
      const kept = before.backends.filter((backend) => !examples.includes(backend)).map(({ name }) => name);
      const names = estate.backends.map(({ name }) => name);
      assert.deepEqual(
        names.filter((name) => kept.includes(name)),
        kept,
      );
      assert.deepEqual(
        names.filter((name) => !kept.includes(name)),
        ["ollama", "vllm", "ollama-2"],
      );
      const found = estate.backends.find(({ name }) => name === "ollama");
      assert.equal(found?.hardware, undefined);
      assert.deepEqual(found?.models, [
        { name: "assistant", servedAs: "qwen3:32b", model: "qwen3-32b" },
        { name: "nomic-embed-text:latest", servedAs: "nomic-embed-text:latest" },
        { name: "qwen3:32b", servedAs: "qwen3:32b", model: "qwen3-32b" },
      ]);
      assert.deepEqual(estate.backends.find(({ name }) => name === "vllm")?.hardware, ["nvidia"]);
      assert.match(texts.estate, /State the makers of its accelerators/);
    });
  }

  it("air-gapped: the own country stands wherever the charter keeps data at home", () => {
    const { charter, estate } = composed(answers("air-gapped"));
    assert.deepEqual(charter.zones, [{ name: "own", operatedBy: ["self"], locatedIn: ["AT"], compellableBy: ["AT"] }]);
    assert.deepEqual(charter.jurisdictions[0]?.processIn, ["AT"]);
    assert.equal(estate.sites[0]?.country, "AT");
  });

  it("eu-uk: London and Paris stay where they are, and a server that was found stands in the organisation's country", () => {
    const { estate } = composed(answers("eu-uk", { country: "FR", backends: [vllm] }));
    assert.deepEqual(
      estate.sites.map(({ name, country }) => `${name} ${country}`),
      ["london GB", "paris FR"],
    );
    assert.deepEqual(
      estate.backends.map(({ name, site }) => `${name} ${site}`),
      ["vllm paris", "london london"],
    );
  });

  it("a server that named no model is written so that it parses, with a word on what to do", () => {
    const { estate, texts } = composed(answers("lean-eu", { backends: [{ ...vllm, models: [] }] }));
    assert.deepEqual(estate.backends.at(-1)?.models, [{ name: "assistant", servedAs: "assistant" }]);
    assert.match(texts.estate, /it named no model/);
  });
});

describe("weightsNamed", () => {
  it("takes a server's name for the registry's only where they are the same", () => {
    const ids = ["qwen3-32b", "mistral-7b", "mistral-small-3.2"];
    assert.deepEqual(
      ["qwen3:32b", "org/Mistral-7B", "mistral-small3.2:latest", "mistral-7b-tuned-by-me", "", "llama"].map((name) => weightsNamed(name, ids)),
      ["qwen3-32b", "mistral-7b", "mistral-small-3.2", undefined, undefined, undefined],
    );
  });
});
