// Writes the pages that are made from tables in the source: `npm run docs`. docs/reference/errors.md from the table of errors,
// docs/reference/findings.md from the types, the rules and the schemes of the boundary. src/gateway/errors-page.test.ts and
// src/boundary/rules.test.ts fail when they have drifted.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findingTypes } from "../src/boundary/finding-types.ts";
import { schemes } from "../src/boundary/identifiers/countries/index.ts";
import { ruleNames, sentenceOf } from "../src/boundary/rules.ts";
import { tokenForms } from "../src/boundary/secrets/token-table.ts";
import { statusOf } from "../src/gateway/status.ts";
import { definitionOf, errorCodes } from "../src/kernel/index.ts";

const folder = join(import.meta.dirname, "..", "docs", "reference");
const cell = (text) => String(text).replaceAll("|", "\\|");
const row = (cells) => `| ${cells.map(cell).join(" | ")} |`;

const errors = [
  "# Errors",
  "",
  "Every failure that Freehold expects has a code. Over HTTP it arrives in OpenAI's shape, never inside a 200:",
  "",
  "```json",
  '{ "error": { "message": "…", "type": "sovereignty_refusal", "param": null, "code": "no_permitted_backend" } }',
  "```",
  "",
  "The message may be more telling than the one below, and never holds personal data or secrets. The hint is for the operator.",
  "",
  row(["code", "kind", "HTTP", "message", "hint for the operator"]),
  row(["---", "---", "---", "---", "---"]),
  ...errorCodes.map((code) => {
    const { kind, message, hint } = definitionOf(code);
    return row([`\`${code}\``, kind, statusOf(code), message, hint]);
  }),
  "",
  "A 499 is sent to nobody: it marks, in the log and the ledger, a client that left before its answer was complete.",
  "",
  "This page is written by `npm run docs` from the table in `src/kernel/error-table.ts`.",
  "",
];

const code = (text) => `\`${text}\``;
const bySubtype = new Map(schemes.map((scheme) => [scheme.subtype, scheme]));
const sortedSchemes = [...bySubtype.values()].sort((one, other) => one.subtype.localeCompare(other.subtype));

const findings = [
  "# Findings",
  "",
  "What `freehold scan`, `POST /admin/api/scan` and the decision call a thing that they found. A finding says its type, its place (UTF-16 code units), how sure",
  "it is (0 to 1), the class of data that it raises a text to, the rule that found it, and why. None of this holds any of the text.",
  "",
  "| what | where it comes from |",
  "| --- | --- |",
  "| `class` | `secret` for type secret; `public` for numbers of companies and banks, organisations and places alone; `sensitive` for the rest. A tenant may raise it |",
  "| `confidence` | a fixed figure for each rule and what speaks for it, not a probability; `--min-confidence` filters by it |",
  "",
  "## Types",
  "",
  row(["type", "what"]),
  row(["---", "---"]),
  ...Object.entries(findingTypes).map(([type, what]) => row([code(type), what])),
  "",
  "## Subtypes",
  "",
  "The scheme where there is one. Numbers that authorities assign are `country.name`; *alone*: found without any word nearby; otherwise a word that announces it",
  "must stand within 40 characters, or be the name of its column or member.",
  "",
  row(["subtype", "type", "found"]),
  row(["---", "---", "---"]),
  ...sortedSchemes.map(({ subtype, type, alone }) => row([code(subtype), code(type), alone === undefined ? "near its word" : "alone"])),
  "",
  "Tokens of vendors are `vendor.kind`:",
  "",
  `${[...new Set(tokenForms.map(([subtype]) => subtype))].sort().map(code).join(", ")}.`,
  "",
  "Other secrets are `password`, `generic`, `jwt`, `private_key`, `url_password`. An account has `country.iban`, a card its brand, an address of a machine `ipv4` or `ipv6`. What a tenant",
  "registered has the name of its list or pattern.",
  "",
  "## Rules",
  "",
  "Why a rule takes something for what it calls it. `why` is this sentence, with what beside the value spoke for it. A rule without a dot stands for all that begin so.",
  "",
  row(["rule", "why"]),
  row(["---", "---"]),
  ...ruleNames.map((name) => row([code(name), sentenceOf(name)])),
  "",
  "A tenant's own lists and patterns have the rules `known.NAME` and `pattern.NAME`.",
  "",
  "This page is written by `npm run docs` from `src/boundary/finding-types.ts`, `rules.ts`, `identifiers/countries/` and `secrets/token-table.ts`.",
  "",
];

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "errors.md"), errors.join("\n"));
writeFileSync(join(folder, "findings.md"), findings.join("\n"));
