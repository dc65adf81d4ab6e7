import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { digest } from "#kernel";
import type { FileFault } from "../faults.ts";
import { parseCharter } from "./parse-charter.ts";
import { parseEstate } from "./parse-estate.ts";
import { exampleCharter, exampleEstate } from "./testing/contract-examples.ts";

function charterOf(text: string) {
  const result = parseCharter(text, "charter.yaml");
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function estateOf(text: string) {
  const result = parseEstate(text, "estate.yaml");
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function faultsOf(text: string): readonly FileFault[] {
  const result = parseCharter(text, "charter.yaml");
  assert.ok(!result.ok, "a fault was expected");
  return result.error;
}

const place = ({ line, column, path }: FileFault): string => `${line}:${column}:${path}`;

describe("the contract's examples", () => {
  it("the charter parses without a fault or a warning, and every rule arrives", () => {
    const { charter, warnings } = charterOf(exampleCharter);
    assert.deepEqual(warnings, []);
    const { digest: fingerprint, ...rules } = charter;
    assert.match(fingerprint, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(rules, {
      organisation: { name: "Stadtwerke Musterstadt", country: "DE", aiActRole: "deployer" },
      jurisdictions: [
        { name: "eu", law: "eu-gdpr", peopleIn: ["EEA"], processIn: ["EEA"] },
        { name: "uk", law: "uk-gdpr", peopleIn: ["GB"], processIn: ["GB"] },
      ],
      unknownOrigin: "refuse",
      zones: [
        { name: "own", operatedBy: ["self"] },
        { name: "european", locatedIn: ["EEA"], compellableBy: ["EEA"] },
      ],
      data: {
        public: { mayGoTo: ["own", "european"] },
        pseudonymised: { mayGoTo: ["own", "european"] },
        sensitive: { mayGoTo: ["own"], orAfter: "pseudonymise" },
        secret: { mayGoTo: [] },
      },
      unreadable: "sensitive",
      provenance: { models: { developedIn: ["EEA", "CH"] }, hardware: { madeBy: ["EEA"] } },
      acceptedRisks: [
        { id: "nvidia", concerns: "hardware:nvidia", reason: "No European accelerator serves this yet.", acceptedBy: "CISO", until: "2027-06-30" },
      ],
      ledger: { beforeEgress: true, keep: "13 months" },
      content: { keep: "none" },
      recovery: { "dump-every": "6h", keep: { daily: 7, weekly: 5, monthly: 12 }, copies: 2, "prove-every": "7d" },
    });
  });

  it("the estate parses without a fault or a warning, and every fact arrives", () => {
    const { estate, warnings } = estateOf(exampleEstate);
    assert.deepEqual(warnings, []);
    assert.deepEqual(estate.trustedProxies, ["10.0.0.0/8"]);
    assert.deepEqual(estate.sites, [{ name: "keller", country: "DE", region: "de-nw", operator: "stadtwerke" }]);
    const [stadtwerke] = estate.parties;
    assert.deepEqual([stadtwerke?.id, stadtwerke?.parent, stadtwerke?.self, stadtwerke?.asOf], ["stadtwerke", "none", true, "2026-11-01"]);
    const [local, vllm, mistral] = estate.backends;
    assert.deepEqual(local?.limits, { concurrency: 1, queue: 64, queueTimeout: 30_000 });
    assert.deepEqual(local?.hardware, []);
    assert.deepEqual(local?.models, [{ name: "assistant", servedAs: "assistant", weights: "builtin:demo" }]);
    assert.equal(vllm?.url?.href, "http://10.0.0.7:8000/v1");
    assert.deepEqual(vllm?.limits, { concurrency: 64, queue: 128, queueTimeout: 30_000 });
    assert.deepEqual(vllm?.timeouts, { connect: 5000, firstByte: 120_000, betweenChunks: 60_000 });
    assert.equal(vllm?.retries, 1);
    assert.deepEqual(mistral?.credential, { kind: "env", name: "MISTRAL_API_KEY" });
    assert.deepEqual(mistral?.models[0]?.price, { input: 0.1, output: 0.3, currency: "EUR", per: 1_000_000 });
    assert.deepEqual(estate.models[0]?.developer, "mistral");
    assert.equal(estate.stores.length, 2);
    assert.equal(estate.limits.body, 32_000_000);
  });
});

describe("what a file may leave out", () => {
  const least =
    "charter: 1\norganisation: { name: A, country: NO }\njurisdictions: { no: { law: eu-gdpr, people-in: [NO], process-in: [NO] } }\nzones: { own: { operated-by: [self] } }\ndata: { public: { may-go-to: [own] } }\n";

  it("NO is Norway and not false, in values, in lists and as a name", () => {
    const { charter } = charterOf(least);
    assert.equal(charter.organisation.country, "NO");
    assert.deepEqual(charter.jurisdictions, [{ name: "no", law: "eu-gdpr", peopleIn: ["NO"], processIn: ["NO"] }]);
  });

  it("a class that is left out may go nowhere, and a warning says so", () => {
    const { charter, warnings } = charterOf(least);
    assert.deepEqual(charter.data.sensitive, { mayGoTo: [] });
    assert.deepEqual(charter.data.secret, { mayGoTo: [] });
    assert.equal(warnings.filter(({ message }) => /may go nowhere/.test(message)).length, 3);
    assert.ok(warnings.every(({ severity }) => severity === "warning"));
  });

  it("defaults are the strict ones", () => {
    const { charter } = charterOf(least);
    assert.equal(charter.unknownOrigin, "refuse");
    assert.deepEqual(charter.ledger, { beforeEgress: true, keep: "13 months" });
    assert.deepEqual(charter.content, { keep: "none" });
    assert.deepEqual(charter.acceptedRisks, []);
  });

  it("the digest is that of the file's content: comments and layout do not count, values do", () => {
    const { charter } = charterOf(least);
    assert.equal(charterOf(`# a comment\n${least.replaceAll("{ ", "{")}`).charter.digest, charter.digest);
    assert.notEqual(charterOf(least.replace("name: A", "name: B")).charter.digest, charter.digest);
    assert.equal(
      charterOf(
        "{ charter: 1, organisation: { name: A, country: NO }, jurisdictions: { no: { law: eu-gdpr, people-in: [NO], process-in: [NO] } }, zones: { own: { operated-by: [self] } }, data: { public: { may-go-to: [own] } } }",
      ).charter.digest,
      charter.digest,
    );
    assert.equal(
      charter.digest,
      digest({
        charter: 1,
        organisation: { name: "A", country: "NO" },
        jurisdictions: { no: { law: "eu-gdpr", "people-in": ["NO"], "process-in": ["NO"] } },
        zones: { own: { "operated-by": ["self"] } },
        data: { public: { "may-go-to": ["own"] } },
      }),
    );
  });

  it("an anchor and its alias give the same value twice", () => {
    const { charter } = charterOf(exampleCharter.replace("people-in: [EEA], process-in: [EEA]", "people-in: &eea [EEA], process-in: *eea"));
    assert.deepEqual(charter.jurisdictions[0]?.processIn, ["EEA"]);
  });

  it("every estate addition arrives", () => {
    const { estate, warnings } = estateOf(`estate: 1
geoip: /var/lib/geoip/country.mmdb
limits: { body: 64MB }
trusted-proxies: [192.0.2.1, "2001:DB8::/32"]
parties:
  us: { name: Us, country: DE, parent: them, holders: [{ party: them, share: 60.5 }], reach: [{ country: US, reason: Listed there. }], self: true, as-of: 2026-01-01, until: 2027-01-01, source: s, note: n }
  them: { name: Them }
backends:
  - name: a
    engine: openai
    url: https://api.example.org/v1
    operator: us
    located-in: [DE, NO]
    timeouts: { connect: 250ms, first-byte: 2min, between-chunks: 1.5s }
    limits: { concurrency: 8, queue: 0, queue-timeout: 1h }
    retries: 0
    tls: { ca: /etc/ca.pem, pins: ["sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] }
    credential: "file:/run/secrets/a key"
    models:
      org/model-1.0: { served-by: them, located-in: [SE], operations: [embeddings], context: 8192, price: { input: 1, currency: EUR, per: 1000 } }
models:
  mine: { name: Mine, developer: us, co-developers: [them], licence: MIT, weights: closed, based-on: [mistral-7b], as-of: 2026-01-01, source: s }
`);
    assert.deepEqual(warnings, []);
    assert.equal(estate.environment, "production");
    assert.equal(estate.geoip, "/var/lib/geoip/country.mmdb");
    assert.equal(estate.limits.body, 64_000_000);
    assert.deepEqual(estate.trustedProxies, ["192.0.2.1/32", "2001:db8::/32"]);
    const [us, them] = estate.parties;
    assert.deepEqual(us?.holders, [{ party: "them", share: 60.5 }]);
    assert.deepEqual(us?.reach, [{ country: "US", reason: "Listed there." }]);
    assert.deepEqual([them?.country, them?.parent, them?.self, them?.asOf], [undefined, undefined, false, undefined]);
    const [backend] = estate.backends;
    assert.deepEqual(backend?.timeouts, { connect: 250, firstByte: 120_000, betweenChunks: 1500 });
    assert.deepEqual(backend?.limits, { concurrency: 8, queue: 0, queueTimeout: 3_600_000 });
    assert.equal(backend?.retries, 0);
    assert.equal(backend?.hardware, undefined);
    assert.deepEqual(backend?.credential, { kind: "file", name: "/run/secrets/a key" });
    assert.deepEqual(backend?.tls, { ca: "/etc/ca.pem", pins: ["sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] });
    assert.deepEqual(backend?.models, [
      {
        name: "org/model-1.0",
        servedAs: "org/model-1.0",
        servedBy: "them",
        locatedIn: ["SE"],
        operations: ["embeddings"],
        context: 8192,
        price: { input: 1, output: 0, currency: "EUR", per: 1000 },
      },
    ]);
    assert.deepEqual([estate.models[0]?.basedOn, estate.models[0]?.coDevelopers, estate.models[0]?.weights], [["mistral-7b"], ["them"], "closed"]);
  });
});

describe("files that are not YAML, or not a map", () => {
  const rows: readonly (readonly [name: string, text: string, place: string, message: RegExp])[] = [
    ["an empty file", "", "1:1:", /file is empty/],
    ["a file of comments only", "# nothing\n\n# more\n", "1:1:", /file is empty/],
    ["a list", "- charter: 1\n", "1:1:", /a map of keys and values is wanted here, and this is a list/],
    ["a word", "charter\n", "1:1:", /a map of keys and values is wanted here, and this is text/],
    ["a tab in the indentation", "charter: 1\ndata:\n\tpublic: {}\n", "3:1:", /a tab stands in the indentation/],
    ["a bracket that is not closed", "charter: 1\nzones: { own: [a\ndata: {}\n", "3:1:", /not closed|missing/],
    ["a quote that is not closed", 'charter: 1\norganisation: { name: "A\n', "3:1:", /missing here/],
    ["two keys on a line", "charter: 1: 2\n", "1:10:", /two keys stand on one line/],
    ["a key without a colon", "charter: 1\nzones\n", "2:1:", /colon/],
    ["keys of one map in two columns", "organisation:\n  name: A\n country: DE\n", "3:1:", /indentation/],
    ["a key that stands twice", "charter: 1\norganisation: { name: A, country: DE, name: B }\n", "2:39:organisation.name", /stands twice/],
    ["an alias without an anchor", "charter: *one\n", "1:10:charter", /names no anchor/],
    ["an alias that holds itself", "charter: &c [*c]\n", "1:14:charter[0]", /holds itself/],
    ["a tag", "charter: !!int 1\nzones: !zone {}\n", "2:8:", /tags are not used/],
    ["a binary", "charter: !!binary aGVsbG8=\n", "1:10:", /tags are not used/],
    ["a second document", "charter: 1\n---\ncharter: 1\n", "2:1:", /second document/],
    ["YAML 1.1, where NO is false", "%YAML 1.1\n---\ncharter: 1\n", "1:1:", /YAML 1\.2/],
    ["a number that is not finite", "charter: .nan\n", "1:10:charter", /not a finite number/],
    ["control characters", 'charter: "a\\u001b[31m"\n', "1:10:charter", /control characters/],
    ["a key that changes the prototype", "charter: 1\n__proto__: { zones: {} }\n", "2:1:", /cannot be a key/],
    ["a list as a key", "? [a]\n: b\n", "1:3:", /plain text/],
  ];
  for (const [name, text, where, message] of rows) {
    it(`${name} is a fault at ${where}`, () => {
      const found = faultsOf(text).find((fault) => message.test(fault.message));
      assert.ok(found, JSON.stringify(faultsOf(text)));
      assert.equal(place(found), where);
      assert.ok(found.hint !== undefined);
    });
  }

  it("aliases that multiply into billions of values are refused at once", () => {
    const layers = Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(", ")}]`);
    const faults = faultsOf(`a0: &a0 [x]\n${layers.join("\n")}\n`);
    assert.equal(faults.filter(({ message }) => /add up to too much/.test(message)).length, 1);
  });

  it("ten thousand brackets are a fault and not an overflow", () => {
    for (const text of [
      `charter: ${"[".repeat(10_000)}`,
      `charter: ${"[".repeat(40)}${"]".repeat(40)}\n`,
      `charter: ${"{a: ".repeat(5000)}`,
      "- ".repeat(5000),
    ]) {
      assert.ok(faultsOf(text).length > 0);
    }
  });

  it("a byte order mark moves no column", () => {
    assert.ok(charterOf(`\ufeff${exampleCharter}`));
    assert.equal(faultsOf(`\ufeffcharter: 2\n`).map(place).includes("1:10:charter"), true);
  });

  it("lines that end as on Windows are counted alike", () => {
    const faults = faultsOf(exampleCharter.replace("country: DE,", "country: de,").replaceAll("\n", "\r\n"));
    assert.deepEqual(faults.map(place), ["2:56:organisation.country"]);
  });
});

describe("all faults at once", () => {
  it("come in file order, from the form of values and from rules across the file alike", () => {
    const text = exampleCharter
      .replace("country: DE,", "country: de,")
      .replace("unknown-origin: refuse", "unknown-origin: fr")
      .replace("own:      {", "home:     {")
      .replace("until: 2027-06-30", "until: soon")
      .replace("copies: 2", "copys: 2");
    const paths = faultsOf(text)
      .filter(({ severity }) => severity === "error")
      .map(({ path }) => path);
    assert.deepEqual(paths, [
      "organisation.country",
      "unknown-origin",
      "data.public.may-go-to[0]",
      "data.pseudonymised.may-go-to[0]",
      "data.sensitive.may-go-to[0]",
      "accepted-risks[0].until",
      "recovery.copys",
    ]);
  });

  it("a file with nothing but a version names every section that is missing", () => {
    assert.deepEqual(
      faultsOf("charter: 1\n").map(({ path }) => path),
      ["organisation", "jurisdictions", "zones", "data"],
    );
  });
});

describe("odd but lawful", () => {
  const warningsOf = (text: string) => charterOf(text).warnings.map(({ path, message }) => `${path} ${message}`);

  it("a zone that no class uses is a warning", () => {
    assert.deepEqual(warningsOf(exampleCharter.replace("zones:", "zones:\n  spare: { located-in: [EEA] }\n  #").replace("  #  ", "  # ")), [
      "zones.spare no class of data may go to zone spare",
    ]);
  });

  it("a higher class that may go where a lower may not is a warning", () => {
    const [warning] = warningsOf(
      exampleCharter
        .replace("pseudonymised: { may-go-to: [own, european] }", "pseudonymised: { may-go-to: [own] }")
        .replace("sensitive:     { may-go-to: [own]", "sensitive: { may-go-to: [own, european]"),
    );
    assert.match(warning ?? "", /^data\.sensitive\.may-go-to\[1\] sensitive data may go to "european", and pseudonymised data may not/);
  });

  it("or-after on a class that findings do not raise to is a warning", () => {
    assert.match(
      warningsOf(
        exampleCharter.replace("pseudonymised: { may-go-to: [own, european] }", "pseudonymised: { may-go-to: [own, european], or-after: pseudonymise }"),
      )[0] ?? "",
      /no effect/,
    );
  });

  it("an estate without backends is a warning", () => {
    assert.match(estateOf("estate: 1\n").warnings[0]?.message ?? "", /nothing can answer/);
  });
});

describe("locate", () => {
  it("leads from a path to its place, and from what is not there to the nearest thing above", () => {
    const { locate, locateKey } = estateOf(exampleEstate);
    const lines = exampleEstate.split("\n");
    const at = ({ line, column }: { line: number; column: number }) => lines[line - 1]?.slice(column - 1);
    assert.match(at(locate("backends[1].url")) ?? "", /^http:\/\/10/);
    assert.match(at(locateKey("backends[1].url")) ?? "", /^url: http/);
    assert.match(at(locate("backends[1]")) ?? "", /^name: vllm/);
    assert.match(at(locate('models["mistral-small-3.2"].developer')) ?? "", /^mistral, licence/);
    assert.match(at(locate(["models", "mistral-small-3.2", "based-on", 3])) ?? "", /^\{ developer/);
    assert.match(at(locate("sites")) ?? "", /^sites:/);
    assert.match(at(locate("nothing.at.all")) ?? "", /^estate: 1/);
    assert.deepEqual(locate(""), { line: 1, column: 1 });
  });
});

describe("size", () => {
  it("ten thousand backends are read whole, each with its place", () => {
    const backend = (index: number) =>
      `  - name: b${index}\n    engine: openai\n    url: https://b${index}.example.org/v1\n    site: here\n    hardware: []\n    models: { assistant: {} }\n`;
    const head =
      "estate: 1\nparties: { us: { name: Us, country: DE, parent: none, self: true, as-of: 2026-01-01, source: s } }\nsites: { here: { country: DE, operator: us } }\nbackends:\n";
    const text = head + Array.from({ length: 10_000 }, (_, index) => backend(index)).join("");
    const { estate, locate } = estateOf(text);
    assert.equal(estate.backends.length, 10_000);
    assert.deepEqual(locate("backends[9999].name"), { line: 4 + 9999 * 6 + 1, column: 11 });
  });
});
