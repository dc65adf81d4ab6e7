import type { Administration } from "#admin";
import { type Flags, withAdministration } from "#app";
import type { Fault, Result } from "#kernel";
import { valueFrom } from "./outcome.ts";
import { settingsOf } from "./settings.ts";

type Act<Value> = (administration: Administration) => Promise<Result<Value, Fault>>;

/** One act that changes something, by the running instance where there is one; its value, or the end of the command with its fault. */
export const administer = async <Value>(flags: Flags, act: Act<Value>): Promise<Value> =>
  valueFrom(valueFrom(await withAdministration(settingsOf(flags), act, false)));

/** The same for an act that only reads: where there is no installation, none is made. */
export const consult = async <Value>(flags: Flags, act: Act<Value>): Promise<Value> =>
  valueFrom(valueFrom(await withAdministration(settingsOf(flags), act, true)));
