import { Command } from "commander";
import { type Flags, serve } from "#app";
import { CommandFailure, failureOf, faultLines, print, say, withJson } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

const logLevels = ["debug", "info", "warn", "error", "silent"];

function logLevelOf(flag: string | undefined): string {
  const level = flag ?? (process.env.FREEHOLD_LOG_LEVEL || "info");
  if (!logLevels.includes(level)) throw new CommandFailure(2, [`error: The log level must be one of ${logLevels.join(", ")}, not ${JSON.stringify(level)}.`]);
  return level;
}

/** `freehold up`: serves until it is told to stop. */
export function upCommand(): Command {
  return withJson(withPlaces(new Command("up")))
    .description("serve the gateway and the console")
    .option("--host <address>", "address to listen on (FREEHOLD_HOST; default 127.0.0.1)")
    .option("--port <number>", "port to listen on, 0 for any free one (FREEHOLD_PORT; default 8080)")
    .option("--drain <seconds>", "time that running requests get to finish when told to stop (FREEHOLD_DRAIN; default 30)")
    .option("--database <url>", "database (FREEHOLD_DATABASE_URL; default SQLite in the data folder)")
    .option("--log-level <level>", `${logLevels.join(", ")} (FREEHOLD_LOG_LEVEL; default info)`)
    .action(async (flags: Flags & { readonly logLevel?: string; readonly json?: boolean }) => {
      const logLevel = logLevelOf(flags.logLevel);
      const started = await serve(settingsOf(flags), { say, logLevel, endNow: () => process.exit(130) });
      if (!started.ok)
        throw Array.isArray(started.error) ? new CommandFailure(2, faultLines(started.error)) : failureOf(started.error as Parameters<typeof failureOf>[0]);
      const { address, firstKey, models, stopped } = started.value;
      if (flags.json === true) print(JSON.stringify({ address, adminKey: firstKey ?? null, models }));
      await stopped;
    });
}
