import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/freehold.js", import.meta.url));

/** An operator's own admin key, as tests set it. */
export const adminKey = "an-admin-key-of-the-tests-0123456789abcdef";

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const environment = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, HOME: tmpdir(), ...extra });

/** Runs one `freehold` command to its end. */
export async function freehold(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd ?? tmpdir(), env: environment(options.env) });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

/** A running `freehold up` in a folder of its own. */
export interface House {
  readonly address: string;
  readonly folder: string;
  readonly data: string;
  readonly process: ChildProcess;
  /** All that it said on standard error so far, log lines too. */
  said(): string;
  /** Sends a signal and waits for the end; resolves to the exit code, or the signal. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  /** A `fetch` with the admin key. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface HouseOptions {
  readonly charter?: string;
  readonly estate?: string;
  /** A folder to go on in; else a new one, removed by `tidy`. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Without the configured admin key, so that the first start makes one. */
  readonly noAdminKey?: boolean;
  readonly arguments?: readonly string[];
  /** A program that runs it, e.g. `["fiu-run", "-x"]`. */
  readonly under?: readonly string[];
}

const folders: string[] = [];
const running = new Set<ChildProcess>();

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "freehold-test-"));
  folders.push(folder);
  return folder;
}

/** Starts it and waits until it says where it listens; rejects with what it said when it ends before that. */
export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const folder = options.folder ?? newFolder();
  if (options.charter !== undefined) writeFileSync(join(folder, "charter.yaml"), options.charter);
  if (options.estate !== undefined) writeFileSync(join(folder, "estate.yaml"), options.estate);
  const [command = process.execPath, ...before] = [...(options.under ?? []), process.execPath];
  const env = environment({ ...(options.noAdminKey === true ? {} : { FREEHOLD_ADMIN_KEY: adminKey }), ...options.env });
  const child = spawn(command, [...before, program, "up", "--port", "0", ...(options.arguments ?? [])], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let said = "";
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /^Console: (http:\/\/\S+)\/$/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    // "close" comes when all that it said has been read, "exit" may come before.
    child.once("close", (code, signal) => reject(new Error(`freehold up ended with ${code ?? signal}:\n${said}`)));
    child.once("error", reject);
  });
  return {
    address,
    folder,
    data: join(folder, "data"),
    process: child,
    said: () => said,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
      const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
      child.kill(signal);
      const [code, by] = await ended;
      return code ?? by;
    },
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has("authorization")) headers.set("authorization", `Bearer ${adminKey}`);
      if (init.body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
      return fetch(`${address}${path}`, { ...init, headers });
    },
  };
}

/** Entries of the ledger, as `freehold ledger show --json` prints them. */
export async function ledgerOf(house: Pick<House, "data">, ...flags: readonly string[]): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await freehold(["ledger", "show", "--json", "--data", house.data, ...flags]);
  if (code !== 0) throw new Error(`ledger show ended with ${code}: ${err}`);
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Stops what still runs and removes the folders; call it after the last test. */
export async function tidy(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }),
  );
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
