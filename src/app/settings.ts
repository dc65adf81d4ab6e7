import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { err, type Fault, fault, ok, type Result } from "#kernel";

/** Flags as the command line gives them; what is left out comes from the environment, then from the defaults. */
export interface Flags {
  readonly charter?: string;
  readonly estate?: string;
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
  readonly database?: string;
  readonly drain?: string;
}

export interface Settings {
  /** Paths of the two files; undefined = the built-in starter. */
  readonly charter: string | undefined;
  readonly estate: string | undefined;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly adminKey: string | undefined;
  /** Milliseconds that requests under way are given to finish when the server is told to stop. */
  readonly drain: number;
}

const present = (text: string | undefined): string | undefined => (text === undefined || text === "" ? undefined : text);

const invalid = (param: string, message: string): Result<never, Fault> => err(fault("invalid_request", { param, message }));

/** Settings in the order flag, environment, default; a file that was named must exist. */
export function readSettings(flags: Flags, environment: NodeJS.ProcessEnv): Result<Settings, Fault> {
  const database = present(flags.database) ?? present(environment.FREEHOLD_DATABASE_URL);
  if (database !== undefined)
    return invalid("database", "This version keeps its data in SQLite in the data folder; leave --database and FREEHOLD_DATABASE_URL unset.");
  const adminKey = present(environment.FREEHOLD_ADMIN_KEY);
  if (adminKey !== undefined && adminKey.length < 32) return invalid("FREEHOLD_ADMIN_KEY", "FREEHOLD_ADMIN_KEY must have 32 characters or more.");
  const portText = present(flags.port) ?? present(environment.FREEHOLD_PORT) ?? "8080";
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) return invalid("port", `The port must be a number from 0 to 65535, not ${JSON.stringify(portText)}.`);
  const drainText = present(flags.drain) ?? present(environment.FREEHOLD_DRAIN) ?? "30";
  if (!/^\d{1,5}$/.test(drainText)) return invalid("drain", `The drain time must be a whole number of seconds up to 99999, not ${JSON.stringify(drainText)}.`);
  const files: { charter: string | undefined; estate: string | undefined } = { charter: undefined, estate: undefined };
  for (const name of ["charter", "estate"] as const) {
    const named = present(flags[name]) ?? present(environment[`FREEHOLD_${name.toUpperCase()}`]);
    if (named !== undefined && !existsSync(named))
      return err(fault("file_unreadable", { param: name, message: `There is no file ${named}, which --${name} or its variable names.` }));
    const path = named ?? (existsSync(`${name}.yaml`) ? `${name}.yaml` : undefined);
    files[name] = path;
  }
  return ok({
    ...files,
    data: resolve(present(flags.data) ?? present(environment.FREEHOLD_DATA) ?? "data"),
    host: present(flags.host) ?? present(environment.FREEHOLD_HOST) ?? "127.0.0.1",
    port,
    adminKey,
    drain: Number(drainText) * 1000,
  });
}
