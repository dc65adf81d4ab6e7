import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { requirement } from "../../test/requirements.ts";
import { createDetector } from "./detector.ts";

/** Text labelled by third parties; its README tells the sources, the licences and the rules of scoring. */
const folder = new URL("../../../shared/data/pii/", import.meta.url);

interface Row {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
  readonly kind?: "positive" | "negative";
  readonly target?: string;
}

interface Score {
  labelled: number;
  found: number;
  exact: number;
  /** Texts that hold nothing of the type, by the rule that they test, and in how many of them something was found. */
  negatives: number;
  falseAlarms: number;
  /** Findings that no label of any type touches, in texts that are labelled throughout. */
  unlabelled: number;
}

const typeOf: Readonly<Record<string, string>> = {
  IBAN_CODE: "iban",
  IBAN: "iban",
  CREDIT_CARD: "card",
  IP_ADDRESS: "ip",
  MAC_ADDRESS: "mac",
  EMAIL_ADDRESS: "email",
  EMAIL: "email",
  PHONE: "phone",
  TR_PHONE_NUMBER: "phone",
  SECRET: "secret",
  PL_PESEL: "person_id",
  PL_NIP: "business_id",
  PL_REGON: "business_id",
  PL_ID_CARD: "document_id",
  VIN: "vehicle",
  ID: "person_id",
  FI_PERSONAL_IDENTITY_CODE: "person_id",
  SE_PERSONNUMMER: "person_id",
  ES_NIE: "person_id",
  ES_NIF: "person_id",
  IT_FISCAL_CODE: "person_id",
  DE_TAX_ID: "person_id",
  DE_SOCIAL_SECURITY: "person_id",
  ADDRESS: "address",
  POSTAL_CODE: "address",
  UK_POSTCODE: "address",
  VEHICLE_PLATE: "vehicle",
  UK_VEHICLE_REGISTRATION: "vehicle",
  TR_LICENSE_PLATE: "vehicle",
  DATE_OF_BIRTH: "birth_date",
};

/** Sets in which every label of these types is given, so that what is found beside them is wrong. */
const exhaustive = new Set(["plpii-pl", "meddocan-es"]);

const detector = createDetector();
const rows = (set: string): Row[] =>
  gunzipSync(readFileSync(new URL(`${set}.jsonl.gz`, folder)))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);

/** A number that one country's rule refuses may well be one of another country. */
const isOfCountry = (subtype: string | undefined, target = ""): boolean =>
  !/^[A-Z]{2}_/.test(target) || subtype?.includes(".") !== true || subtype.slice(0, 2) === target.slice(0, 2).toLowerCase().replace("uk", "gb");

function evaluate(set: string): Map<string, Score> {
  const scores = new Map<string, Score>();
  const score = (type: string): Score => {
    const known = scores.get(type) ?? { labelled: 0, found: 0, exact: 0, negatives: 0, falseAlarms: 0, unlabelled: 0 };
    scores.set(type, known);
    return known;
  };
  const secrets = set === "gitleaks" || set === "secretlint";
  for (const row of rows(set)) {
    const findings = detector.detect(row.text);
    for (const span of row.spans) {
      const type = typeOf[span.type];
      if (type === undefined) continue;
      const hit = findings.find((finding) => finding.type === type && finding.start < span.end && finding.end > span.start);
      const at = score(type);
      at.labelled += 1;
      at.found += hit === undefined ? 0 : 1;
      at.exact += hit?.start === span.start && hit.end === span.end ? 1 : 0;
    }
    const target = secrets ? "secret" : typeOf[row.target ?? ""];
    if (row.kind === "negative" && target !== undefined) {
      score(target).negatives += 1;
      if (findings.some((finding) => finding.type === target && isOfCountry(finding.subtype, row.target))) score(target).falseAlarms += 1;
    }
    if (!exhaustive.has(set)) continue;
    for (const finding of findings) {
      if (!row.spans.some((span) => finding.start < span.end && finding.end > span.start)) score(finding.type).unlabelled += 1;
    }
  }
  return scores;
}

