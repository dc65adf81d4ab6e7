import { Command } from "commander";
import { liveInstance } from "#app";
import { CommandFailure, print, table, valueFrom, withJson } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

/** `freehold status`: what the running instance says of itself. */
export function statusCommand(): Command {
  return withJson(withPlaces(new Command("status")))
    .description("show the state of the running instance")
    .action(async (flags: { readonly data?: string; readonly json?: boolean }) => {
      const live = await liveInstance(settingsOf(flags).data);
      if (live === undefined) throw new CommandFailure(1, ["No instance is running on this data folder."]);
      const status = valueFrom(await live.status());
      if (flags.json === true) print(JSON.stringify(status));
      else {
        print(
          `${status.organisation}, ${status.environment}: ${status.ready ? "ready" : "not ready"} since ${status.startedAt}, ${status.ledger.size} ledger entries\n`,
        );
        print(
          table(
            ["BACKEND", "STATE", "ACTIVE", "QUEUED", "FAILURES", "MODELS", "LAST FAULT"],
            status.backends.map((row) => [
              row.backend,
              row.state,
              String(row.active),
              String(row.queued),
              String(row.failures),
              row.models.join(", "),
              row.lastFault ?? "-",
            ]),
          ),
        );
      }
      if (!status.ready) process.exitCode = 1;
    });
}
