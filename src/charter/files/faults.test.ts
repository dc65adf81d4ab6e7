import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FileFault } from "../faults.ts";
import { parseCharter } from "./parse-charter.ts";
import { parseEstate } from "./parse-estate.ts";
import { exampleCharter, exampleEstate } from "./testing/contract-examples.ts";

/** One slip in a good file: `find` becomes `put`, whose mark ‸ says where the fault must be. */
interface Slip {
  readonly find: string;
  readonly put: string;
  readonly path: string;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const slip = (find: string, put: string, path: string, message: RegExp, hint: RegExp): Slip => ({ find, put, path, message, hint });

function placed(source: string, { find, put }: Slip): { text: string; line: number; column: number } {
  assert.equal(source.split(find).length, 2, `${find} stands once in the file`);
  const marked = source.replace(find, () => put);
  const offset = marked.indexOf("‸");
  assert.ok(offset >= 0, "the mark is there");
  const before = marked.slice(0, offset).split("\n");
  return { text: marked.replace("‸", ""), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function faultsOf(parse: typeof parseCharter | typeof parseEstate, text: string, file: string): readonly FileFault[] {
  const result = parse(text, file);
  return result.ok ? result.value.warnings : result.error;
}

const inCharter: readonly Slip[] = [
  slip("charter: 1 ", "charter: ‸2 ", "charter", /reads version 1/, /charter: 1/),
  slip("charter: 1 ", 'charter: ‸"1" ', "charter", /reads version 1/, /charter: 1/),
  slip("charter: 1 ", "charter: 1\n‸constructor: 1 ", "constructor", /not a key/, /known here: charter, organisation/),
  slip("charter: 1 ", "‸charte: 1 ", "charte", /not a key/, /did you mean "charter"/),
  slip("organisation: { name", "‸organization: { name", "organization", /not a key/, /did you mean "organisation"/),
  slip("name: Stadtwerke Musterstadt, ", "‸nmae: Stadtwerke, ", "organisation.nmae", /"nmae" is not a key/, /did you mean "name"/),
  slip("name: Stadtwerke Musterstadt,", "name: ‸42,", "organisation.name", /text is wanted.*a number/, /quotes/),
  slip("name: Stadtwerke Musterstadt,", 'name: ‸"  ",', "organisation.name", /empty/, /write something/),
  slip("{ name: Stadtwerke Musterstadt, country: DE", "‸{ name: Stadtwerke Musterstadt", "organisation.country", /country is missing/, /seat/),
  slip("country: DE,", "country: ‸de,", "organisation.country", /"de" is not a country/, /write DE/),
  slip("country: DE,", "country: ‸UK,", "organisation.country", /"UK" is not/, /write GB/),
  slip("country: DE,", "country: ‸Germany,", "organisation.country", /not a country/, /write DE/),
  slip("country: DE,", "country: ‸EEA,", "organisation.country", /group of countries/, /country itself/),
  slip("country: DE,", "country: ‸false,", "organisation.country", /text is wanted.*false/, /quotes/),
  slip("ai-act-role: deployer", "ai-act-role: ‸deploier", "organisation.ai-act-role", /none of provider/, /did you mean "deployer"/),
  slip("law: eu-gdpr, ", "‸laws: eu-gdpr, ", "jurisdictions.eu.laws", /not a key/, /did you mean "law"/),
  slip("people-in: [EEA]", "people-in: ‸EEA", "jurisdictions.eu.people-in", /a list is wanted.*text/, /\[EEA\]/),
  slip("people-in: [EEA]", "people-in: [‸EAA]", "jurisdictions.eu.people-in[0]", /neither a country/, /write EEA/),
  slip("people-in: [GB]", "people-in: [GB, ‸EEA]", "jurisdictions.uk.people-in[1]", /already belong to jurisdiction eu/, /one jurisdiction/),
  slip("people-in: [EEA]", "people-in: ‸[]", "jurisdictions.eu.people-in", /list is empty/, /name one at least/),
  slip("process-in: [EEA]", "process-in: [‸XX]", "jurisdictions.eu.process-in[0]", /"XX"/, /two capital letters/),
  slip("uk: { law", "‸refuse: { law", "jurisdictions.refuse", /cannot be the name/, /another name/),
  slip("uk: { law", '‸"u k": { law', 'jurisdictions["u k"]', /"u k" is not a name/, /letters, digits/),
  slip("unknown-origin: refuse", "unknown-origin: ‸ue", "unknown-origin", /"ue" is not a jurisdiction/, /did you mean "eu"/),
  slip("{ operated-by: [self] }", "{ operated-by: [‸Self] }", "zones.own.operated-by[0]", /not the id of a party/, /lower-case/),
  slip("own:      { operated-by: [self] }", "‸own: {}", "zones.own", /states no condition/, /operated-by, located-in, compellable-by/),
  slip("compellable-by: [EEA]", "‸compelable-by: [EEA]", "zones.european.compelable-by", /not a key/, /did you mean "compellable-by"/),
  slip(
    "public:        { may-go-to: [own, european] }",
    "public: { may-go-to: [own, ‸europan] }",
    "data.public.may-go-to[1]",
    /"europan" is not a zone/,
    /"european"/,
  ),
  slip("public:        { may", "‸publik: { may", "data.publik", /not a key/, /did you mean "public"/),
  slip(
    "  public:        { may",
    "  ‸top-secret: { may-go-to: [] }\n  public: { may",
    "data.top-secret",
    /not a key/,
    /known here: public, pseudonymised, sensitive, secret/,
  ),
  slip("or-after: pseudonymise ", "or-after: ‸pseudonymize ", "data.sensitive.or-after", /"pseudonymize" is none of/, /did you mean "pseudonymise"/),
  slip("secret:        { may-go-to: [] }", "secret: { may-go-to: [], or-after: ‸pseudonymise }", "data.secret.or-after", /a secret is never sent/, /remove/),
  slip("models:   { developed-in: [EEA, CH] }", "models: ‸{}", "provenance.models.developed-in", /developed-in is missing/, /developers/),
  slip("until: 2027-06-30", "until: ‸2026-02-30", "accepted-risks[0].until", /not a day of the calendar/, /month and the day/),
  slip("until: 2027-06-30", "until: ‸30.06.2027", "accepted-risks[0].until", /not a date/, /YYYY-MM-DD/),
  slip('concerns: "hardware:nvidia"', "concerns: ‸nvidia", "accepted-risks[0].concerns", /concerns/, /hardware:PARTY/),
  slip(
    "  - { id: nvidia, ",
    '  - { id: nvidia, concerns: "model:a", reason: r, accepted-by: x, until: 2027-01-01 }\n  - { id: ‸nvidia, ',
    "accepted-risks[1].id",
    /already the id of accepted-risks\[0\]/,
    /own/,
  ),
  slip("keep: 13 months", "keep: ‸13", "ledger.keep", /text is wanted/, /quotes/),
  slip("keep: 13 months", "keep: ‸long", "ledger.keep", /not a time to keep/, /13 months/),
  slip("before-egress: true", "before-egress: ‸yes", "ledger.before-egress", /true or false is wanted.*text/, /disk/),
  slip("keep: none", "keep: ‸0", "content.keep", /text is wanted/, /quotes/),
  slip("copies: 2", "copies: ‸2.5", "recovery.copies", /whole number/, /stores/),
  slip("copies: 2", "copies: ‸0", "recovery.copies", /out of range/, /at least 1/),
  slip("dump-every: 6h", "dump-every: ‸often", "recovery.dump-every", /not an interval/, /6h or 7d/),
];

const inEstate: readonly Slip[] = [
  slip("trusted-proxies: [10.0.0.0/8]", "trusted-proxies: [‸10.0.0.0/33]", "trusted-proxies[0]", /not a network/, /10\.0\.0\.0\/8/),
  slip("trusted-proxies: [10.0.0.0/8]", "trusted-proxies: [‸10.1.2.3/8]", "trusted-proxies[0]", /bits set/, /write 10\.0\.0\.0\/8/),
  slip("trusted-proxies: [10.0.0.0/8]", 'trusted-proxies: [‸"fd00::1/8"]', "trusted-proxies[0]", /bits set/, /write fd00::\/8/),
  slip("trusted-proxies: [10.0.0.0/8]", "trusted-proxies: [‸0.0.0.0/0]", "trusted-proxies[0]", /everybody/, /own proxies/),
  slip("environment: production", "environment: production\nlimits: { body: ‸lots }", "limits.body", /not a size/, /64MB/),
  slip("environment: production", "environment: production\nlimits: { body: ‸2GB }", "limits.body", /out of range/, /1GB/),
  slip("environment: production", "environment: production\nlimits: { body: ‸true }", "limits.body", /text or a number/, /body/),
  slip("  stadtwerke: {", "  ‸self: {", "parties.self", /cannot be the id/, /another id/),
  slip("parent: none, self", "parent: ‸stadtwerke, self", "parties.stadtwerke.parent", /own parent/, /none/),
  slip("as-of: 2026-11-01,", "as-of: ‸2026-11-31,", "parties.stadtwerke.as-of", /calendar/, /month/),
  slip("as-of: 2026-11-01,", "as-of: 2026-11-01, until: ‸2026-10-31,", "parties.stadtwerke.until", /before as-of/, /after/),
  slip("keller: { country: DE, region: de-nw, operator: stadtwerke }", "keller: ‸{ country: DE }", "sites.keller.operator", /operator is missing/, /runs it/),
  slip("  - name: vllm", "  - name: ‸local", "backends[1].name", /already the name of backends\[0\]/, /its own/),
  slip("engine: llama.cpp  ", "engine: ‸llamacpp  ", "backends[0].engine", /none of openai, llama\.cpp/, /did you mean "llama\.cpp"/),
  slip("site: keller\n    hardware: []", "site: ‸celler\n    hardware: []", "backends[0].site", /not a site/, /did you mean "keller"/),
  slip("http://10.0.0.7:8000/v1", "‸ftp://10.0.0.7:8000/v1", "backends[1].url", /not by ftp/, /https:/),
  slip("http://10.0.0.7:8000/v1", "‸10.0.0.7:8000/v1", "backends[1].url", /not a URL/, /scheme/),
  slip("http://10.0.0.7:8000/v1", "‸http://u:hunter2@10.0.0.7:8000/v1", "backends[1].url", /user or a password/, /credential/),
  slip("http://10.0.0.7:8000/v1", "‸http://10.0.0.7:8000/v1?key=hunter2", "backends[1].url", /query/, /leave out/),
  slip("http://10.0.0.7:8000/v1", '‸"http://10.0.0.7:8000/v1#x"', "backends[1].url", /fragment/, /leave out/),
  slip("http://10.0.0.7:8000/v1", "‸http://10.0.0.7:8000/v1/chat/completions", "backends[1].url", /one endpoint/, /\/v1/),
  slip("http://10.0.0.7:8000/v1", "‸http://vllm.example.org:8000/v1", "backends[1].url", /readable across/, /https/),
  slip("    url: http://10.0.0.7:8000/v1\n", "    ‸base_url: http://10.0.0.7:8000/v1\n", "backends[1].base_url", /not a key/, /write url/),
  slip("credential: env:MISTRAL_API_KEY", "credential: ‸hunter2hunter2", "backends[2].credential", /not a reference/, /env:NAME/),
  slip("credential: env:MISTRAL_API_KEY", "‸api_key: hunter2hunter2", "backends[2].api_key", /not a key/, /credential: env:NAME/),
  slip("located-in: [FR]", "located-in: [‸EEA]", "backends[2].located-in[0]", /group of countries/, /country itself/),
  slip("located-in: [FR]", "‸located_in: [FR]", "backends[2].located_in", /not a key/, /did you mean "located-in"/),
  slip("hardware: [] ", "hardware: ‸none ", "backends[0].hardware", /a list is wanted/, /\[none\]/),
  slip('{ weights: "builtin:demo" }', '{ weights: ‸"builtin:large" }', "backends[0].models.assistant.weights", /does not exist/, /builtin:demo/),
  slip('{ weights: "builtin:demo" }', "‸{}", "backends[0].models.assistant.weights", /weights is missing/, /GGUF/),
  slip('models: { assistant: { weights: "builtin:demo" } }', "models: ‸{}", "backends[0].models", /at least one model/, /assistant/),
  slip('models: { assistant: { weights: "builtin:demo" } }', "‸models:", "backends[0].models", /this is nothing/, /names that clients use/),
  slip(
    "served-as: mistral-small,",
    "served-as: mistral-small, ‸weights: a.gguf,",
    "backends[1].models.assistant.weights",
    /engine in this process/,
    /model: ID/,
  ),
  slip("currency: EUR", "currency: ‸euro", "backends[2].models.assistant.price.currency", /not a currency/, /EUR/),
  slip("per: 1M", "per: ‸one", "backends[2].models.assistant.price.per", /number of tokens/, /1M/),
  slip("input: 0.10", "input: ‸-1", "backends[2].models.assistant.price.input", /out of range/, /at least 0/),
  slip("    hardware: [nvidia]\n    url", "    timeouts: { connect: ‸5 }\n    url", "backends[2].timeouts.connect", /text is wanted.*a number/, /quotes/),
  slip("    hardware: [nvidia]\n    url", "    timeouts: { connect: ‸5weeks }\n    url", "backends[2].timeouts.connect", /not a time/, /250ms/),
  slip("    hardware: [nvidia]\n    url", "    limits: { concurrency: ‸0 }\n    url", "backends[2].limits.concurrency", /out of range/, /at least 1/),
  slip("    hardware: [nvidia]\n    url", "    tls: { pins: [‸sha1/abc] }\n    url", "backends[2].tls.pins[0]", /public-key pin/, /sha256/),
  slip("weights: open }", "weights: ‸free }", 'models["mistral-small-3.2"].weights', /none of open, closed/, /one of them/),
  slip("{ developer: mistral, licence", "{ developer: mistral, ‸license", 'models["mistral-small-3.2"].license', /not a key/, /did you mean "licence"/),
  slip("kind: sftp", "kind: ‸ftp", "stores[1].kind", /none of/, /did you mean "sftp"/),
  slip('"sftp://u1@box.example/freehold"', '‸"sftp://u1:hunter2@box.example/freehold"', "stores[1].url", /password/, /credential/),
  slip("telemetry: []", "telemetry: ‸none", "telemetry", /a list is wanted/, /\[none\]/),
];

function table(parse: typeof parseCharter | typeof parseEstate, source: string, file: string, slips: readonly Slip[]): void {
  for (const row of slips) {
    it(`${row.path}: ${JSON.stringify(row.put)}`, () => {
      const { text, line, column } = placed(source, row);
      const faults = faultsOf(parse, text, file);
      const found = faults.find(({ path, message }) => path === row.path && row.message.test(message));
      assert.ok(found !== undefined, JSON.stringify(faults, null, 1));
      assert.deepEqual([found.file, found.line, found.column], [file, line, column], found.message);
      assert.match(found.hint ?? "", row.hint);
      assert.ok(!JSON.stringify(faults).includes("hunter2"), "no secret is repeated");
    });
  }
}

describe("faults of a charter are named with place, reason and remedy", () => table(parseCharter, exampleCharter, "charter.yaml", inCharter));
describe("faults of an estate are named with place, reason and remedy", () => table(parseEstate, exampleEstate, "estate.yaml", inEstate));
