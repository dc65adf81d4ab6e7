import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Command } from "commander";
import { ledgerQuery } from "#admin";
import { type Flags, withLedger } from "#app";
import type { StoredEntry } from "#ledger";
import { parseInput } from "./input.ts";
import { proveCommand, verifyCommand } from "./ledger-proofs.ts";
import { CommandFailure, print, say, valueFrom, withJson } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

interface ShowFlags extends Flags {
  readonly from?: string;
  readonly limit?: string;
  readonly since?: string;
  readonly until?: string;
  readonly follow?: boolean;
  readonly csv?: boolean;
  readonly request?: string;
  readonly tenant?: string;
  readonly verdict?: string;
  readonly class?: string;
  readonly backend?: string;
  readonly kind?: string;
  readonly json?: boolean;
}

/** Values of an entry without the fields that stand at the front of its line. */
function lineOf(entry: StoredEntry): string {
  const { index, time, kind, ...rest } = entry;
  const shown = Object.entries(rest)
    .filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
  return `${String(index).padStart(6)}  ${time}  ${kind.padEnd(8)}  ${shown.join(" ")}`;
}

/** Milliseconds between two looks for new entries. */
const followEvery = 500;

const columns = [
  "index",
  "time",
  "kind",
  "requestId",
  "decision",
  "tenant",
  "class",
  "jurisdiction",
  "verdict",
  "code",
  "backend",
  "model",
  "transform",
  "status",
  "inputTokens",
  "outputTokens",
] as const;
const csvHeading = [...columns, "entry"].join(",");

/** RFC 4180. A field that a spreadsheet would take for a formula is told as text. */
function csvOf(entry: StoredEntry): string {
  const fields = [...columns.map((name) => (entry as Readonly<Record<string, unknown>>)[name] ?? ""), JSON.stringify(entry)];
  return fields
    .map((field) => {
      const text = String(field);
      const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
    })
    .join(",");
}

function showCommand(): Command {
  return withJson(withPlaces(new Command("show")))
    .description("show entries, oldest first")
    .option("--from <index>", "first index")
    .option("--limit <number>", "how many at most")
    .option("--since <time>", "not before this time (RFC 3339, or a day)")
    .option("--until <time>", "before this time")
    .option("--request <id>", "only this request")
    .option("--tenant <id>", "only this tenant")
    .option("--verdict <verdict>", "allow or refuse")
    .option("--class <class>", "only this class")
    .option("--backend <name>", "only what this backend answered")
    .option("--follow", "go on with what is written from now on, until Ctrl-C")
    .option("--csv", "comma-separated values: the common columns, and the whole entry as JSON in the last")
    .option("--kind <kind>", "decision, outcome, key, tenant, known, model, charter, start or stop")
    .action(async (flags: ShowFlags) => {
      if (flags.json === true && flags.csv === true) throw new CommandFailure(2, ["error: --json and --csv are two forms of output: give one."]);
      if (flags.follow === true && (flags.until !== undefined || flags.limit !== undefined))
        throw new CommandFailure(2, ["error: --follow has no end: give neither --until nor --limit."]);
      const { from, limit, since, until, request, tenant, verdict, class: dataClass, backend, kind } = flags;
      const query = parseInput(ledgerQuery, { from, limit, since, until, requestId: request, tenant, verdict, class: dataClass, backend, kind });
      const settings = settingsOf(flags);
      const form = flags.json === true ? JSON.stringify : flags.csv === true ? csvOf : lineOf;
      if (flags.csv === true) print(csvHeading);
      let shown = 0;
      let next = query.from ?? 0;
      do {
        const read = await withLedger(settings, async (ledger) => {
          for await (const entry of valueFrom(await ledger({ ...query, from: next }))) {
            shown += 1;
            next = entry.index + 1;
            if (!print(form(entry))) await once(process.stdout, "drain");
          }
        });
        valueFrom(read);
        if (shown === 0 && form === lineOf && flags.follow !== true) say("No entries.");
        if (flags.follow === true) await delay(followEvery);
      } while (flags.follow === true);
    });
}

/** `freehold ledger …`. */
export const ledgerCommand = (): Command =>
  new Command("ledger").description("read, verify and prove the ledger").addCommand(showCommand()).addCommand(verifyCommand()).addCommand(proveCommand());
