import { Command } from "commander";
import { type Flags, serve } from "#app";
import { CommandFailure, failureOf, faultLines, say } from "./outcome.ts";
import { settingsOf, withPlaces } from "./settings.ts";

/** `freehold up`: serves until it is told to stop. */
export function upCommand(): Command {
  return withPlaces(new Command("up"))
    .description("serve the gateway and the console")
    .option("--host <address>", "address to listen on (FREEHOLD_HOST; default 127.0.0.1)")
    .option("--port <number>", "port to listen on, 0 for any free one (FREEHOLD_PORT; default 8080)")
    .option("--database <url>", "database (FREEHOLD_DATABASE_URL; default SQLite in the data folder)")
    .option("--log-level <level>", "debug, info, warn, error or silent (FREEHOLD_LOG_LEVEL; default info)")
    .action(async (flags: Flags & { readonly logLevel?: string }) => {
      const started = await serve(settingsOf(flags), {
        say,
        logLevel: flags.logLevel ?? process.env.FREEHOLD_LOG_LEVEL ?? "info",
        endNow: () => process.exit(130),
      });
      if (!started.ok)
        throw Array.isArray(started.error) ? new CommandFailure(2, faultLines(started.error)) : failureOf(started.error as Parameters<typeof failureOf>[0]);
      await started.value.stopped;
    });
}
