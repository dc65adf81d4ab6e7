import type { FileFault } from "#charter";
import type { Fault, Result } from "#kernel";
import { type Instance, start } from "./instance.ts";
import type { Settings } from "./settings.ts";

export interface ServeOptions {
  /** Says a line to the operator. */
  readonly say: (line: string) => void;
  readonly logLevel: string;
  /** Ends the process at once: the operator asked twice. */
  readonly endNow: () => void;
}

/** An instance under the signals of its process. */
export interface Serving extends Pick<Instance, "address" | "firstKey" | "models"> {
  /** Resolves when it is down. */
  readonly stopped: Promise<void>;
}

/** Starts an instance, tells the operator what to do with it, and ties it to the signals. */
export async function serve(settings: Settings, { say, logLevel, endNow }: ServeOptions): Promise<Result<Serving, Fault | readonly FileFault[]>> {
  const started = await start(settings, { logLevel });
  if (!started.ok) return started;
  const instance = started.value;
  // Before it says that it serves: whoever waits for those words may end it at once, and it must still end in order.
  const stopped = untilStopped(instance, settings.drain, say, endNow);
  say(greeting(instance, settings).join("\n"));
  const { address, firstKey, models } = instance;
  return { ok: true, value: { address, firstKey, models, stopped } };
}

function greeting(instance: Instance, settings: Settings): string[] {
  const warnings = instance.warnings.map(({ file, line, column, path, message }) => `warning: ${file}:${line}:${column}: ${path}: ${message}`);
  const builtIn = (["charter", "estate"] as const).filter((name) => settings[name] === undefined);
  return [
    ...warnings,
    ...(warnings.length > 0 ? [""] : []),
    `Freehold serves ${instance.models.length === 0 ? "no models yet" : instance.models.join(", ")} on ${instance.address}`,
    ...(builtIn.length === 0 ? [] : [`With the built-in starter ${builtIn.join(" and ")}; freehold init writes your own.`]),
    `Console: ${instance.address}/`,
    ...(instance.firstKey === undefined ? [] : [`Admin key: ${instance.firstKey}`, "It is shown this once: keep it where your secrets are kept."]),
    "",
    instance.curl,
    "",
  ];
}

function untilStopped(instance: Instance, drain: number, say: (line: string) => void, endNow: () => void): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) {
        say("Told twice: stopping at once. What was acknowledged is on disk.");
        endNow();
        return;
      }
      stopping = true;
      const running = instance.active();
      say(
        running === 0
          ? "Stopping."
          : `Stopping: ${running} request${running === 1 ? "" : "s"} may finish for up to ${drain / 1000} s. Tell it again to stop at once.`,
      );
      void instance.stop(drain).then(() => {
        process.off("SIGTERM", stop).off("SIGINT", stop).off("SIGHUP", reload);
        resolve();
      });
    };
    const reload = (): void => {
      void instance.reload().then((report) => {
        for (const { file, line, column, path, message, severity } of report.faults) say(`${severity}: ${file}:${line}:${column}: ${path}: ${message}`);
        say(report.ok ? `In force: charter ${report.charter}` : "Refused: what was in force stays in force.");
      });
    };
    process.on("SIGTERM", stop).on("SIGINT", stop).on("SIGHUP", reload);
  });
}
