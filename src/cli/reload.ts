import { Command } from "commander";
import { liveInstance } from "#app";
import { CommandFailure, faultLines, print, say, valueFrom, withJson } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

/** `freehold reload`: a running instance takes a changed charter and estate without dropping a request. */
export function reloadCommand(): Command {
  return withJson(withPlaces(new Command("reload")))
    .description("let the running instance take a changed charter and estate")
    .action(async (flags: { readonly data?: string; readonly json?: boolean }) => {
      const live = await liveInstance(settingsOf(flags).data);
      if (live === undefined)
        throw new CommandFailure(2, ["error: No instance is running on this data folder.", "  next: freehold up starts one; --data names another folder."]);
      const report = valueFrom(await live.reload());
      if (flags.json === true) print(JSON.stringify(report));
      const faults = report.faults.map((fault) => ({ ...fault, hint: fault.hint }));
      for (const line of faultLines(faults)) say(line);
      if (!report.ok) throw new CommandFailure(1, ["refused: the files are faulty; what was in force stays in force."]);
      if (flags.json !== true) print(report.changed ? `In force: charter ${report.charter}, estate ${report.estate}` : "Nothing has changed.");
    });
}
