import type { Command } from "commander";
import { type Flags, readSettings, type Settings } from "#app";
import { valueFrom } from "./outcome.ts";

/** The flags that name the two files and the data folder; every command that reads them takes them. */
export function withPlaces(command: Command): Command {
  return command
    .option("--charter <file>", "charter (FREEHOLD_CHARTER; default ./charter.yaml, else the built-in starter)")
    .option("--estate <file>", "estate (FREEHOLD_ESTATE; default ./estate.yaml, else the built-in starter)")
    .option("--data <folder>", "data folder (FREEHOLD_DATA; default ./data)");
}

export const settingsOf = (flags: Flags): Settings => valueFrom(readSettings(flags, process.env));
