import type { Administration } from "#admin";
import { type Flags, withAdministration } from "#app";
import type { Fault, Result } from "#kernel";
import { valueFrom } from "./outcome.ts";
import { settingsOf } from "./settings.ts";

/** One administrative act, by the running instance where there is one; its value, or the end of the command with its fault. */
export const administer = async <Value>(flags: Flags, act: (administration: Administration) => Promise<Result<Value, Fault>>): Promise<Value> =>
  valueFrom(valueFrom(await withAdministration(settingsOf(flags), act)));
