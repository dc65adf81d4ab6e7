// Writes docs/reference/errors.md from the table of errors: `npm run docs`. src/gateway/errors-page.test.ts fails when it has drifted.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "errors.md"), errors.join("\n"));
