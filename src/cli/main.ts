import { Command, CommanderError } from "commander";
import { version } from "#app";
import { checkCommand } from "./check.ts";
import { explainCommand } from "./explain.ts";
import { initCommand } from "./init.ts";
import { keyCommand } from "./key.ts";
import { knownCommand } from "./known.ts";
import { ledgerCommand } from "./ledger.ts";
import { modelsCommand } from "./models.ts";
import { CommandFailure, complain } from "./outcome.ts";
import { reloadCommand } from "./reload.ts";
import { scanCommand } from "./scan.ts";
import { statusCommand } from "./status.ts";
import { tenantCommand } from "./tenant.ts";
import { upCommand } from "./up.ts";

function program(): Command {
  const root = new Command("freehold");
  root
    .description("Write your sovereignty rules down once; Freehold enforces them on everything that leaves, and proves them.")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showSuggestionAfterError()
    .showHelpAfterError("(run it with --help to see what it takes)")
    .exitOverride()
    .addHelpText("after", "\nExit status: 0 success, 1 a negative finding, 2 bad usage or input.\nThe documentation lies in the docs/ folder of the package.");
  const commands = [
    initCommand(),
    upCommand(),
    checkCommand(),
    explainCommand(),
    scanCommand(),
    reloadCommand(),
    statusCommand(),
    keyCommand(),
    tenantCommand(),
    knownCommand(),
    ledgerCommand(),
    modelsCommand(),
  ];
  for (const command of commands) root.addCommand(inherit(root, command));
  return root;
}

/** Makes subcommands answer bad usage in the same way as the root. */
function inherit(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(command, child);
  return command;
}

/** The names of all commands with their subcommands, for the docs check. */
export const commandNames = (): readonly string[] =>
  program().commands.flatMap((command) => [command.name(), ...command.commands.map((child) => `${command.name()} ${child.name()}`)]);

/** Runs one command line (without `node` and the script); resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe went away (`| head`): there is nobody left to write for.
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await program().parseAsync([...args], { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CommandFailure) {
      complain(error);
      return error.exitCode;
    }
    throw error;
  }
}