/** Set, type, how many must be found of how many, and how many false alarms there may be; a little under what was measured. */
const floors: readonly (readonly [set: string, type: string, found: number, labelled: number, falseAlarms: number])[] = [
  ["presidio-ids", "iban", 80, 80, 0],
  ["presidio-ids", "email", 4, 4, 0],
  ["presidio-ids", "card", 8, 8, 0],
  // Loopback and unspecified addresses are labelled there and left out here.
  ["presidio-ids", "ip", 44, 55, 0],
  ["presidio-ids", "mac", 7, 7, 0],
  // Bare ten-digit numbers without any word are left out here.
  ["presidio-ids", "phone", 10, 14, 0],
  ["plpii-pl", "email", 30, 30, 0],
  ["plpii-pl", "card", 30, 30, 0],
  ["plpii-pl", "iban", 62, 62, 0],
  ["meddocan-es", "email", 478, 483, 1],
  ["meddocan-es", "phone", 61, 62, 0],
  ["presidio-ids", "person_id", 37, 37, 0],
  ["presidio-ids", "vehicle", 16, 16, 0],
  ["presidio-ids", "address", 5, 5, 0],
  ["plpii-pl", "person_id", 102, 102, 0],
  ["plpii-pl", "business_id", 510, 510, 0],
  ["plpii-pl", "document_id", 48, 48, 0],
  ["plpii-pl", "vehicle", 60, 60, 0],
  ["plpii-pl", "birth_date", 8, 8, 0],
  ["plpii-pl", "address", 23, 23, 0],
  // The rest are streets without a word for one, and places that are labelled as streets.
  ["meddocan-es", "address", 795, 856, 8],
  // The rest are ages and professions that are labelled as identifiers.
  ["meddocan-es", "person_id", 1450, 1503, 8],
  ["gitleaks", "secret", 470, 492, 10],
  // The rest are places of keys (`AAAA…`), names of tenants, and `user:pass`.
  ["secretlint", "secret", 35, 53, 1],
];

/**
 * Prose with little such data, old newspapers and law: how many findings a whole set may have of numbers and keys, of dates of birth, of addresses
 * and of special categories. Newspapers tell births, and their advertisements streets.
 */
const quiet: readonly (readonly [set: string, numbers: number, births: number, addresses: number, special: number])[] = [
  ["europeana-de", 3, 2, 94, 13],
  ["europeana-fr", 3, 7, 108, 9],
  ["europeana-nl", 1, 1, 12, 7],
  ["ler-de", 4, 1, 2, 6],
  ["nerkor-hu", 4, 7, 3, 11],
  ["turku-fi", 4, 2, 2, 12],
];
const prose = ["birth_date", "address", "special_category"];
/** Names and places have tables of their own. */
const names = new Set(["person", "organisation", "location"]);

const skip = requirement("the labelled text", existsSync(new URL("README.md", folder)), "it is part of the project's shared data, beside the repository");

test("finds what others labelled, at the measured floors", { skip }, () => {
  const table: Record<string, Record<string, number | string>> = {};
  const below: string[] = [];
  for (const set of new Set(floors.map(([name]) => name))) {
    const scores = evaluate(set);
    for (const [, type, found, labelled, falseAlarms] of floors.filter(([name]) => name === set)) {
      const score = scores.get(type);
      assert.equal(score?.labelled, labelled, `${set} ${type}: the data is not the data that was measured`);
      table[`${set} ${type}`] = { ...score, recall: (score.found / score.labelled).toFixed(3) };
      if (score.found < found || score.falseAlarms + score.unlabelled > falseAlarms) below.push(`${set} ${type}: ${JSON.stringify(score)}`);
    }
  }
  process.stdout.write(`${formatted(table)}\n`);
  assert.deepEqual(below, []);
});

test("stays quiet in prose that holds nothing of the kind", { skip }, () => {
  const loud: string[] = [];
  for (const [set, ...most] of quiet) {
    const texts = rows(set);
    assert.ok(texts.length > 300);
    const found = texts.flatMap((row) => detector.detect(row.text)).filter(({ type }) => !names.has(type));
    const counts = ["number", ...prose].map((kind) => found.filter(({ type }) => (prose.includes(type) ? type : "number") === kind).length);
    if (counts.some((count, index) => count > (most[index] ?? 0))) loud.push(`${set}: ${counts.join(", ")} findings`);
  }
  assert.deepEqual(loud, []);
});

function formatted(table: Readonly<Record<string, Readonly<Record<string, number | string>>>>): string {
  const columns = ["labelled", "found", "exact", "recall", "negatives", "falseAlarms", "unlabelled"];
  const line = (name: string, cells: readonly string[]): string => name.padEnd(22) + cells.map((cell) => cell.padStart(12)).join("");
  return [
    line("", columns),
    ...Object.entries(table).map(([name, score]) =>
      line(
        name,
        columns.map((column) => String(score[column])),
      ),
    ),
  ].join("\n");
}
