import { once } from "node:events";
import { Command } from "commander";
import { ledgerQuery } from "#admin";
import { type Flags, withLedger } from "#app";
import type { StoredEntry } from "#ledger";
import { parseInput } from "./input.ts";
import { proveCommand, verifyCommand } from "./ledger-proofs.ts";
import { print, say, valueFrom, withJson } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

interface ShowFlags extends Flags {
  readonly from?: string;
  readonly limit?: string;
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

function showCommand(): Command {
  return withJson(withPlaces(new Command("show")))
    .description("show entries, oldest first")
    .option("--from <index>", "first index")
    .option("--limit <number>", "how many at most")
    .option("--request <id>", "only this request")
    .option("--tenant <id>", "only this tenant")
    .option("--verdict <verdict>", "allow or refuse")
    .option("--class <class>", "only this class")
    .option("--backend <name>", "only what this backend answered")
    .option("--kind <kind>", "decision, outcome, key, tenant, model, charter, start or stop")
    .action(async (flags: ShowFlags) => {
      const { from, limit, request, tenant, verdict, class: dataClass, backend, kind, json } = flags;
      const query = parseInput(ledgerQuery, { from, limit, requestId: request, tenant, verdict, class: dataClass, backend, kind });
      const read = await withLedger(settingsOf(flags), async (ledger) => {
        let shown = 0;
        for await (const entry of valueFrom(await ledger(query))) {
          shown += 1;
          if (!print(json === true ? JSON.stringify(entry) : lineOf(entry))) await once(process.stdout, "drain");
        }
        if (shown === 0 && json !== true) say("No entries.");
      });
      valueFrom(read);
    });
}

/** `freehold ledger …`. */
export const ledgerCommand = (): Command =>
  new Command("ledger").description("read, verify and prove the ledger").addCommand(showCommand()).addCommand(verifyCommand()).addCommand(proveCommand());
