import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";

/** Everything that was started and still runs; ended by its process id when the bench ends, however it ends. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** The core that it and all its threads keep to. */
  readonly core: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** A file that takes what it prints; left out, its errors go to ours. */
  readonly log?: string;
  /** Open a channel for messages. */
  readonly messages?: boolean;
}

/** Starts a child, on its core from its first instruction on: `taskset` becomes the program, so the process id is the program's own. */
export function launch({ command, args, core, env, log, messages }: Launch): ChildProcess {
  const output = log === undefined ? undefined : openSync(log, "a");
  const line = core === undefined ? [command, ...args] : ["taskset", "-c", String(core), command, ...args];
  const child = spawn(line[0] ?? command, line.slice(1), {
    stdio: ["ignore", output ?? "ignore", output ?? "inherit", ...(messages === true ? (["ipc"] as const) : [])],
    env: { ...process.env, ...env },
  });
  if (output !== undefined) closeSync(output);
  running.add(child);
  child.on("exit", () => running.delete(child));
  // A program that cannot be started also exits, as far as we are concerned.
  child.on("error", () => running.delete(child));
  return child;
}

/** Asks a child to end, and makes it end when it does not within `patience` milliseconds. */
export async function stop(child: ChildProcess, patience = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !running.has(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), patience);
  await ended;
  clearTimeout(force);
}

/** The next message of a child; fails when the child ends or `patience` milliseconds pass first. */
export async function answerOf<Message>(child: ChildProcess, question: unknown, patience: number): Promise<Message> {
  return await new Promise((resolve, reject) => {
    const settle = (act: () => void) => (): void => {
      clearTimeout(limit);
      child.off("message", heard).off("exit", gone);
      act();
    };
    const heard = (message: unknown): void => settle(() => resolve(message as Message))();
    const gone = settle(() => reject(new Error("a process of the bench ended by itself")));
    const limit = setTimeout(
      settle(() => reject(new Error("a process of the bench did not answer in time"))),
      patience,
    );
    child.on("message", heard).on("exit", gone);
    if (question !== undefined) child.send(question as object);
  });
}
