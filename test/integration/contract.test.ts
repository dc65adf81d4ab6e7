import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { freehold, newFolder, tidy } from "./house.ts";

const starters = fileURLToPath(new URL("../../starters", import.meta.url));

const charter = `charter: 1                              # schema version
organisation: { name: Stadtwerke Musterstadt, country: DE, ai-act-role: deployer }
jurisdictions:
  eu: { law: eu-gdpr, people-in: [EEA], process-in: [EEA] }
  uk: { law: uk-gdpr, people-in: [GB],  process-in: [GB] }
unknown-origin: refuse
zones:
  own:      { operated-by: [self] }
  european: { located-in: [EEA], compellable-by: [EEA] }
data:
  public:        { may-go-to: [own, european] }
  pseudonymised: { may-go-to: [own, european] }
  sensitive:     { may-go-to: [own], or-after: pseudonymise }
  secret:        { may-go-to: [] }
provenance:
  models:   { developed-in: [EEA, CH] }
  hardware: { made-by: [EEA] }
accepted-risks:
  - { id: nvidia, concerns: "hardware:nvidia", reason: "No European accelerator serves this yet.", accepted-by: CISO, until: 2027-06-30 }
ledger:   { before-egress: true, keep: 13 months }
content:  { keep: none }
recovery: { dump-every: 6h, keep: { daily: 7, weekly: 5, monthly: 12 }, copies: 2, prove-every: 7d }
`;

const estate = `estate: 1
environment: production
trusted-proxies: [10.0.0.0/8]
parties:
  stadtwerke: { name: Stadtwerke Musterstadt GmbH, country: DE, parent: none, self: true, as-of: 2026-11-01, source: commercial register }
sites:
  keller: { country: DE, region: de-nw, operator: stadtwerke }
backends:
  - { name: local, engine: llama.cpp, site: keller, hardware: [], models: { assistant: { weights: "builtin:demo" } } }
  - name: vllm
    engine: openai
    url: http://10.0.0.7:8000/v1
    site: keller
    hardware: [nvidia]
    models: { assistant: { served-as: mistral-small, model: mistral-small-3.2 } }
  - name: mistral
    engine: openai
    operator: mistral
    located-in: [FR]
    hardware: [nvidia]
    url: https://api.mistral.ai/v1
    credential: env:MISTRAL_API_KEY
    models: { assistant: { served-as: mistral-small-latest, model: mistral-small-3.2, price: { input: 0.10, output: 0.30, currency: EUR, per: 1M } } }
  - name: frankfurt
    engine: openai
    operator: aws
    located-in: [DE]
    hardware: [nvidia]
    url: https://models.example/v1
    models: { assistant: { served-as: mistral-small, model: mistral-small-3.2 } }
models:
  mistral-small-3.2: { developer: mistral, licence: Apache-2.0, weights: open }
stores:
  - { name: local, kind: directory, path: ./backups, site: keller }
  - { name: box, kind: sftp, url: "sftp://u1@box.example/freehold", operator: hetzner, located-in: [DE], credential: "file:/run/secrets/box" }
telemetry: []
`;

interface Decided {
  readonly verdict: string;
  readonly code: string | null;
  readonly class: string;
  readonly jurisdiction: string | null;
  readonly backends: readonly string[];
  readonly considered: readonly {
    readonly backend: string;
    readonly permitted: boolean;
    readonly reasons: readonly { readonly rule: string; readonly message: string }[];
  }[];
}

describe("the contract's charter and estate, on the shipped registry", () => {
  after(tidy);

  it("decide as the contract says, in order, by explain --cases", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "charter.yaml"), charter);
    writeFileSync(join(folder, "estate.yaml"), estate);
    const now = "2026-11-20T12:00:00Z";
    const asked = [
      { model: "assistant", origin: "DE", now },
      { model: "assistant", origin: "DE", text: "Pay to DE89 3704 0044 0532 0130 00.", now },
      { model: "assistant", origin: "DE", class: "sensitive", now },
      { model: "assistant", origin: "DE", class: "secret", now },
      { model: "assistant", origin: "GB", now },
      { model: "assistant", now },
      { model: "assistant", origin: "US", now },
      { model: "gpt-5", origin: "DE", now },
      { model: "assistant", origin: "DE", now: "2027-06-30T23:59:59Z" },
      { model: "assistant", origin: "DE", now: "2027-07-01T00:00:00Z" },
    ];
    const input = asked.map((line) => JSON.stringify(line)).join("\n");
    const { code, out, err } = await freehold(["explain", "--cases", "-", "--json"], { cwd: folder, input });
    assert.equal(code, 0, err);
    const decided = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Decided);
    const rows = decided.map((one) => [one.verdict, one.code, one.class, one.jurisdiction, one.backends.join(" ")]);
    assert.deepEqual(rows, [
      ["allow", null, "public", "eu", "local vllm mistral"],
      ["allow", null, "sensitive", "eu", "local vllm"],
      ["allow", null, "sensitive", "eu", "local vllm"],
      ["refuse", "no_permitted_backend", "secret", "eu", ""],
      ["refuse", "no_permitted_backend", "public", "uk", ""],
      ["refuse", "unknown_origin", "public", null, ""],
      ["refuse", "unknown_origin", "public", null, ""],
      ["refuse", "model_not_found", "public", "eu", ""],
      ["allow", null, "public", "eu", "local vllm mistral"],
      ["allow", null, "public", "eu", "local"],
    ]);
    const frankfurt = decided[0]?.considered.find(({ backend }) => backend === "frankfurt");
    assert.equal(frankfurt?.permitted, false, "a German region of a US-owned cloud is not European");
    assert.match(JSON.stringify(frankfurt?.reasons), /compellable by US/);
  });

  for (const kind of readdirSync(starters).filter((name) => name !== "default")) {
    it(`the ${kind} starter decides as its own cases say`, async () => {
      const { code, err } = await freehold(["check", "--cases", "cases.jsonl"], { cwd: join(starters, kind) });
      assert.equal(code, 0, err);
      assert.match(err, /Cases: \d{2} hold, 0 do not/);
    });
  }

  it("a case that does not hold is named with its line, and the exit code is 1", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "cases.jsonl"), '\n{"name":"wrong","model":"assistant","origin":"DE","expect":{"verdict":"refuse"}}\n');
    const { code, err } = await freehold(["check", "--cases", "cases.jsonl"], { cwd: folder });
    assert.equal(code, 1);
    assert.match(err, /cases\.jsonl:2:1: error: wrong: verdict should be "refuse", and is "allow"/);
  });

  it("a fault in a file is named with line, column and what would be right, and the exit code is 2", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "charter.yaml"), charter.replace("unknown-origin", "unknown-orgin"));
    const { code, err } = await freehold(["check"], { cwd: folder });
    assert.equal(code, 2);
    assert.match(err, /charter\.yaml:6:1: error: .*unknown-orgin/);
    assert.match(err, /did you mean "?unknown-origin/i);
  });
});
